import { day, instant } from '../../src/platform/clock.ts'
import { memberClaims } from '../../src/referrals/member-reports.ts'
import { testStart } from '../helpers/app.ts'
import { testEdges, type Edge } from './clock-edges.ts'
import type { ClockWorld } from './clock-world.ts'

/** A referral that was accepted just now. */
const accepted = async (world: ClockWorld) => {
  const id = await world.send()
  await world.receiver(id, 'accept', {})
  return id
}

/** The sender says that the member came, and the receiver, a day later, that nobody did. */
const disputed = async (world: ClockWorld) => {
  const id = await accepted(world)
  await world.sender(id, 'claim', { stage: 'visited' })
  await world.pass(day)
  await world.receiver(id, 'dispute', { note: 'Nobody of that name.' })
  return id
}

const active: Edge[] = [
  {
    name: 'silence on a request to withdraw agrees to it after 3 days',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.sender(id, 'request-withdrawal')
      return [id, testStart + 3 * day]
    },
    event: 'confirm-withdrawal',
    becomes: { status: 'withdrawn', nextDue: null },
  },
  {
    name: 'a referral is overdue when nothing was told for 7 days after acceptance',
    windUp: async (world) => [await accepted(world), testStart + 7 * day],
    event: 'overdue',
    becomes: { status: 'accepted', overdueAt: instant(testStart + 7 * day) },
  },
  {
    name: 'and again every 30 days',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.pass(7 * day)
      await world.pass(30 * day)
      return [id, testStart + 67 * day]
    },
    event: 'overdue',
    becomes: { status: 'accepted', overdueAt: instant(testStart + 67 * day) },
  },
  {
    name: 'a visit is progress for 30 days',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.pass(2 * day)
      await world.receiver(id, 'record-visit', { on: '2026-11-22' })
      return [id, testStart + 32 * day]
    },
    event: 'overdue',
    becomes: { status: 'visited' },
  },
  {
    name: 'progress takes the flag away, and begins the 30 days anew',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.pass(10 * day)
      await world.receiver(id, 'start-trial')
      if ((await world.card(id)).overdueAt !== null) throw new Error('still overdue')
      return [id, testStart + 40 * day]
    },
    event: 'overdue',
    becomes: { status: 'trial' },
  },
  {
    name: 'an arranged visit is waited for, and 30 days more',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.pass(day)
      await world.receiver(id, 'schedule', { at: instant(testStart + 20 * day) })
      return [id, testStart + 50 * day]
    },
    event: 'overdue',
    becomes: { status: 'scheduled' },
  },
  {
    name: 'an active referral ends 180 days after acceptance, whatever was told',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.pass(170 * day)
      await world.receiver(id, 'start-trial')
      return [id, testStart + 180 * day]
    },
    event: 'end',
    becomes: { status: 'closed', outcome: 'unknown', nextDue: null },
    earned: [25, 25],
  },
]

const outcomes: Edge[] = [
  {
    name: 'a claim stands after 14 days of silence',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.sender(id, 'claim', { stage: 'visited' })
      return [id, testStart + 14 * day]
    },
    event: 'post-claim',
    becomes: { status: 'visited', reached: 'visited', claim: null },
    earned: [0, 10],
  },
  {
    name: 'a claimed join closes the referral',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.member(id, (ctx, target) => memberClaims(ctx, target, 'joined'))
      return [id, testStart + 14 * day]
    },
    event: 'post-claim',
    becomes: { status: 'closed', outcome: 'joined', joinedAt: instant(testStart + 14 * day) },
    earned: [0, 100],
  },
  {
    name: 'a claim after the end stands after 14 days, too',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.receiver(id, 'close', { outcome: 'completed' })
      await world.pass(13 * day)
      await world.member(id, (ctx, target) => memberClaims(ctx, target, 'trial'))
      return [id, testStart + 27 * day]
    },
    event: 'post-claim',
    becomes: { status: 'closed', outcome: 'completed', reached: 'trial', nextDue: null },
    earned: [0, 25],
  },
  {
    name: 'a dispute that nobody resolved ends after 30 days with the lesser account',
    windUp: async (world) => [await disputed(world), testStart + 31 * day],
    event: 'resolve',
    becomes: { reached: null, claim: null, status: 'accepted' },
    earned: [0, 0],
  },
  {
    name: 'and with the member’s own word when there is one',
    windUp: async (world) => {
      const id = await disputed(world)
      await world.member(id, (ctx, target) => memberClaims(ctx, target, 'visited'))
      return [id, testStart + 31 * day]
    },
    event: 'resolve',
    becomes: { reached: 'visited', claim: null, status: 'visited' },
    earned: [0, 10],
  },
  {
    name: 'a join is no longer provisional after 30 days',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.receiver(id, 'close', { outcome: 'joined' })
      return [id, testStart + 30 * day]
    },
    event: 'confirm-join',
    becomes: { status: 'closed', joinConfirmedAt: instant(testStart + 30 * day), nextDue: null },
    earned: [100, 100],
  },
  {
    name: 'points that were held are free at the end of the probation',
    windUp: async (world) => {
      const id = await accepted(world)
      await world.receiver(id, 'close', { outcome: 'joined' })
      return [id, testStart + 90 * day]
    },
    event: 'release',
    becomes: { heldUntil: null, nextDue: null },
    earned: [0, 100],
    receiver: { probationUntil: instant(testStart + 90 * day) },
  },
]

await testEdges([...active, ...outcomes])
