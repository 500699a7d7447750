import t, { type Test } from 'tap'
import { vouchForSpace } from '../../src/network/vouch.ts'
import { day, instant } from '../../src/platform/clock.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { testApp, testStart, type TestApp } from '../helpers/app.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import { addSpace, sendFrom, steward, type Caller } from '../helpers/network.ts'
import { addLastingCaller, forwardedTo, join, pointsOf, step } from './world.ts'

/** Of the origin and the forwarder. */
type Two = readonly [number, number]

interface Probations {
  readonly origin?: number
  readonly forwarder?: number
  readonly receiver?: number
}

/** A member joined who was forwarded once; each of the three spaces is on probation for so many days, or not at all. */
const joinedByWayOf = async (t: Test, { origin, forwarder, receiver }: Probations) => {
  const test = await testApp(t)
  const [a, b, c] = await Promise.all(
    [origin, forwarder, receiver].map((days) =>
      addLastingCaller(test, days === undefined ? {} : { probationUntil: instant(testStart + days * day) }),
    ),
  )
  const id = await forwardedTo(test, b!, await sendFrom(a!, b!), c!)
  await step(c!, id, 'accept')
  await join(c!, id)
  return { test, origin: a!, forwarder: b!, receiver: c!, id }
}

type Story = Awaited<ReturnType<typeof joinedByWayOf>>

const sweepOn = async (test: TestApp, days: number) => {
  test.deps.clock.set(testStart + days * day)
  await sweepReferrals(test.deps)
}

const check = async (
  t: Test,
  { test, origin, forwarder, receiver, id }: Story,
  { earned, held }: { readonly earned: Two; readonly held: Two },
  until: number | null,
) => {
  const seen = await Promise.all([origin, forwarder].map(pointsOf))
  t.match(
    seen,
    [0, 1].map((one) => ({ earned: earned[one], held: held[one] })),
    `until day ${until}`,
  )
  const heldUntil = until === null ? null : instant(testStart + until * day)
  t.match((await receiver.get(`/v1/referrals/${id}`)).body, { heldUntil })
  t.same(await brokenInvariants(test.deps), [])
}

const originFree = { earned: [80, 0], held: [0, 20] } as const
const forwarderFree = { earned: [0, 20], held: [80, 0] } as const

const turns = [
  ['the origin’s probation ends first', { origin: 20, forwarder: 40 }, 20, originFree, 40],
  ['the forwarder’s ends first', { origin: 40, forwarder: 20 }, 20, forwarderFree, 40],
  ['the receiver’s holds both', { origin: 20, forwarder: 40, receiver: 30 }, 30, originFree, 40],
] as const

for (const [title, probations, first, half, last] of turns) {
  t.test(`points are released to each creditor when it has no more to wait for: ${title}`, async (t) => {
    const story = await joinedByWayOf(t, probations)
    await check(t, story, { earned: [0, 0], held: [80, 20] }, first)
    await sweepOn(story.test, first - 1)
    await check(t, story, { earned: [0, 0], held: [80, 20] }, first)
    await sweepOn(story.test, first)
    await check(t, story, half, last)
    await sweepOn(story.test, last)
    await check(t, story, { earned: [80, 20], held: [0, 0] }, null)
  })
}

t.test('one creditor whose probation is cut short by vouches does not wait for the others', async (t) => {
  const story = await joinedByWayOf(t, { origin: 60, forwarder: 40, receiver: 20 })
  await check(t, story, { earned: [0, 0], held: [80, 20] }, 40)
  const establish = async (space: Caller) => {
    for (const voucherId of [await addSpace(story.test), await addSpace(story.test)])
      await vouchForSpace(steward(story.test), { spaceId: space.spaceId, voucherId })
  }
  await establish(story.origin)
  await check(t, story, { earned: [0, 0], held: [80, 20] }, 20)
  await establish(story.receiver)
  await check(t, story, { earned: [0, 0], held: [80, 20] }, 0)
  await sweepOn(story.test, 0)
  await check(t, story, { earned: [80, 0], held: [0, 20] }, 40)
})
