import t, { type Test } from 'tap'
import type { Ctx } from '../../src/platform/context.ts'
import { day } from '../../src/platform/clock.ts'
import type { Id } from '../../src/platform/ids.ts'
import { forgetPeople } from '../../src/reciprocity/forget-people.ts'
import { revokeConsent } from '../../src/referrals/member-consent.ts'
import { eraseMember } from '../../src/referrals/erase.ts'
import { resolveDispute } from '../../src/referrals/resolve.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { testApp, testStart } from '../helpers/app.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import { sendFrom, somebody, steward, type Caller } from '../helpers/network.ts'
import { acceptedFrom, addLastingCaller, join, joinedFrom, pointsOf, step, story } from './world.ts'

const world = async (t: Test) => {
  const test = await testApp(t)
  const [a, b] = [await addLastingCaller(test), await addLastingCaller(test)]
  const { pool } = test.deps.db
  const count = async (sql: string) => (await pool.query<{ n: number }>(sql)).rows[0]!.n
  return {
    test,
    a,
    b,
    pass: (days: number) => test.deps.clock.set(testStart + days * day),
    people: () => count('select count(*)::int as n from person_earnings'),
    hashes: () => count('select count(*)::int as n from referrals where person_hash is not null'),
    byMember: (sender: Caller, id: string, verb: typeof eraseMember | typeof revokeConsent) => {
      const referralId = id as Id<'referral'>
      const ctx: Ctx = { ...test.deps, actor: { kind: 'member', id: referralId }, requestId: 'test' }
      return verb(ctx, { senderId: sender.spaceId, referralId })
    },
  }
}

t.test('what a person brought is forgotten when all of it has left the window, and not before', async (t) => {
  const { test, a, b, pass, people } = await world(t)
  const ada = somebody()
  const id = await acceptedFrom(a, b, ada)
  await step(b, id, 'record-visit', { on: '2026-11-20' })
  pass(10)
  await join(b, id)
  pass(10 + 365 - 1)
  await forgetPeople(test.deps)
  t.equal(await people(), 1)
  pass(10 + 365)
  await forgetPeople(test.deps)
  t.equal(await people(), 0)
  t.same((await story(a, await joinedFrom(a, b, ada)))[2], 'joined 75 0', 'the person counts anew')
  t.equal(await people(), 1)
})

t.test('what a dispute keeps for a person is kept as long as the dispute', async (t) => {
  const { test, a, b, pass, people } = await world(t)
  const ada = somebody()
  const id = await joinedFrom(a, b, ada)
  await step(b, id, 'dispute', { stage: 'none' })
  pass(400)
  await forgetPeople(test.deps)
  t.equal(await people(), 1)
  await resolveDispute(steward(test), id as Id<'referral'>, 'upheld')
  await forgetPeople(test.deps)
  t.match(await pointsOf(a), { earned: 100 })
  t.same((await story(b, await joinedFrom(b, a, ada)))[2], 'joined 0 0 person_already_counted')
  t.same(await brokenInvariants(test.deps), [])
})

t.test('who took everything back is forgotten at once', async (t) => {
  const { test, a, b, people } = await world(t)
  const id = await acceptedFrom(a, b)
  await step(b, id, 'record-visit', { on: '2026-11-20' })
  await step(b, id, 'close', { outcome: 'completed' })
  await step(b, id, 'dispute', { stage: 'none' })
  await resolveDispute(steward(test), id as Id<'referral'>, 'reversed')
  await forgetPeople(test.deps)
  t.equal(await people(), 0)
})

t.test(
  'an erased referral that counts is told apart until the window is over, others for good',
  async (t) => {
    const { test, a, b, pass, hashes, byMember } = await world(t)
    const [erased, kept] = [await joinedFrom(a, b), await joinedFrom(a, b)]
    pass(31)
    await sweepReferrals(test.deps)
    await byMember(a, erased, eraseMember)
    pass(364)
    await forgetPeople(test.deps)
    t.equal(await hashes(), 2)
    pass(365)
    await forgetPeople(test.deps)
    t.equal(await hashes(), 1)
    pass(3 * 365)
    await forgetPeople(test.deps)
    t.equal(await hashes(), 1, kept)
  },
)

t.test('an erased referral that brought nothing is told apart while it may still be claimed', async (t) => {
  const { test, a, b, pass, hashes, byMember } = await world(t)
  const declined = await sendFrom(a, b)
  await step(b, declined, 'decline', { reason: 'no_capacity' })
  await byMember(a, declined, eraseMember)
  await byMember(a, await sendFrom(a, b, { consent: { kind: 'link' } }), revokeConsent)
  await step(a, await sendFrom(a, b, { draft: true }), 'withdraw')
  const claimed = await acceptedFrom(a, b)
  await step(b, claimed, 'close', { outcome: 'completed' })
  await byMember(a, claimed, eraseMember)
  pass(14 - 1)
  await step(a, claimed, 'claim', { stage: 'visited' })
  await forgetPeople(test.deps)
  t.equal(await hashes(), 4)
  pass(14)
  await forgetPeople(test.deps)
  t.equal(await hashes(), 1, 'but for the one that was claimed')
  pass(13 + 14)
  await sweepReferrals(test.deps)
  await forgetPeople(test.deps)
  t.equal(await hashes(), 1, 'which brought something')
  pass(13 + 14 + 365)
  await forgetPeople(test.deps)
  t.equal(await hashes(), 0)
})

t.test('a hash is kept for 365 days after the erasure at most, whatever was posted since', async (t) => {
  const { test, a, b, pass, hashes, byMember } = await world(t)
  const id = await acceptedFrom(a, b)
  await step(b, id, 'close', { outcome: 'completed' })
  await byMember(a, id, eraseMember)
  pass(13)
  await step(a, id, 'claim', { stage: 'visited' })
  pass(27)
  await sweepReferrals(test.deps)
  t.match(await pointsOf(a), { earned: 10 })
  pass(364)
  await forgetPeople(test.deps)
  t.equal(await hashes(), 1)
  pass(365)
  await forgetPeople(test.deps)
  t.equal(await hashes(), 0)
})

t.test('many are forgotten in many batches', async (t) => {
  const { test, people, pass } = await world(t)
  await test.deps.db.pool.query(
    `insert into person_earnings (person_hash, postings, last_at, reserved)
     select decode(md5(n::text), 'hex'), '[]', '2026-11-20', 0 from generate_series(1, 1201) n`,
  )
  pass(365)
  await forgetPeople(test.deps)
  t.equal(await people(), 0)
})

t.test('what is posted while people are forgotten is remembered', async (t) => {
  const { test, a, b, pass, people } = await world(t)
  const members = Array.from({ length: 8 }, () => somebody())
  for (const member of members) await joinedFrom(a, b, member)
  pass(365)
  const ids: string[] = []
  for (const member of members) ids.push(await acceptedFrom(a, b, member))
  await Promise.all([...ids.map((id) => join(b, id)), ...ids.map(() => forgetPeople(test.deps))])
  t.equal(await people(), members.length)
  t.same(await brokenInvariants(test.deps), [])
})
