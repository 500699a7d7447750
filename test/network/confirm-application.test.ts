import t from 'tap'
import { inviteManager } from '../../src/access/invite-manager.ts'
import { admitApplication } from '../../src/network/admit-application.ts'
import { getApplication } from '../../src/network/get-application.ts'
import { rejectApplication } from '../../src/network/reject-application.ts'
import { vouchForApplication } from '../../src/network/vouch-for-application.ts'
import { day, hour } from '../../src/platform/clock.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { rowsOf } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { steward } from '../helpers/network.ts'
import {
  applicationRow,
  applied,
  as,
  claim,
  confirm,
  endings,
  insider,
  lea,
  lettersOf,
  listed,
  nave,
  openConnections,
  ownersOf,
  spaceRow,
  submitted,
} from './world.ts'

const times = (count: number, ending: string) => Array.from({ length: count }, () => ending)

t.test('confirming makes the person, the space and its owner, and tells every steward', async (t) => {
  const test = await testApp(t)
  await addManager(test, 'steward')
  await addManager(test, 'steward')
  const { id, managerId, spaceId } = await applied(test)
  t.match(await applicationRow(test, id), { status: 'pending', kind: 'new', contact: null, profile: null })
  t.match(await spaceRow(test, spaceId), {
    status: 'registered',
    name: 'Nave',
    background: nave.background,
    challenge: nave.challenge,
    contact_email: null,
  })
  t.strictSame(await ownersOf(test, spaceId), [managerId])
  const pending = ['mail.application_pending', 'mail.application_pending']
  t.strictSame(await lettersOf(test, id), [...pending, 'mail.confirm_application'])
})

t.test('mails for the space go to who applied only when that was asked for', async (t) => {
  const test = await testApp(t)
  const { spaceId } = await applied(test, { ...nave, contact: { ...lea, takesMails: true } })
  t.match(await spaceRow(test, spaceId), { contact_email: lea.email })
})

t.test('of twenty confirmations at once one makes one space and one person', async (t) => {
  const test = await testApp(t)
  const id = await submitted(test)
  await openConnections(test)
  const ended = await endings(Array.from({ length: 20 }, () => confirm(test, id)))
  t.strictSame(ended, ['done', ...times(19, 'gone')])
  for (const table of ['spaces', 'managers', 'space_managers'])
    t.equal((await rowsOf(test, table)).length, 1, table)
  t.strictSame(await endings([confirm(test, id)]), ['gone'])
})

t.test('two applications of one address, confirmed at once, are of one person', async (t) => {
  const test = await testApp(t)
  const arche = { ...nave, contact: { ...lea, name: 'L.' }, space: { ...nave.space, name: 'Arche' } }
  const ids = [await submitted(test), await submitted(test, arche)]
  const [one, two] = await Promise.all(ids.map((id) => confirm(test, id)))
  t.equal(one!.managerId, two!.managerId)
  t.strictSame([one!.isNew, two!.isNew].sort(), [false, true])
  t.equal((await rowsOf(test, 'spaces')).length, 2)
})

t.test('a link that is over confirms nothing', async (t) => {
  const test = await testApp(t)
  const id = await submitted(test)
  test.deps.clock.advance(2 * day)
  t.strictSame(await endings([confirm(test, id)]), ['gone'])
  t.strictSame(await rowsOf(test, 'spaces'), [])
})

t.test('an address at the web domain of the space proves the claim, and no other address does', async (t) => {
  const test = await testApp(t)
  const cases: readonly [email: string, website: string | null, domain: string | null, isProof: boolean][] = [
    ['max@traboule.example', 'https://www.traboule.example/', 'traboule.example', true],
    ['Eva@Traboule.Example', 'https://traboule.example/', 'traboule.example', true],
    ['a@evil-traboule.example', 'https://traboule.example/', 'traboule.example', false],
    ['b@mail.traboule.example', 'https://traboule.example/', 'traboule.example', false],
    ['c@traboule.example.evil.example', 'https://traboule.example/', 'traboule.example', false],
    ['e@example.org', 'https://traboule.example/', 'traboule.example', false],
    ['f@gmail.com', 'https://gmail.com/', 'gmail.com', false],
    ['g@traboule.free.fr', 'http://traboule.free.fr/', 'traboule.free.fr', false],
    ['h@business.site', 'https://traboule.business.site/', null, false],
    ['i@example.com', null, null, false],
  ]
  for (const [email, website, domain, isProof] of cases) {
    const space = await listed(test, { website, domain })
    const { id, managerId } = await applied(test, claim(space, email))
    t.equal((await applicationRow(test, id)).proof, isProof ? 'mail' : null, email)
    t.equal((await spaceRow(test, space)).status, 'unclaimed', email)
    t.strictSame(await ownersOf(test, space), [], 'before the network has taken it in')
    await admitApplication(steward(test), id)
    t.strictSame(await ownersOf(test, space), [managerId], email)
  }
})

