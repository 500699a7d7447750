import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { makePolicy, policyFile } from '../../src/platform/policy.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { testApp } from '../helpers/app.ts'
import { accepts, claims, openWorld, walkFrom, walkOn } from './walks.ts'

t.test('a longer period reaches the referrals under way, and stops no clock of theirs', async (t) => {
  const test = await testApp(t)
  const walk = await walkFrom(await openWorld(test), {}, accepts, claims('visited'))
  const policy = makePolicy(policyFile.parse({ claim: 100 }))
  test.deps.clock.advance(14 * day)
  const patient = { ...test.deps, policy }
  t.match(await sweepReferrals(patient), { done: 1 }, 'it is overdue meanwhile')
  t.match((await walk.sender.get(walk.url)).body, { status: 'accepted', overdueAt: String, reached: null })
  test.deps.clock.advance(86 * day)
  await sweepReferrals(patient)
  t.match((await walk.sender.get(walk.url)).body, { status: 'visited', reached: 'visited', claim: null })
})

t.test('a deadline that a longer period moves is another representation', async (t) => {
  const test = await testApp(t)
  const walk = await walkFrom(await openWorld(test), {}, accepts)
  test.deps.clock.advance(8 * day)
  t.match(await sweepReferrals(test.deps), { done: 1 }, 'it is overdue')
  await walkOn(walk, claims('visited'))
  const before = await walk.sender.get(walk.url)
  t.equal(before.body.nextDue, 'post-claim')
  test.deps.clock.advance(14 * day)
  const policy = makePolicy(policyFile.parse({ claim: 100 }))
  t.match(await sweepReferrals({ ...test.deps, policy }), { done: 0 })
  const after = await walk.sender.get(walk.url, { 'if-none-match': String(before.headers['etag']) })
  t.match([after.status, after.body.nextDue], [200, 'overdue'])
})
