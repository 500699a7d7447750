import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { referrals } from '../../db/schema/referrals.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { instant, millisOf, second } from '../platform/clock.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { carry, readUnscoped } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { networkSpaceId, toTypeId, toUuid, type Id } from '../platform/ids.ts'
import { every, faultCode, type JobLog, type Recurring } from '../platform/jobs/every.ts'
import { patchCards, patchValues } from './cards.ts'
import { nextDueOf } from './clocks.ts'
import { clockSteps, isClockEvent, type ClockEvent } from './clock-events.ts'
import { lock, transition } from './transition.ts'

/** How often each node looks. What a node that died had in hand is free with its connection, and found by the next look. */
export const lookEvery = 20 * second

/** Cards that are read at once, so that memory does not grow with what is due. */
const batchSize = 500

/** Cards that are worked on side by side: half of what a node may connect to, the other half is for requests. */
const atOnce = 4

/** How often a long sweep says how far it has come; in between it reads no more than a batch. */
const tellEvery = 3 * second

interface DueCard {
  readonly spaceId: Id<'space'>
  readonly id: Id<'referral'>
  readonly nextDue: string | null
  readonly nextDueAt: string | null
  readonly answerBy: string | null
  readonly awayDelayed: boolean
  readonly sentAt: string | null
  /** Of the receiver. */
  readonly awayUntil: string | null
}

const isDue = and(eq(referrals.role, 'sender'), lte(referrals.nextDueAt, arg(referrals.nextDueAt, 'now')))

/** The sender's card stands for both. */
const dueCards = statement<DueCard[]>('dueCards', (db) =>
  db
    .select({
      spaceId: referrals.spaceId,
      id: referrals.id,
      nextDue: referrals.nextDue,
      nextDueAt: referrals.nextDueAt,
      answerBy: referrals.answerBy,
      awayDelayed: referrals.awayDelayed,
      sentAt: referrals.sentAt,
      awayUntil: sql<string | null>`${spaces.hostingPolicy} ->> 'awayUntil'`,
    })
    .from(referrals)
    .innerJoin(spaces, eq(spaces.id, referrals.peerId))
    .where(
      and(
        isDue,
        sql`(${referrals.nextDueAt}, ${referrals.id}) > (${arg(referrals.nextDueAt, 'lastAt')}, ${arg(referrals.id, 'lastId')})`,
      ),
    )
    .orderBy(asc(referrals.nextDueAt), asc(referrals.id))
    .limit(sql.placeholder('most')),
)

const dueCount = statement<{ remaining: number }[]>('dueCount', (db) =>
  db
    .select({ remaining: sql<number>`count(*)::int` })
    .from(referrals)
    .where(isDue),
)

/** What a sweep has come to. */
export interface Swept {
  /** Events that the clock brought about. */
  readonly done: number
  /** Cards that could not be worked on; the next look finds them again. */
  readonly failed: number
}

