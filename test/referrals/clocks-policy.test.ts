import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { makePolicy, policyFile } from '../../src/platform/policy.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { testApp } from '../helpers/app.ts'
import { accepts, claims, openWorld, walkFrom } from './walks.ts'

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
