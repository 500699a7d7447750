import { and, inArray, lte, min } from 'drizzle-orm'
import { outbox } from '../../../db/schema/events.ts'
import { instant, minute } from '../clock.ts'
import type { Deps } from '../context.ts'
import { carry, readUnscoped } from '../database/door.ts'
import { writeStatement } from '../database/statements.ts'
import { toTypeId, toUuid, type Id } from '../ids.ts'

type Carrier = Pick<Deps, 'db' | 'clock'>

/** A row of the outbox that this worker has in hand. */
export interface OutboxRow {
  readonly spaceId: Id<'space'>
  readonly id: Id<'event'>
  readonly topic: string
  readonly subjectId: string
  readonly data: Readonly<Record<string, string | number | boolean | null>>
  /** When it was written, RFC 3339. */
  readonly at: string
  /** How often it was tried, this time included. */
  readonly attempts: number
}

/** How long a worker has for one row; after that the row is due again, for anybody. */
const lease = minute

/** Spaces that are served side by side. */
const spacesAtOnce = 4

/** The spaces that have waited longest for one of `topics`. */
export const dueSpaces = async (deps: Carrier, topics: readonly string[]): Promise<Id<'space'>[]> => {
  const rows = await readUnscoped(deps, (tx) =>
    tx.db
      .select({ spaceId: outbox.spaceId })
      .from(outbox)
      .where(and(lte(outbox.dueAt, tx.now), inArray(outbox.topic, [...topics])))
      .groupBy(outbox.spaceId)
      .orderBy(min(outbox.dueAt))
      .limit(spacesAtOnce),
  )
  return rows.map(({ spaceId }) => spaceId)
}

interface ClaimedRow {
  readonly space_id: string
  readonly id: string
  readonly topic: string
  readonly subject_id: string
  readonly data: OutboxRow['data']
  readonly at: Date
  readonly attempts: number
}

// Within one space, since a distributed database locks rows of one shard only (SKIP LOCKED needs `space_id =`).
const claim = writeStatement<ClaimedRow>(
  'claimOutboxRow',
  `update outbox o set due_at = $3, attempts = o.attempts + 1
   from (select id from outbox where space_id = $1 and due_at <= $2 and topic = any($4)
         order by due_at, id limit 1 for update skip locked) next
   where o.space_id = $1 and o.id = next.id
   returning o.space_id, o.id, o.topic, o.subject_id, o.data, o.at, o.attempts`,
)

/** Takes the row of a space that is due first; undefined when others have them all in hand. */
export const claimRow = async (
  deps: Carrier,
  spaceId: Id<'space'>,
  topics: readonly string[],
): Promise<OutboxRow | undefined> => {
  const now = deps.clock.now()
  const values = [toUuid(spaceId), instant(now), instant(now + lease), topics]
  const [row] = await carry(deps, (tx) => tx.write(claim, values))
  return (
    row && {
      spaceId,
      id: toTypeId('event', row.id),
      topic: row.topic,
      subjectId: row.subject_id,
      data: row.data,
      at: row.at.toISOString(),
      attempts: row.attempts,
    }
  )
}

// The number of attempts tells whether the row is still ours: a worker that overran its lease changes nothing.
const letGo = writeStatement(
  'letGoOfOutboxRow',
  `update outbox set due_at = $4, attempts = $5, last_fault = $6
   where space_id = $1 and id = $2 and attempts = $3 and due_at is not null`,
)

/** What becomes of a row that was in hand. */
export interface Release {
  /** Milliseconds since 1970; null when it is not to be tried again. */
  readonly dueAt: number | null
  readonly attempts: number
  readonly fault: string | null
}

export const releaseRow = async (deps: Carrier, row: OutboxRow, to: Release): Promise<void> => {
  const dueAt = to.dueAt === null ? null : instant(to.dueAt)
  const values = [toUuid(row.spaceId), toUuid(row.id), row.attempts, dueAt, to.attempts, to.fault]
  await carry(deps, (tx) => tx.write(letGo, values))
}
