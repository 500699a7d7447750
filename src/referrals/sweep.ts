import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { referrals } from '../../db/schema/referrals.ts'
import { instant, millisOf, second } from '../platform/clock.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { networkSpaceId, toTypeId, toUuid, type Id } from '../platform/ids.ts'
import { every, faultCode, type JobLog, type Recurring } from '../platform/jobs/every.ts'
import { clockSteps, isClockEvent, type ClockEvent } from './clock-events.ts'
import { hostingPolicyOf } from './submission.ts'
import { transition } from './transition.ts'

/** How often each node looks. What a node that died had in hand is free with its connection, and found by the next look. */
const lookEvery = 20 * second

/** Cards that are read at once, so that memory does not grow with what is due. */
const batchSize = 500

/** Cards that are worked on side by side. */
const atOnce = 4

interface DueCard {
  readonly spaceId: Id<'space'>
  readonly id: Id<'referral'>
  readonly peerId: Id<'space'>
  readonly nextDue: string | null
  readonly nextDueAt: string | null
  readonly awayDelayed: boolean
  readonly sentAt: string | null
}

/** The sender's card stands for both. */
const dueCards = statement<DueCard[]>('dueCards', (db) =>
  db
    .select({
      spaceId: referrals.spaceId,
      id: referrals.id,
      peerId: referrals.peerId,
      nextDue: referrals.nextDue,
      nextDueAt: referrals.nextDueAt,
      awayDelayed: referrals.awayDelayed,
      sentAt: referrals.sentAt,
    })
    .from(referrals)
    .where(
      and(
        eq(referrals.role, 'sender'),
        lte(referrals.nextDueAt, arg(referrals.nextDueAt, 'now')),
        sql`(${referrals.nextDueAt}, ${referrals.id}) > (${arg(referrals.nextDueAt, 'lastAt')}, ${arg(referrals.id, 'lastId')})`,
      ),
    )
    .orderBy(asc(referrals.nextDueAt), asc(referrals.id))
    .limit(sql.placeholder('most')),
)

interface Swept {
  /** Events that the clock brought about. */
  done: number
  /** Cards that could not be worked on; the next look finds them again. */
  failed: number
}

interface SweepOptions {
  readonly log?: SweepLog
  /** Asked between cards. */
  readonly isStopping?: () => boolean
}

interface SweepLog extends JobLog {
  info(facts: object, message: string): void
}

/**
 * Brings about whatever is due, oldest first, each in a transaction of its own: what another node or a person did
 * meanwhile is left alone. Goes round until nothing is due any more.
 */
export const sweepReferrals = async (deps: Deps, options: SweepOptions = {}): Promise<Readonly<Swept>> => {
  const swept: Swept = { done: 0, failed: 0 }
  for (;;) {
    const before = swept.done
    swept.failed = 0
    await goRound(deps, options, swept)
    if (swept.done === before || options.isStopping?.()) return swept
  }
}

const beforeAll: Pick<DueCard, 'nextDueAt' | 'id'> = {
  nextDueAt: instant(0),
  id: toTypeId('referral', toUuid(networkSpaceId)),
}

const goRound = async (deps: Deps, options: SweepOptions, swept: Swept): Promise<void> => {
  for (let last = beforeAll; ;) {
    const values = {
      now: instant(deps.clock.now()),
      lastAt: last.nextDueAt,
      lastId: last.id,
      most: batchSize,
    }
    const batch = await readUnscoped(deps, (tx) => tx.run(dueCards, values))
    await workOff(deps, batch, options, swept)
    const end = batch.at(-1)
    if (!end || options.isStopping?.()) return
    if (batch.length === batchSize) options.log?.info({ job: 'sweep', ...swept }, 'clocks')
    last = end
  }
}

const workOff = async (
  deps: Deps,
  batch: readonly DueCard[],
  { log, isStopping }: SweepOptions,
  swept: Swept,
): Promise<void> => {
  const waiting = [...batch]
  const worker = async () => {
    for (let card = waiting.shift(); card && !isStopping?.(); card = waiting.shift()) {
      swept[await bringAbout(deps, card, log)] += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** @returns `failed` also when nothing was left to do: only what was done makes another round worth while */
const bringAbout = async (deps: Deps, card: DueCard, log: JobLog | undefined): Promise<keyof Swept> => {
  try {
    const event = await eventOf(deps, card)
    const step = clockSteps[event]
    const ctx: Ctx = { ...deps, actor: { kind: 'clock', id: 'sweep' }, requestId: `sweep-${card.id}` }
    await transition(ctx, {
      event,
      action: event,
      referralId: card.id,
      as: { spaceId: card.spaceId, party: 'clock' },
      step: (referral, tx) => step(referral, tx, ctx),
    })
    return 'done'
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'illegal_transition')) {
      log?.warn(
        { job: 'sweep', referralId: card.id, event: card.nextDue, code: faultCode(error) },
        'job failed',
      )
    }
    return 'failed'
  }
}

/** A receiver that is away when its time is over gets some more of it, once. */
const eventOf = async (
  deps: Deps,
  { nextDue, sentAt, awayDelayed, peerId }: DueCard,
): Promise<ClockEvent> => {
  if (!isClockEvent(nextDue)) throw new Error('A card waits for what the clock does not do')
  if (nextDue !== 'expire' || sentAt === null || awayDelayed) return nextDue
  const { awayUntil } = await readUnscoped(deps, (tx) => hostingPolicyOf(tx, peerId))
  return awayUntil !== undefined && millisOf(awayUntil) > deps.clock.now() ? 'postpone' : nextDue
}

/** Looks for what is due now and then, on every node; two nodes never do one thing twice. */
export const startSweeps = (deps: Deps, log: SweepLog): Recurring => {
  let stopping = false
  const looking = every(lookEvery, log, 'sweep', () =>
    sweepReferrals(deps, { log, isStopping: () => stopping }),
  )
  return {
    stop: () => {
      stopping = true
      return looking.stop()
    },
  }
}
