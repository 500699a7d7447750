/** The model is itself a reading of the rules, so the numbers that the rules name are worked out with it by hand. */
import t from 'tap'
import { sweep } from './clocks.ts'
import { allowanceOf, balanceOf, sharesOf } from './ledger.ts'
import { act, send, type Details } from './moves.ts'
import type { Event } from './rules.ts'
import { day, type World } from './state.ts'

const newWorld = (spaces: Partial<World['spaces'][number]>[] = [{}, {}, {}, {}]): World => ({
  now: Date.parse('2026-11-20T09:30:00.000Z'),
  spaces: spaces.map((one) => ({ operator: null, probationUntil: null, awayUntil: null, ...one })),
  referrals: [],
  postings: [],
  entries: [],
})

const sendFrom = (world: World, from: number, to: number, person = 0): number => {
  const verdict = send(world, { from, to, person, consent: 'attested', draft: false })
  if (verdict.status !== 201) throw new Error(JSON.stringify(verdict))
  return world.referrals.length - 1
}

const move = (
  world: World,
  referral: number,
  by: number | 'member' | 'steward',
  event: Event,
  details: Details = {},
) => {
  const verdict = act(world, { referral, by, event, details })
  if (verdict.status !== 200) throw new Error(`${event}: ${JSON.stringify(verdict)}`)
}

const joinFrom = (world: World, from: number, to: number, person = 0): number => {
  const n = sendFrom(world, from, to, person)
  move(world, n, to, 'accept')
  move(world, n, to, 'close', { outcome: 'joined' })
  return n
}

const forwardTo = (world: World, n: number, by: number, to: number): number => {
  move(world, n, by, 'forward', { to })
  const child = world.referrals.length - 1
  move(world, child, 'member', 'grant-consent')
  return child
}

const earned = (world: World) => world.spaces.map((_, space) => balanceOf(world, space).earned)

t.test(
  'shares: all to the origin; a fifth to one forwarder; a tenth to each of two, rounded down',
  async (t) => {
    t.same(
      [10, 25, 100].map((one) => sharesOf(one, 1)),
      [[10], [25], [100]],
    )
    t.same(
      [10, 25, 100].map((one) => sharesOf(one, 2)),
      [
        [8, 2],
        [20, 5],
        [80, 20],
      ],
    )
    t.same(
      [10, 25, 100].map((one) => sharesOf(one, 3)),
      [
        [8, 1, 1],
        [21, 2, 2],
        [80, 10, 10],
      ],
    )
  },
)

t.test('a referral that was forwarded twice is owed by the last receiver, 80 and 10 and 10', async (t) => {
  const world = newWorld()
  const child = forwardTo(world, sendFrom(world, 0, 1), 1, 2)
  const grandchild = forwardTo(world, child, 2, 3)
  move(world, grandchild, 3, 'accept')
  t.same(
    world.spaces.map((_, space) => balanceOf(world, space).inFlight),
    [80, 10, 10, 0],
  )
  move(world, grandchild, 3, 'record-visit')
  t.same(earned(world), [8, 1, 1, 0])
  move(world, grandchild, 3, 'start-trial')
  t.same(earned(world), [21, 2, 2, 0])
  move(world, grandchild, 3, 'close', { outcome: 'joined' })
  t.same(earned(world), [80, 10, 10, 0])
  t.equal(balanceOf(world, 3).owed, 100)
  t.same(
    world.referrals.map((one) => one.finalOutcome),
    ['joined', 'joined', null],
  )
})

t.test('a person is worth 100 points in any 365 days: what is left is posted, and shared', async (t) => {
  const world = newWorld()
  const first = sendFrom(world, 0, 1)
  move(world, first, 1, 'accept')
  move(world, first, 1, 'start-trial')
  joinFrom(world, 1, 0, 1)
  const second = sendFrom(world, 0, 2)
  move(world, second, 2, 'accept')
  move(world, second, 2, 'record-visit')
  t.equal(allowanceOf(world, 0), 65)
  move(world, first, 1, 'close', { outcome: 'joined' })
  t.equal(balanceOf(world, 0, 1).earned, 25 + 65)
  move(world, second, 2, 'close', { outcome: 'joined' })
  t.equal(balanceOf(world, 0, 2).earned, 10, 'nothing is left')
  world.now += 366 * day
  t.equal(allowanceOf(world, 0), 100)
})

