import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addSpace, sendFrom, type Caller } from '../helpers/network.ts'
import { acceptedFrom, addLastingCaller, balanceOf, join, joinedFrom, step, year } from './world.ts'

/** A space that sends, one that takes in, and as many others in the network as make `size`. */
const network = async (test: TestApp, size: number) => {
  const [giver, taker] = [await addLastingCaller(test), await addLastingCaller(test)]
  await Promise.all(Array.from({ length: size - 2 }, () => addSpace(test)))
  // Neither counts: only who is in the network does.
  for (const status of ['registered', 'suspended', 'unclaimed'] as const) await addSpace(test, { status })
  return { giver, taker }
}

const joins = async (from: Caller, to: Caller, count: number) => {
  for (let round = 0; round < count; round += 1) await joinedFrom(from, to)
}

t.test('among ten spaces, whoever is past the limit is nudged, and never refused', async (t) => {
  const test = await testApp(t)
  const { giver, taker } = await network(test, 10)
  await joins(giver, taker, 3)
  t.match(await balanceOf(taker), { points: { net: -300 }, limit: 300, nudge: null }, 'at the limit')
  const id = await sendFrom(giver, taker)
  t.equal((await step(taker, id, 'accept')).nudge, null)
  await step(taker, id, 'record-visit', { on: '2026-11-20' })
  t.match(await balanceOf(taker), { points: { net: -310 }, limit: 300, nudge: 'refer_somebody' }, 'past it')
  t.match(await balanceOf(giver), { points: { net: 310 }, limit: 600, nudge: null })

  const next = await sendFrom(giver, taker)
  const accepted = await taker.post(`/v1/referrals/${next}/accept`, {})
  t.match(accepted, { status: 200, body: { status: 'accepted', nudge: 'refer_somebody' } })
  t.equal(
    (await step(taker, next, 'record-visit', { on: '2026-11-20' })).nudge,
    null,
    'told on acceptance alone',
  )
  t.equal((await join(taker, next)).outcome, 'joined')
  t.equal((await giver.get(`/v1/referrals/${next}`)).body.nudge, null, 'the sender is told nothing of it')

  await joins(taker, giver, 1)
  t.match(await balanceOf(taker), { points: { net: -310 }, limit: 400, nudge: null }, 'the limit grew')
})

t.test('among fewer than ten spaces nobody is nudged', async (t) => {
  const test = await testApp(t)
  const { giver, taker } = await network(test, 9)
  await joins(giver, taker, 4)
  t.match(await balanceOf(taker), { points: { net: -400 }, limit: 300, nudge: null })
  t.equal((await step(taker, await sendFrom(giver, taker), 'accept')).nudge, null)
  await addSpace(test)
  t.match(await balanceOf(taker), { nudge: 'refer_somebody' }, 'with the tenth')
  t.equal((await step(taker, await sendFrom(giver, taker), 'accept')).nudge, 'refer_somebody')
})

t.test('the limit counts what was earned in 365 days, and is 20 credits at most', async (t) => {
  const test = await testApp(t)
  const { giver, taker } = await network(test, 10)
  const start = test.deps.clock.now()
  await joins(giver, taker, 2)
  const open = await acceptedFrom(giver, taker)
  test.deps.clock.set(start + 10 * day)
  await join(taker, open)
  t.match(await balanceOf(giver), { limit: 600 })
  test.deps.clock.set(start + year - 1)
  t.match(await balanceOf(giver), { limit: 600 })
  test.deps.clock.set(start + year)
  t.match(await balanceOf(giver), { limit: 400, points: { earned: 300 } }, 'two are older than that')
  test.deps.clock.set(start + year + 10 * day)
  t.match(await balanceOf(giver), { limit: 300 })
  await joins(giver, taker, 18)
  t.match(await balanceOf(giver), { limit: 2_000, points: { earned: 2_100 } })
})
