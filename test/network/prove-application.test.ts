import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { admitApplication } from '../../src/network/admit-application.ts'
import { getApplication } from '../../src/network/get-application.ts'
import { proveApplication } from '../../src/network/prove-application.ts'
import { rejectApplication } from '../../src/network/reject-application.ts'
import { minute } from '../../src/platform/clock.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace, steward } from '../helpers/network.ts'
import {
  applicationRow,
  applied,
  as,
  claim,
  endings,
  insider,
  listed,
  openConnections,
  ownersOf,
  spaceRow,
  type Applied,
} from './world.ts'

/** The web site of a space, on this machine. */
const openSite = async (t: Test) => {
  const asked: string[] = []
  let answer: RequestListener = (_request, response) => response.end()
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const website = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return { website, asked, show: (listener: RequestListener) => (answer = listener) }
}

const world = async (t: Test) => {
  const site = await openSite(t)
  const test = await testApp(t, { installation: { isLocal: true } })
  return { test, site, space: () => listed(test, { website: site.website, domain: 'traboule.example' }) }
}

const tokenOf = async (test: TestApp, { id, managerId }: Applied): Promise<string> => {
  const { wellKnown } = await getApplication(await as(test, { managerId }), id)
  return wellKnown?.token ?? ''
}

const prove = async (test: TestApp, { id, managerId }: Applied) =>
  proveApplication(await as(test, { managerId }), id)

t.test(
  'the token at the space’s own address shows whose it is; who applied owns it once it is taken in',
  async (t) => {
    const { test, site, space } = await world(t)
    const one = await applied(test, {
      ...claim(await space(), 'max@example.org'),
      background: 'I was a baker.',
      contact: { name: 'Max', email: 'max@example.org', takesMails: true },
    })
    const token = await tokenOf(test, one)
    site.show((_request, response) => response.end(`${token}\n`))
    t.match(await prove(test, one), { proof: 'well_known', status: 'pending' })
    t.strictSame(site.asked, ['/.well-known/waggle-claim.txt'])
    t.match(await spaceRow(test, one.spaceId), { status: 'unclaimed', background: null, contact_email: null })
    const guest = await as(test, one)
    t.strictSame(await endings([proveApplication(guest, one.id)]), ['wrong_standing'], 'once')
    t.notOk('wellKnown' in (await getApplication(guest, one.id)), 'the token is told no longer')
    await admitApplication(steward(test), one.id)
    t.strictSame(await ownersOf(test, one.spaceId), [one.managerId])
    t.match(await spaceRow(test, one.spaceId), {
      status: 'admitted',
      background: 'I was a baker.',
      contact_email: 'max@example.org',
    })
  },
)

t.test('nothing else at that address proves anything', async (t) => {
  const { test, site, space } = await world(t)
  const one = await applied(test, claim(await space()))
  const other = await applied(test, claim(await space()))
  const token = await tokenOf(test, one)
  const anothers = await tokenOf(test, other)
  const answers: Record<string, RequestListener> = {
    'no such page': (_request, response) => response.writeHead(404).end(token),
    'the token of another claim': (_request, response) => response.end(anothers),
    nothing: (_request, response) => response.end(),
    'the token among other text': (_request, response) => response.end(`<p>${token}</p>`),
    'part of the token': (_request, response) => response.end(token.slice(0, -1)),
    'more than a token': (_request, response) => response.end(`${token}${' '.repeat(5000)}`),
    'a way elsewhere': ({ url }, response) => {
      if (url === '/token') response.end(token)
      else response.writeHead(302, { location: '/token' }).end(token)
    },
    'a connection that breaks off': (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write(token, () => response.destroy())
    },
  }
  for (const [what, answer] of Object.entries(answers)) {
    site.show(answer)
    t.strictSame(await endings([prove(test, one)]), ['proof_not_found'], what)
  }
  t.notOk(site.asked.includes('/token'))
  t.match(await applicationRow(test, one.id), { proof: null, status: 'pending' })
  t.match(await spaceRow(test, one.spaceId), { status: 'unclaimed' })
})