/** The same while it is under way, and what the log was told last. */
interface Tally {
  done: number
  failed: number
  told: { readonly at: number; readonly done: number }
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
 * Brings about whatever is due, the oldest first and a few side by side, each in a transaction of its own: what another node or a person did
 * meanwhile is left alone. Goes round until nothing is due any more.
 */
export const sweepReferrals = async (deps: Deps, options: SweepOptions = {}): Promise<Swept> => {
  const tally: Tally = { done: 0, failed: 0, told: { at: deps.clock.now(), done: 0 } }
  for (;;) {
    const before = tally.done
    tally.failed = 0
    await goRound(deps, options, tally)
    if (tally.done === before || options.isStopping?.()) break
  }
  const { done, failed } = tally
  if (done > 0) options.log?.info({ job: 'sweep', done, failed }, 'clocks brought about what was due')
  return { done, failed }
}

const beforeAll: Pick<DueCard, 'nextDueAt' | 'id'> = {
  nextDueAt: instant(0),
  id: toTypeId('referral', toUuid(networkSpaceId)),
}

const goRound = async (deps: Deps, options: SweepOptions, tally: Tally): Promise<void> => {
  for (let last = beforeAll; ;) {
    const values = {
      now: instant(deps.clock.now()),
      lastAt: last.nextDueAt,
      lastId: last.id,
      most: batchSize,
    }
    const batch = await readUnscoped(deps, (tx) => tx.run(dueCards, values))
    await workOff(deps, batch, options, tally)
    const end = batch.at(-1)
    if (!end || options.isStopping?.()) return
    await tell(deps, options.log, tally)
    last = end
  }
}

/** Says now and then how far a long sweep has come. */
const tell = async (deps: Deps, log: SweepLog | undefined, tally: Tally): Promise<void> => {
  const { done, failed, told } = tally
  const now = deps.clock.now()
  const since = now - told.at
  if (!log || since < tellEvery) return
  const [counted] = await readUnscoped(deps, (tx) => tx.run(dueCount, { now: instant(now) }))
  const perSecond = Math.round(((done - told.done) / since) * second)
  log.info({ job: 'sweep', done, failed, ...counted, perSecond }, 'clocks')
  tally.told = { at: now, done }
}

const workOff = async (
  deps: Deps,
  batch: readonly DueCard[],
  { log, isStopping }: SweepOptions,
  tally: Tally,
): Promise<void> => {
  // Each node begins elsewhere in what all of them have read, so that they seldom wait for each other's cards.
  const from = Math.floor(Math.random() * batch.length)
  const waiting = [...batch.slice(from), ...batch.slice(0, from)]
  const worker = async () => {
    for (let card = waiting.shift(); card && !isStopping?.(); card = waiting.shift()) {
      tally[await bringAbout(deps, card, log)] += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** @returns `failed` also when nothing was left to do: only what was done makes another round worth while */
const bringAbout = async (deps: Deps, card: DueCard, log: JobLog | undefined): Promise<'done' | 'failed'> => {
  try {
    const event = eventOf(card, deps.clock.now())
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
    const isDone = error instanceof Problem && error.code === 'illegal_transition'
    const fault = isDone ? await retime(deps, card).catch((late: unknown) => late) : error
    if (fault !== undefined) {
      log?.warn(
        { job: 'sweep', referralId: card.id, event: card.nextDue, code: faultCode(fault) },
        'job failed',
      )
    }
    return 'failed'
  }
}

/** What is not due after all is done already, or was set by other periods: then the card gets its time by those of today. */
const retime = (deps: Deps, { spaceId, id }: DueCard): Promise<void> =>
  carry(deps, async (tx) => {
    const { mine, holders } = await lock(tx, spaceId, id)
    const due = nextDueOf(mine, deps.policy, deps.clock.now())
    if (due.nextDue === mine.nextDue && due.nextDueAt === mine.nextDueAt) return
    await tx.write(patchCards, patchValues(id, [...holders], due))
  })

/**
 * What the clock does about a card. A reminder that comes when the time to answer is over gives way to the end, and a
 * receiver that is away by then gets some more time, once.
 */
const eventOf = (card: DueCard, now: number): ClockEvent => {
  const { nextDue, sentAt, answerBy, awayDelayed, awayUntil } = card
  if (!isClockEvent(nextDue)) throw new Error('A card waits for what the clock does not do')
  const isOver = answerBy !== null && millisOf(answerBy) <= now
  const event = nextDue === 'remind' && isOver ? 'expire' : nextDue
  const mayWait = event === 'expire' && sentAt !== null && !awayDelayed
  return mayWait && awayUntil !== null && millisOf(awayUntil) > now ? 'postpone' : event
}

/**
 * Looks for what is due at once, as there is some after a time without a server, and then now and then, on every node;
 * two nodes never do one thing twice.
 */
export const startSweeps = (deps: Deps, log: SweepLog): Recurring => {
  let stopping = false
  const look = () => sweepReferrals(deps, { log, isStopping: () => stopping })
  const first = look().catch((error: unknown) => {
    log.warn({ job: 'sweep', code: faultCode(error) }, 'job failed')
  })
  const looking = every(lookEvery, log, 'sweep', () => first.then(look))
  return {
    stop: async () => {
      stopping = true
      await Promise.all([first, looking.stop()])
    },
  }
}
