import t from 'tap'
import { admitApplication } from '../../src/network/admit-application.ts'
import { getApplication } from '../../src/network/get-application.ts'
import { removeManager } from '../../src/access/remove-manager.ts'
import { rejectApplication } from '../../src/network/reject-application.ts'
import { vouchForApplication } from '../../src/network/vouch-for-application.ts'
import { withdrawApplication } from '../../src/network/withdraw-application.ts'
import { day, instant } from '../../src/platform/clock.ts'
import { toTypeId, toUuid } from '../../src/platform/ids.ts'
import { testApp, testStart, type TestApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace, steward } from '../helpers/network.ts'
import { addOperator } from '../spaces/world.ts'
import {
  applicationRow,
  applied,
  as,
  claim,
  endings,
  insider,
  lea,
  lettersOf,
  listed,
  nave,
  openConnections,
  ownersOf,
  spaceRow,
  type Applied,
} from './world.ts'

/** A fresh application each: their addresses are of one mailbox no more than a few. */
let people = 0
const waiting = (test: TestApp) => {
  people += 1
  return applied(test, { ...nave, contact: { ...lea, email: `lea${String(people)}@nave.example` } })
}

const auditOf = async ({ deps }: TestApp, id: string) => {
  const { rows } = await deps.db.pool.query<{ action: string }>(
    'select action from audit_log where object_id = $1 order by action',
    [id],
  )
  return rows.map(({ action }) => action)
}

/** One was first, the others were told so; space and application agree. */
const agree = async (test: TestApp, { id, spaceId }: Applied, ended: readonly string[]) => {
  const { status } = await applicationRow(test, id)
  const standing = (await spaceRow(test, spaceId)).status
  return `${ended.join(' ')}: ${status}, ${standing}`
}

t.test('admitApplication takes the space in, established, and tells who applied', async (t) => {
  const test = await testApp(t)
  const { id, spaceId, managerId } = await waiting(test)
  const person = await addManager(test, 'steward')
  const decided = await admitApplication(await as(test, { ...person, spaceId: null }), id)
  t.match(decided, { status: 'admitted', decidedAt: instant(testStart), contact: { name: lea.name } })
  t.match(await spaceRow(test, spaceId), { status: 'admitted', probation_until: null })
  t.ok((await lettersOf(test, id)).includes('mail.admitted'))
  t.match((await as(test, { managerId, spaceId })).actor, { role: 'owner', standing: 'admitted' })
  t.strictSame(await auditOf(test, id), ['admitApplication', 'confirmApplication', 'submitApplication'])
  t.strictSame(await endings([admitApplication(steward(test), id)]), ['wrong_standing'])
})

t.test('for a claim the steward’s word is the proof, once for one space', async (t) => {
  const test = await testApp(t)
  const space = await listed(test)
  const [max, eva] = [await applied(test, claim(space)), await applied(test, claim(space))]
  await openConnections(test)
  const ended = await endings([max, eva].map(({ id }) => admitApplication(steward(test), id)))
  t.strictSame(ended, ['done', 'wrong_standing'])
  const owners = await ownersOf(test, space)
  t.equal(owners.length, 1)
  const [winner, loser] = owners[0] === max.managerId ? [max, eva] : [eva, max]
  t.match(await applicationRow(test, winner.id), { status: 'admitted', proof: 'steward' })
  t.match(await applicationRow(test, loser.id), { status: 'pending', proof: null })
})

t.test('rejectApplication tells why, leaves the space out, and lets go of its vouches', async (t) => {
  const test = await testApp(t)
  const { id, spaceId, managerId } = await waiting(test)
  await vouchForApplication(await insider(test), id)
  t.match(await rejectApplication(steward(test), id, 'Your page is of another firm.'), {
    status: 'rejected',
    reason: 'Your page is of another firm.',
    vouchedBy: [],
  })
  t.match(await spaceRow(test, spaceId), { status: 'rejected' })
  t.ok((await lettersOf(test, id)).includes('mail.rejected'))
  const applicant = await as(test, { managerId, spaceId })
  t.match(await getApplication(applicant, id), { reason: 'Your page is of another firm.' })
  t.strictSame(
    await endings([
      rejectApplication(steward(test), id, 'Again.'),
      admitApplication(steward(test), id),
      withdrawApplication(applicant, id),
    ]),
    ['wrong_standing', 'wrong_standing', 'wrong_standing'],
  )
  t.equal((await applicationRow(test, id)).reason, 'Your page is of another firm.')
  t.strictSame(await endings([vouchForApplication(await insider(test), id)]), ['not_found'])
})