t.test('of two people who prove their claims at once one has the space', async (t) => {
  const { test, site, space } = await world(t)
  const spaceId = await space()
  const both = [await applied(test, claim(spaceId)), await applied(test, claim(spaceId))]
  const tokens = await Promise.all(both.map((one) => tokenOf(test, one)))
  // Each finds its own, as if the page had changed in between; both have looked before one of them goes on.
  const held: (() => void)[] = []
  site.show((_request, response) => {
    const token = tokens[held.length] ?? ''
    held.push(() => response.end(token))
    if (held.length === both.length) for (const release of held) release()
  })
  await openConnections(test)
  const contexts = await Promise.all(both.map(({ managerId }) => as(test, { managerId })))
  const first = proveApplication(contexts[0]!, both[0]!.id)
  // The second is asked for only once the first stands at the door of the page, so that each gets its own token.
  await new Promise<void>((resolve) => {
    const look = () => (held.length === 1 ? resolve() : setImmediate(look))
    look()
  })
  t.strictSame(await endings([first, proveApplication(contexts[1]!, both[1]!.id)]), [
    'done',
    'wrong_standing',
  ])
  const rows = await Promise.all(both.map(({ id }) => applicationRow(test, id)))
  t.strictSame(rows.map(({ proof }) => proof ?? 'none').sort(), ['none', 'well_known'])
})

t.test('a claim that is proven, admitted and rejected at once is decided once', async (t) => {
  const { test, site, space } = await world(t)
  await openConnections(test)
  for (let round = 0; round < 3; round += 1) {
    const one = await applied(test, claim(await space()))
    const token = await tokenOf(test, one)
    site.show((_request, response) => response.end(token))
    const ended = await endings([
      admitApplication(steward(test), one.id),
      prove(test, one),
      rejectApplication(steward(test), one.id, 'No.'),
    ])
    t.ok(
      ended.every((ending) => ending === 'done' || ending === 'wrong_standing'),
      ended.join(' '),
    )
    const { status, proof } = await applicationRow(test, one.id)
    const standing = (await spaceRow(test, one.spaceId)).status
    const owned = (await ownersOf(test, one.spaceId)).length
    t.match(
      `${status} ${proof ?? 'none'} ${standing} ${String(owned)}`,
      /^(admitted (steward|well_known) admitted 1|rejected none unclaimed 0|rejected well_known unclaimed 0)$/,
    )
  }
})

t.test('a space without a web domain of its own is proven by the steward alone', async (t) => {
  const { test, site } = await world(t)
  const one = await applied(test, claim(await listed(test, { website: site.website, domain: null })))
  t.equal(await tokenOf(test, one), '', 'there is no token to put anywhere')
  t.strictSame(await endings([prove(test, one)]), ['wrong_standing'])
  t.strictSame(site.asked, [])
  t.match(await admitApplication(steward(test), one.id), { status: 'admitted', proof: 'steward' })
})

t.test(
  'nobody but who applied has Waggle look, and elsewhere the token is asked for by https alone',
  async (t) => {
    const { test, site, space } = await world(t)
    const one = await applied(test, claim(await space()))
    const stranger = await applied(test, claim(await space()))
    const others = [await as(test, { managerId: stranger.managerId }), await insider(test)]
    t.strictSame(await endings(others.map((ctx) => proveApplication(ctx, one.id))), [
      'insufficient_role',
      'not_found',
    ])
    t.strictSame(site.asked, [])
    const ctx = await as(test, { managerId: one.managerId })
    const elsewhere = { ...ctx, installation: { ...ctx.installation, isLocal: false } }
    t.match(await getApplication(elsewhere, one.id), {
      wellKnown: { url: 'https://traboule.example/.well-known/waggle-claim.txt' },
    })
    const asked: string[] = []
    const resolve = (host: string) => {
      asked.push(host)
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }])
    }
    t.strictSame(await endings([proveApplication(elsewhere, one.id, resolve)]), ['proof_not_found'])
    t.strictSame(asked, ['traboule.example'])
    t.strictSame(site.asked, [])
  },
)

t.test('a proof that is sent again is answered as it was, and nobody is asked twice', async (t) => {
  const { test, site, space } = await world(t)
  const person = await addManager(test, { spaceId: await addSpace(test), role: 'owner' })
  const one = await applied(test, claim(await space(), person.email))
  const token = await tokenOf(test, one)
  site.show((_request, response) => response.end(token))
  const headers = { 'idempotency-key': 'prove-it-once' }
  const ask = () => person.post(`/v1/applications/${one.id}/prove`, undefined, headers)
  const first = await ask()
  t.equal(first.status, 200)
  t.match(await ask(), { status: 200, body: first.body })
  t.equal(site.asked.length, 1)
})

t.test('for one person we look twenty times, and then every three minutes', async (t) => {
  const { test, site, space } = await world(t)
  const one = await applied(test, claim(await space()))
  for (let look = 0; look < 20; look += 1)
    t.strictSame(await endings([prove(test, one)]), ['proof_not_found'])
  t.strictSame(await endings([prove(test, one)]), ['too_many_requests'])
  t.equal(site.asked.length, 20)
  test.deps.clock.advance(3 * minute)
  t.strictSame(await endings([prove(test, one), prove(test, one)]), ['proof_not_found', 'too_many_requests'])
})