t.test('between spaces of one operator points are worth 0; the person keeps its allowance', async (t) => {
  const world = newWorld([{ operator: 1 }, { operator: 1 }, {}])
  joinFrom(world, 0, 1)
  t.same(earned(world), [0, 0, 0])
  t.equal(world.entries.length, 3)
  joinFrom(world, 2, 0)
  t.same(earned(world), [0, 0, 100])
})

t.test(
  'what is posted during a probation is held, and released once neither side is on probation',
  async (t) => {
    const world = newWorld([{}, { probationUntil: Date.parse('2026-12-20T09:30:00.000Z') }])
    joinFrom(world, 0, 1)
    t.match(balanceOf(world, 0), { earned: 0, held: 100, net: 0, provisional: 0 })
    world.now += 30 * day - 1
    sweep(world)
    t.equal(balanceOf(world, 0).held, 100)
    world.now += 1
    sweep(world)
    t.match(balanceOf(world, 0), { earned: 100, held: 0, provisional: 0 })
    t.same(
      world.entries.filter(({ kind }) => kind === 'release').map(({ stage, points }) => [stage, points]),
      [
        ['visited', 10],
        ['trial', 15],
        ['joined', 75],
      ],
    )
  },
)

t.test('of several creditors each waits for itself and for the receiver alone', async (t) => {
  const until = (days: number) => ({ probationUntil: Date.parse('2026-11-20T09:30:00.000Z') + days * day })
  const world = newWorld([until(20), until(40), until(10), {}])
  const child = forwardTo(world, sendFrom(world, 0, 1), 1, 2)
  move(world, child, 2, 'accept')
  move(world, child, 2, 'close', { outcome: 'joined' })
  t.same(earned(world), [0, 0, 0, 0])
  world.now += 20 * day
  sweep(world)
  t.same(earned(world), [80, 0, 0, 0])
  world.now += 20 * day
  sweep(world)
  t.same(earned(world), [80, 20, 0, 0])
})

t.test('leaving within 30 days reverses 75; a join that lasts is no longer provisional', async (t) => {
  const world = newWorld()
  const [leaves, stays] = [joinFrom(world, 0, 1), joinFrom(world, 0, 1, 1)]
  t.match(balanceOf(world, 0), { earned: 200, provisional: 150 })
  move(world, leaves, 'member', 'report-left')
  t.match(balanceOf(world, 0), { earned: 125, provisional: 75 })
  world.now += 30 * day
  sweep(world)
  t.match(balanceOf(world, 0), { earned: 125, provisional: 0 })
  t.equal(world.referrals[stays]?.joinConfirmed, true)
})

t.test(
  'a claim stands after 14 days of silence; a dispute holds its points until the steward or 30 days decide',
  async (t) => {
    const world = newWorld()
    const silent = sendFrom(world, 0, 1)
    move(world, silent, 1, 'accept')
    move(world, silent, 0, 'claim', { stage: 'visited' })
    world.now += 14 * day
    sweep(world)
    t.match(world.referrals[silent], { status: 'visited', reached: 'visited', claim: null })
    t.equal(balanceOf(world, 0).earned, 10)

    const argued = sendFrom(world, 2, 1, 1)
    move(world, argued, 1, 'accept')
    move(world, argued, 'member', 'claim', { stage: 'joined' })
    move(world, argued, 1, 'close', { outcome: 'not_joined', reason: 'price' })
    t.match(balanceOf(world, 2), { earned: 0, inFlight: 100 }, 'all three stages are argued about')
    world.now += 30 * day
    sweep(world)
    t.match(world.referrals[argued], { outcome: 'joined', reached: 'joined' }, 'the member had said so')
    t.equal(balanceOf(world, 2).earned, 100)

    move(world, joinFrom(world, 1, 0, 2), 0, 'dispute', { stage: 'visited' })
    t.match(balanceOf(world, 1), { earned: 10, inFlight: 90 })
    t.equal(allowanceOf(world, 2), 0, 'nobody else may bring it meanwhile')
    world.now += 30 * day
    sweep(world)
    t.match(balanceOf(world, 1), { earned: 10, inFlight: 0 }, 'without a report the lower account stands')
    t.equal(allowanceOf(world, 2), 90)
  },
)