t.test('of two claims that are proven by mail at once one is the first', async (t) => {
  const test = await testApp(t)
  const space = await listed(test, { website: 'https://traboule.example/', domain: 'traboule.example' })
  const ids = await Promise.all(
    ['max', 'eva', 'lin'].map((who) => submitted(test, claim(space, `${who}@traboule.example`))),
  )
  await openConnections(test)
  t.strictSame(await endings(ids.map((id) => confirm(test, id))), times(3, 'done'))
  const rows = await Promise.all(ids.map((id) => applicationRow(test, id)))
  t.strictSame(rows.map(({ proof }) => proof ?? 'none').sort(), ['mail', 'none', 'none'])
})

t.test(
  'a claim changes nothing of the space and lets nobody in, proven or not, before it is taken in',
  async (t) => {
    const test = await testApp(t)
    const space = await listed(test, { website: 'https://traboule.example/', domain: 'traboule.example' })
    const before = await spaceRow(test, space)
    for (const email of ['max@example.org', 'max@traboule.example']) {
      const contact = { name: 'Max', email, takesMails: true }
      const words = { statement: 'Mine.', background: 'I was a baker.', challenge: 'None.' }
      const { id, managerId } = await applied(test, { ...claim(space), ...words, contact })
      const guest = await as(test, { managerId, spaceId: space })
      const isUnchanged = async () => {
        t.strictSame(await spaceRow(test, space), before)
        t.match((await as(test, { managerId, spaceId: space })).actor, { role: 'guest', spaceId: null })
      }
      await isUnchanged()
      await rejectApplication(steward(test), id, 'Not yet open.')
      await isUnchanged()
      t.match(await getApplication(guest, id), { status: 'rejected', reason: 'Not yet open.' })
    }
  },
)

/** A space that was proven by mail and rejected. */
const rejected = async (test: TestApp) => {
  const space = await listed(test, { website: 'https://traboule.example/', domain: 'traboule.example' })
  const first = await applied(test, claim(space, 'max@traboule.example'))
  await vouchForApplication(await insider(test), first.id)
  await rejectApplication(steward(test), first.id, 'Not yet open.')
  return first
}

t.test('who was rejected claims again: it is shown anew, and vouched for anew', async (t) => {
  const test = await testApp(t)
  const { spaceId, managerId } = await rejected(test)
  const { id } = await applied(test, claim(spaceId, 'max@traboule.example'))
  const own = await getApplication(await as(test, { managerId }), id)
  t.match(own, { kind: 'claim', status: 'pending', proof: 'mail', vouchedBy: [] })
  const voucher = await insider(test)
  t.match(await vouchForApplication(voucher, id), { status: 'pending', vouchedBy: { length: 1 } })
  t.match(await vouchForApplication(await insider(test), id), { status: 'admitted' })
})

t.test('a claim that was rejected bars nobody else, and gives them nothing', async (t) => {
  const test = await testApp(t)
  const { spaceId } = await rejected(test)
  const stranger = await applied(test, claim(spaceId))
  t.match(await applicationRow(test, stranger.id), { status: 'pending', kind: 'claim', proof: null })
  const owner = await applied(test, claim(spaceId, 'eva@traboule.example'))
  t.match(await applicationRow(test, owner.id), { status: 'pending', kind: 'claim', proof: 'mail' })
  await admitApplication(steward(test), owner.id)
  t.strictSame(await ownersOf(test, spaceId), [owner.managerId])
})

t.test('a space waits once, in whatever order the links are pressed', async (t) => {
  const test = await testApp(t)
  const { spaceId } = await rejected(test)
  const next = () => {
    test.deps.clock.advance(hour)
    return submitted(test, claim(spaceId, 'max@traboule.example'))
  }
  const [first, second] = [await next(), await next()]
  await confirm(test, second)
  await rejectApplication(steward(test), second, 'Not yet open.')
  await confirm(test, first)
  t.strictSame(await endings([confirm(test, await next())]), ['wrong_standing'])
})

t.test('who was invited somewhere before is called as they say when they apply', async (t) => {
  const test = await testApp(t)
  await inviteManager(await insider(test), { email: lea.email, role: 'viewer' })
  const { id } = await applied(test)
  t.match(await getApplication(steward(test), id), { contact: lea })
})