t.test('what is decided at once is decided once', async (t) => {
  const test = await testApp(t)
  const word = steward(test)
  await openConnections(test)
  for (let round = 0; round < 4; round += 1) {
    const one = await waiting(test)
    const twice = await endings([admitApplication(word, one.id), admitApplication(word, one.id)])
    t.equal(await agree(test, one, twice), 'done wrong_standing: admitted, admitted')
    t.equal((await lettersOf(test, one.id)).filter((topic) => topic === 'mail.admitted').length, 1)

    const two = await waiting(test)
    const against = await endings([admitApplication(word, two.id), rejectApplication(word, two.id, 'No.')])
    t.match(await agree(test, two, against), /^done wrong_standing: (admitted, admitted|rejected, rejected)$/)

    const three = await waiting(test)
    const applicant = await as(test, three)
    const taken = await endings([
      withdrawApplication(applicant, three.id),
      admitApplication(word, three.id),
      withdrawApplication(applicant, three.id),
    ])
    t.match(
      await agree(test, three, taken),
      /^done wrong_standing wrong_standing: (admitted, admitted|withdrawn, registered)$/,
    )
  }
})

t.test('the last vouch that is needed and a rejection at once: one of them decides', async (t) => {
  const test = await testApp(t)
  const [first, last] = [await insider(test), await insider(test)]
  await openConnections(test)
  for (let round = 0; round < 4; round += 1) {
    const one = await waiting(test)
    await vouchForApplication(first, one.id)
    const moves = [
      () => vouchForApplication(last, one.id),
      () => rejectApplication(steward(test), one.id, 'No.'),
    ]
    if (round % 2) moves.reverse()
    const ended = await endings(moves.map((move) => move()))
    t.match(
      await agree(test, one, ended),
      /^done (not_found|wrong_standing): (admitted, admitted|rejected, rejected)$/,
    )
  }
})

t.test('as many vouches as the network asks for take a space in, on probation', async (t) => {
  const test = await testApp(t, { installation: { vouchesToAdmit: 3 } })
  const { id, spaceId } = await waiting(test)
  const vouchers = await Promise.all([1, 2, 3].map(() => insider(test)))
  t.match(await vouchForApplication(vouchers[0]!, id), { status: 'pending', vouchesToAdmit: 3 })
  t.match(await vouchForApplication(vouchers[0]!, id), { vouchedBy: { length: 1 } }, 'once each')
  t.match(await vouchForApplication(vouchers[1]!, id), { status: 'pending' })
  t.match(await vouchForApplication(vouchers[2]!, id), { status: 'admitted', vouchedBy: { length: 3 } })
  t.match(await spaceRow(test, spaceId), { status: 'admitted', probation_until: Date })
  const letters = await lettersOf(test, id)
  t.strictSame(letters.filter((topic) => topic === 'mail.vouched').length, 2)
  t.strictSame(letters.filter((topic) => topic === 'mail.admitted').length, 1)
})

t.test('where the steward alone admits, no number of vouches does', async (t) => {
  const test = await testApp(t, { installation: { vouchesToAdmit: null } })
  const { id, spaceId } = await waiting(test)
  for (let count = 1; count <= 4; count += 1)
    t.match(await vouchForApplication(await insider(test), id), { status: 'pending', vouchesToAdmit: null })
  t.match(await spaceRow(test, spaceId), { status: 'registered' })
  t.match(await admitApplication(steward(test), id), { status: 'admitted' })
})

