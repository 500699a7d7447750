import t from 'tap'
import { day, hour, instant } from '../../src/platform/clock.ts'
import type { Id } from '../../src/platform/ids.ts'
import { nextDueOf } from '../../src/referrals/clocks.ts'
import { edges, phaseOf, type Status } from '../../src/referrals/lifecycle.ts'
import { grantConsent, refuseConsent, revokeConsent } from '../../src/referrals/member-consent.ts'
import { memberClaims } from '../../src/referrals/member-reports.ts'
import { testApp, testStart } from '../helpers/app.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import { addSpace } from '../helpers/network.ts'
import { clockWorldOn, type ClockWorld } from './clock-world.ts'

type Step = (world: ClockWorld, id: Id<'referral'>) => Promise<unknown>

const receiver =
  (verb: string, body?: (world: ClockWorld) => unknown): Step =>
  (world, id) =>
    world.receiver(id, verb, body?.(world))
const sender =
  (verb: string, body?: unknown): Step =>
  (world, id) =>
    world.sender(id, verb, body)
const pass =
  (ms: number): Step =>
  (world) =>
    world.pass(ms)
const at =
  (ms: number) =>
  (world: ClockWorld): { at: string } => ({ at: instant(world.now() + ms) })

const accept = receiver('accept', () => ({}))
const ask = receiver('ask', () => ({ question: 'When?' }))
const answer = sender('answer', { answer: 'In May.' })
const closeAs = (outcome: string, reason?: string) =>
  receiver('close', () => ({ outcome, ...(reason && { reason }) }))
const grant: Step = (world, id) => world.member(id, grantConsent)
const away: Step = (world) => world.goAway(world.now() + 10 * day)
const forward: Step = async (world, id) => {
  const toSpaceId = await addSpace(world)
  await world.receiver(id, 'forward', { toSpaceId })
}
/** The member does not want to go to where it was forwarded to. */
const refuseChild: Step = async (world, id) => {
  const { childId } = await world.card(id)
  if (!childId) throw new Error('not forwarded')
  checkCard(world, (await world.cards(childId))[0]!)
  const ctx = { ...world.deps, actor: { kind: 'member', id: childId }, requestId: 'test' } as const
  await refuseConsent(ctx, { senderId: world.receiverId, referralId: childId })
}

const byLink = { consent: { kind: 'link' } }
const draft = { draft: true }
const onProbation = { probationUntil: instant(testStart + 20 * day) }

interface Walk {
  readonly fields?: Record<string, unknown>
  readonly steps: readonly Step[]
  readonly receiver?: { probationUntil: string }
}

/** Together they take every edge of the lifecycle. */
const walks: readonly Walk[] = [
  { fields: draft, steps: [pass(day), sender('submit'), sender('withdraw')] },
  {
    fields: { ...byLink, ...draft },
    steps: [sender('submit'), grant, receiver('decline', () => ({ reason: 'no_capacity' }))],
  },
  { fields: draft, steps: [pass(30 * day)] },
  { fields: byLink, steps: [pass(7 * day)] },
  { fields: byLink, steps: [(world, id) => world.member(id, refuseConsent)] },
  { steps: [ask, pass(hour), answer, ask, pass(3 * day), pass(day), pass(5 * day)] },
  { steps: [ask, pass(3 * day), away, pass(7 * day), pass(10 * day)] },
  { steps: [accept, sender('request-withdrawal'), pass(3 * day)] },
  {
    steps: [
      accept,
      receiver('schedule', at(day)),
      receiver('reschedule', at(2 * day)),
      pass(3 * day),
      receiver('record-no-show'),
      receiver('schedule', at(day)),
      pass(2 * day),
      receiver('record-no-show'),
    ],
  },
  {
    steps: [
      accept,
      pass(7 * day),
      receiver('record-visit', (world) => ({ on: instant(world.now()).slice(0, 10) })),
      receiver('start-trial'),
      pass(170 * day),
      pass(10 * day),
    ],
  },
  {
    steps: [
      accept,
      closeAs('joined'),
      pass(hour),
      receiver('report-left'),
      sender('dispute', { stage: 'joined' }),
      pass(30 * day),
    ],
  },
  { steps: [pass(day), accept, closeAs('joined'), pass(30 * day)], receiver: onProbation },
  {
    steps: [
      accept,
      sender('claim', { stage: 'visited' }),
      pass(14 * day),
      closeAs('not_joined', 'price'),
      (world, id) => world.member(id, (ctx, target) => memberClaims(ctx, target, 'trial')),
      receiver('dispute', () => ({})),
      pass(30 * day),
    ],
  },
  { steps: [accept, (world, id) => world.member(id, revokeConsent)] },
  { steps: [forward, refuseChild] },
]

/** What the card says that comes next, against what follows from all else on it. */
const checkCard = (world: ClockWorld, card: Awaited<ReturnType<ClockWorld['card']>>) => {
  const { nextDue, nextDueAt } = card
  t.strictSame({ nextDue, nextDueAt }, nextDueOf(card, world.deps.policy, world.now()), card.status)
  if (phaseOf(card.status as Status) !== 'closed') {
    t.ok(
      nextDue !== null && nextDueAt !== null && Date.parse(nextDueAt) > world.now(),
      `${card.status} has a deadline`,
    )
  }
}

t.test('there is no open card without a due time, whatever way it came', async (t) => {
  const node = await testApp(t)
  const seen = { statuses: new Set<string>(), events: new Set<string>() }
  for (const { fields, steps, receiver } of walks) {
    node.deps.clock.set(testStart)
    const world = await clockWorldOn(node, undefined, receiver)
    const id = await world.send(fields)
    for (const step of [null, ...steps]) {
      await step?.(world, id)
      const cards = await world.cards(id)
      for (const card of cards) {
        checkCard(world, card)
        seen.statuses.add(card.status)
      }
      t.equal(
        new Set(cards.map(({ nextDue, nextDueAt }) => `${nextDue ?? ''} ${nextDueAt ?? ''}`)).size,
        1,
        'alike on both sides',
      )
    }
    for (const { event } of await world.history(id)) seen.events.add(event)
  }
  const missed = edges.map(({ event }) => event).filter((event) => !seen.events.has(event))
  t.strictSame(missed, [], 'every edge was taken')
  const { rows } = await node.deps.db.pool.query(
    `select id, status from referrals where phase <> 'closed' and (next_due is null or next_due_at is null)`,
  )
  t.strictSame(rows, [], 'in the table, too')
  t.strictSame(await brokenInvariants(node.deps), [])
})
