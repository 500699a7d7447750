import t, { type Test } from 'tap'
import { day } from '../../src/platform/clock.ts'
import { resolveDispute, type Decision } from '../../src/referrals/resolve.ts'
import type { Id } from '../../src/platform/ids.ts'
import { testApp } from '../helpers/app.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import { sendFrom, somebody, steward, type Caller } from '../helpers/network.ts'
import {
  acceptedFrom,
  addLastingCaller,
  forwardedTo,
  join,
  joinedFrom,
  pointsOf,
  step,
  story,
} from './world.ts'

const world = async (t: Test) => {
  const test = await testApp(t)
  const spaces = await Promise.all([1, 2, 3, 4].map(() => addLastingCaller(test)))
  const [a, b, c, d] = [spaces[0]!, spaces[1]!, spaces[2]!, spaces[3]!]
  const resolve = (id: string, decision: Decision) =>
    resolveDispute(steward(test), id as Id<'referral'>, decision)
  return { test, a, b, c, d, resolve }
}

const disputes = (receiver: Caller, id: string) => step(receiver, id, 'dispute', { stage: 'visited' })

const nothing = ['visited', 'trial', 'joined'].map((stage) => `${stage} 0 0 person_already_counted`)

t.test('what a dispute holds is posted again as it was: nobody brought it meanwhile', async (t) => {
  const { test, a, b, c, d, resolve } = await world(t)
  const ada = somebody()
  const first = await joinedFrom(a, b, ada)
  await disputes(b, first)
  t.match(await pointsOf(a), { earned: 10, inFlight: 90 })
  t.same(await story(c, await joinedFrom(c, d, ada)), nothing, 'while the dispute is open')
  t.same(await brokenInvariants(test.deps), [])
  await resolve(first, 'upheld')
  t.match(await pointsOf(a), { earned: 100, inFlight: 0 })
  t.same(await story(c, await joinedFrom(c, d, ada)), nothing, 'and after it')
  t.same(await brokenInvariants(test.deps), [])
})

t.test('what a dispute voids may be brought by another referral of the person, from then on', async (t) => {
  const { test, a, b, c, d, resolve } = await world(t)
  const ada = somebody()
  const first = await joinedFrom(a, b, ada)
  await disputes(b, first)
  await joinedFrom(c, d, ada)
  await resolve(first, 'reversed')
  t.match(await pointsOf(a), { earned: 10, inFlight: 0 })
  t.match(await pointsOf(c), { earned: 0 }, 'what was posted in the meantime stays worth nothing')
  const later = await joinedFrom(c, d, ada)
  t.same(await story(c, later), ['visited 10 0', 'trial 15 0', 'joined 65 0 person_already_counted'])
  t.same(await brokenInvariants(test.deps), [])
})

t.test('a dispute that is upheld brings no more than stood before it', async (t) => {
  const { test, a, b, c, d, resolve } = await world(t)
  const ada = somebody()
  const first = await joinedFrom(a, b, ada)
  const second = await joinedFrom(c, d, ada)
  await step(b, first, 'report-left')
  await disputes(d, second)
  t.match(await pointsOf(c), { earned: 0, inFlight: 0 })
  await resolve(second, 'upheld')
  t.match(await pointsOf(c), { earned: 0 }, 'although 75 points of the person are free again')
  t.same((await story(a, await joinedFrom(a, d, ada))).at(-1), 'joined 50 0 person_already_counted')
  t.same(await brokenInvariants(test.deps), [])
})

t.test('each creditor of a forwarded referral gets again what was taken from it', async (t) => {
  const { test, a, b, c, d, resolve } = await world(t)
  const ada = somebody()
  await step(d, await acceptedFrom(c, d, ada), 'record-visit', { on: '2026-11-20' })
  const id = await forwardedTo(test, b, await sendFrom(a, b, { member: ada }), c)
  await step(c, id, 'accept')
  await join(c, id)
  const stood = [await pointsOf(a), await pointsOf(b)]
  t.match(stood, [{ earned: 72 }, { earned: 18 }])
  await step(c, id, 'dispute', { stage: 'none' })
  t.match(
    [await pointsOf(a), await pointsOf(b)],
    [
      { earned: 0, inFlight: 72 },
      { earned: 0, inFlight: 18 },
    ],
  )
  t.same(await brokenInvariants(test.deps), [])
  await resolve(id, 'upheld')
  t.same([await pointsOf(a), await pointsOf(b)], stood)
  t.same(await brokenInvariants(test.deps), [])
})

t.test('two referrals of one person, disputed and decided at once, never bring more than 100', async (t) => {
  const { test, a, b, c, d, resolve } = await world(t)
  for (let round = 0; round < 4; round += 1) {
    const ada = somebody()
    const first = await joinedFrom(a, b, ada)
    const second = await acceptedFrom(c, d, ada)
    test.deps.clock.set(test.deps.clock.now() + day)
    await Promise.all([disputes(b, first), join(d, second)])
    await Promise.all([resolve(first, 'upheld'), joinedFrom(c, d, ada)])
    t.match(await pointsOf(a), { earned: 100 * (round + 1) })
    t.match(await pointsOf(c), { earned: 0 })
  }
  t.same(await brokenInvariants(test.deps), [])
})