t.test('vouchForApplication is for the established, for others, and for what is proven', async (t) => {
  const test = await testApp(t)
  const { id, spaceId } = await waiting(test)
  const operatorId = await addOperator(test)
  await test.deps.db.pool.query('update spaces set operator_id = $2 where id = $1', [
    toUuid(spaceId),
    toUuid(operatorId),
  ])
  const unproven = await applied(test, claim(await listed(test)))
  const viewer = await addManager(test, { spaceId: await addSpace(test), role: 'viewer' })
  const waits = await addManager(test, {
    spaceId: await addSpace(test, { status: 'registered' }),
    role: 'owner',
  })
  const refusals = [
    [insider(test, { probationUntil: instant(testStart + day) }), id, 'wrong_standing'],
    [insider(test, { operatorId }), id, 'wrong_standing'],
    [insider(test), unproven.id, 'wrong_standing'],
    [insider(test, { status: 'suspended' }), id, 'space_suspended'],
    [as(test, waits), id, 'space_not_admitted'],
    [as(test, viewer), id, 'insufficient_role'],
    [insider(test), toTypeId('application', '00000000-0000-7000-8000-000000000001'), 'not_found'],
  ] as const
  for (const [who, about, code] of refusals)
    t.strictSame(await endings([vouchForApplication(await who, about)]), [code])
  const { rows } = await test.deps.db.pool.query('select from vouches')
  t.equal(rows.length, 0, 'a refusal leaves no vouch behind')
})

t.test('only who applied withdraws, and for another the application is not there', async (t) => {
  const test = await testApp(t)
  const one = await waiting(test)
  const stranger = await waiting(test)
  t.strictSame(await endings([withdrawApplication(await as(test, stranger), one.id)]), ['not_found'])
  t.strictSame(await endings([withdrawApplication(await insider(test), one.id)]), ['insufficient_role'])
  t.match(await withdrawApplication(await as(test, one), one.id), { status: 'withdrawn' })
  t.match(await spaceRow(test, one.spaceId), { status: 'registered' })
  const unproven = await applied(test, claim(await listed(test)))
  t.match(await withdrawApplication(await as(test, { managerId: unproven.managerId }), unproven.id), {
    status: 'withdrawn',
  })
})

t.test('an application is the space’s: who applied and was taken out withdraws it no more', async (t) => {
  const test = await testApp(t)
  const one = await waiting(test)
  const { managerId } = await addManager(test, { spaceId: one.spaceId, role: 'owner' })
  const owner = await as(test, { managerId, spaceId: one.spaceId })
  await removeManager(owner, one.managerId)
  const founder = await as(test, { managerId: one.managerId })
  t.strictSame(await endings([withdrawApplication(founder, one.id)]), ['insufficient_role'])
  t.notOk('reason' in (await getApplication(founder, one.id)))
  t.match(await withdrawApplication(owner, one.id), { status: 'withdrawn' })
})

t.test(
  'a claim that is not proven is the claimant’s, also where somebody else speaks for the space',
  async (t) => {
    const test = await testApp(t)
    const spaceId = await listed(test, { domain: 'traboule.example', website: 'https://traboule.example' })
    const rival = await applied(test, claim(spaceId))
    const { id, managerId } = await applied(test, claim(spaceId, 'lea@traboule.example'))
    await admitApplication(steward(test), id)
    const owner = await as(test, { managerId, spaceId })
    t.notOk('wellKnown' in (await getApplication(owner, rival.id)), 'the word is told to nobody else')
    t.strictSame(await endings([withdrawApplication(owner, rival.id)]), ['insufficient_role'])
    t.equal((await applicationRow(test, rival.id)).status, 'pending')
  },
)

t.test('whoever owns a space of the network takes in no other that they own', async (t) => {
  const test = await testApp(t, { installation: { vouchesToAdmit: 1 } })
  const voucherId = await addSpace(test)
  const { managerId, email } = await addManager(test, { spaceId: voucherId, role: 'owner' })
  const one = await applied(test, { ...nave, contact: { ...lea, email } })
  const colleague = await addManager(test, { spaceId: voucherId, role: 'manager' })
  const all = [
    await as(test, { managerId, spaceId: voucherId }),
    await as(test, { managerId: colleague.managerId, spaceId: voucherId }),
  ]
  for (const ctx of all) t.strictSame(await endings([vouchForApplication(ctx, one.id)]), ['wrong_standing'])
  t.match(await spaceRow(test, one.spaceId), { status: 'registered' })
  t.match(await vouchForApplication(await insider(test), one.id), { status: 'admitted' })
})
