import t from 'tap'
import { inviteManager } from '../../src/access/invite-manager.ts'
import { getApplication } from '../../src/network/get-application.ts'
import { rejectApplication } from '../../src/network/reject-application.ts'
import { vouchForApplication } from '../../src/network/vouch-for-application.ts'
import { withdrawApplication } from '../../src/network/withdraw-application.ts'
import { day, hour } from '../../src/platform/clock.ts'
import type { Id } from '../../src/platform/ids.ts'
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
  const ids = [await submitted(test), await submitted(test, { ...nave, contact: { ...lea, name: 'L.' } })]
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
    t.equal((await spaceRow(test, space)).status, isProof ? 'registered' : 'unclaimed', email)
    t.strictSame(await ownersOf(test, space), isProof ? [managerId] : [], email)
  }
})

t.test('of two claims that are proven by mail at once one has the space', async (t) => {
  const test = await testApp(t)
  const space = await listed(test, { website: 'https://traboule.example/', domain: 'traboule.example' })
  const ids = await Promise.all(
    ['max', 'eva', 'lin'].map((who) => submitted(test, claim(space, `${who}@traboule.example`))),
  )
  await openConnections(test)
  t.strictSame(await endings(ids.map((id) => confirm(test, id))), times(3, 'done'))
  const rows = await Promise.all(ids.map((id) => applicationRow(test, id)))
  t.strictSame(rows.map(({ proof }) => proof ?? 'none').sort(), ['mail', 'none', 'none'])
  t.equal((await ownersOf(test, space)).length, 1)
})

t.test('an unproven claim changes nothing of the space, and lets nobody in', async (t) => {
  const test = await testApp(t)
  const space = await listed(test)
  const before = await spaceRow(test, space)
  const body = { ...claim(space), statement: 'Mine.', background: 'None.', challenge: 'None.' }
  const { managerId } = await applied(test, body)
  t.strictSame(await spaceRow(test, space), before)
  t.match((await as(test, { managerId, spaceId: space })).actor, { role: 'guest', spaceId: null })
})

/** A space that was proven by mail and rejected. */
const rejected = async (test: TestApp) => {
  const space = await listed(test, { website: 'https://traboule.example/', domain: 'traboule.example' })
  const first = await applied(test, claim(space, 'max@traboule.example'))
  await vouchForApplication(await insider(test), first.id)
  await rejectApplication(steward(test), first.id, 'Not yet open.')
  return first
}

t.test('who was rejected applies again: the proof holds, the vouches do not', async (t) => {
  const test = await testApp(t)
  const { spaceId, managerId } = await rejected(test)
  const { id } = await applied(test, claim(spaceId, 'max@traboule.example'))
  const own = await getApplication(await as(test, { managerId, spaceId }), id)
  t.match(own, { kind: 'claim', status: 'pending', proof: 'mail', vouchedBy: [] })
  const voucher = await insider(test)
  t.match(await vouchForApplication(voucher, id), { status: 'pending', vouchedBy: { length: 1 } })
  t.match(await vouchForApplication(await insider(test), id), { status: 'admitted' })
})

t.test('nobody else takes the proof of another along', async (t) => {
  const test = await testApp(t)
  const { spaceId } = await rejected(test)
  const other = await applied(test, claim(spaceId, 'eva@traboule.example'))
  t.match(await applicationRow(test, other.id), { status: 'pending', kind: 'claim', proof: null })
  t.equal((await ownersOf(test, spaceId)).length, 1)
})

t.test('a space waits once, however many applications for it are confirmed at once', async (t) => {
  const test = await testApp(t)
  const { spaceId } = await rejected(test)
  // By several owners: each is told apart by the address, and none waits for the others because of it.
  const ids: Id<'application'>[] = []
  for (const who of ['eva', 'lin', 'noa', 'tom', 'ida', 'max']) {
    const email = `${who}@traboule.example`
    if (who !== 'max') await addManager(test, { spaceId, role: 'owner' }, email)
    ids.push(await submitted(test, claim(spaceId, email)))
  }
  await openConnections(test)
  const ended = await endings(ids.map((id) => confirm(test, id)))
  t.strictSame(ended, ['done', ...times(5, 'wrong_standing')])
  const rows = await Promise.all(ids.map((id) => applicationRow(test, id)))
  t.strictSame(rows.map(({ status }) => status).sort(), ['pending', ...times(5, 'unconfirmed')])
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

t.test('who has withdrawn applies again for the same space', async (t) => {
  const test = await testApp(t)
  const { id, spaceId, managerId } = await applied(test)
  await withdrawApplication(await as(test, { managerId, spaceId }), id)
  const again = await applied(test, claim(spaceId, lea.email))
  t.match(await applicationRow(test, again.id), { status: 'pending', kind: 'new' })
  t.equal((await rowsOf(test, 'spaces')).length, 1)
})

t.test('who was invited somewhere before is called as they say when they apply', async (t) => {
  const test = await testApp(t)
  await inviteManager(await insider(test), { email: lea.email, role: 'viewer' })
  const { id } = await applied(test)
  t.match(await getApplication(steward(test), id), { contact: lea })
})
