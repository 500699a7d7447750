import { hour, minute, second } from '../clock.ts'
import type { Deps } from '../context.ts'
import { every, faultCode, type JobLog } from './every.ts'
import { claimRow, dueSpaces, releaseRow, type OutboxRow, type Release } from './outbox-rows.ts'

/** Carries one row out of the house: `done`, or not before a later moment. A failure is thrown, and tried again. */
export type Handler = (row: OutboxRow) => Promise<'done' | { readonly notBefore: number }>

/** Handlers by topic; rows of other topics are left to others. */
export type Handlers = Readonly<Record<string, Handler>>

export interface Pump {
  /** Looks for due rows now instead of within a second. */
  nudge(): void
  /** Works off all that is due. @returns how many rows were carried out or dropped for good */
  drain(): Promise<number>
  stop(): Promise<void>
}

/** The waits after the first failures (Standard Webhooks' schedule without its start); then a row is given up. */
const backOff = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour]

const pollEvery = second

/**
 * Carries what writes have promised to tell. Any number of nodes may run one: a row is claimed before it is carried,
 * and comes due again when its worker died. So everything arrives at least once, and normally once.
 */
export const startPump = (deps: Pick<Deps, 'db' | 'clock'>, handlers: Handlers, log: JobLog): Pump => {
  const topics = Object.keys(handlers)
  let last: Promise<unknown> = Promise.resolve()
  const drain = (): Promise<number> => {
    const turn = last.then(() => workOff(deps, topics, handlers, log))
    last = turn.catch(() => undefined)
    return turn
  }
  const poll = every(pollEvery, log, 'outbox', drain)
  return {
    nudge: () => {
      drain().catch((error: unknown) => log.warn({ job: 'outbox', code: faultCode(error) }, 'job failed'))
    },
    drain,
    stop: async () => {
      await poll.stop()
      await last
    },
  }
}

const workOff = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  topics: readonly string[],
  handlers: Handlers,
  log: JobLog,
): Promise<number> => {
  let finished = 0
  for (;;) {
    const spaces = await dueSpaces(deps, topics)
    const rows = await Promise.all(spaces.map((spaceId) => claimRow(deps, spaceId, topics)))
    const claimed = rows.filter((row) => row !== undefined)
    // Nothing is due, or other nodes have all of it in hand.
    if (claimed.length === 0) return finished
    const releases = await Promise.all(
      claimed.map(async (row) => {
        const release = await carryOut(deps, row, handlers, log)
        await releaseRow(deps, row, release)
        return release
      }),
    )
    finished += releases.filter(({ dueAt, fault }) => dueAt === null && fault === null).length
  }
}

/** No network wait inside a transaction: the row is claimed in one, and let go of in another. */
const carryOut = async (
  deps: Pick<Deps, 'clock'>,
  row: OutboxRow,
  handlers: Handlers,
  log: JobLog,
): Promise<Release> => {
  try {
    const outcome = await handlers[row.topic]?.(row)
    if (typeof outcome === 'object')
      return { dueAt: outcome.notBefore, attempts: row.attempts - 1, fault: null }
    return { dueAt: null, attempts: row.attempts, fault: null }
  } catch (error) {
    const fault = faultCode(error)
    const wait = backOff[row.attempts - 1]
    const isLast = wait === undefined
    log.warn(
      { outboxId: row.id, topic: row.topic, attempts: row.attempts, code: fault, isLast },
      'not carried',
    )
    return { dueAt: isLast ? null : deps.clock.now() + wait, attempts: row.attempts, fault }
  }
}
