import { and, desc, eq, gte, lt, lte, sql } from 'drizzle-orm'
import { isForSteward } from '../../db/schema/administrative.ts'
import { auditLog } from '../../db/schema/events.ts'
import { day, instant, millisOf } from '../platform/clock.ts'
import { spaceOf, type Actor, type Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read, type ReadTx } from '../platform/database/door.ts'
import { invalidField } from '../platform/errors.ts'
import { networkSpaceId, type Id } from '../platform/ids.ts'
import { actorNames } from './actor-names.ts'
import type { AuditQuery, AuditRow } from './contract.ts'

const usualRange = 90 * day
const longestRange = 366 * day

/** Which part of the log is read: by whom it may be, and by what is asked for. */
interface Part {
  /** Whose log; null for that of the network. */
  readonly spaceId: Id<'space'> | null
  readonly action: string | undefined
  readonly objectId: string | undefined
  readonly from: string
  readonly to: string
}

/** The row that was read last; older ones come after it. */
type Position = readonly [at: string, id: Id<'audit'>]

type Filters = Omit<AuditQuery, 'limit' | 'cursor'>

/**
 * Who did what, the newest first: a space reads its own log, the steward that of the network and what was decided about
 * spaces. It is read between two moments, so that of the partitions by time only those are touched that lie between.
 * @throws Problem `validation_failed`, `invalid_cursor`
 */
export const listAuditLog = async (ctx: Ctx, { limit, cursor, ...filters }: AuditQuery) => {
  const part = partOf(ctx, filters)
  const binding = ['listAuditLog', part.spaceId ?? networkSpaceId, filters]
  const last = cursor === undefined ? null : readCursor(ctx.keys.link, binding, cursor)
  const rows = await auditRows(ctx, part, last as Position | null, limit + 1)
  return pageOf(rows, limit, ({ at, id }) => makeCursor(ctx.keys.link, binding, [at, id]))
}

/** Rows that an export reads at once. */
const batch = 500

/**
 * The whole of it, batch by batch, so that memory does not grow with the log. Refusals come before the first one.
 * @throws Problem `validation_failed`
 */
export const exportAuditLog = async (ctx: Ctx, filters: Filters): Promise<AsyncIterable<AuditRow[]>> => {
  const part = partOf(ctx, filters)
  return batchesAfter(ctx, part, await auditRows(ctx, part, null, batch))
}

const batchesAfter = async function* (ctx: Ctx, part: Part, first: AuditRow[]) {
  for (let rows = first; ;) {
    yield rows
    const last = rows.at(-1)
    if (rows.length < batch || !last) return
    rows = await auditRows(ctx, part, [last.at, last.id], batch)
  }
}

const partOf = (ctx: Ctx, { action, objectId, from, to }: Filters): Part => {
  const end = to === undefined ? ctx.clock.now() + 1 : millisOf(to)
  const begin = from === undefined ? end - usualRange : millisOf(from)
  if (begin > end) throw invalidField('/from', 'is after the end')
  if (end - begin > longestRange) throw invalidField('/from', 'is more than 366 days before the end')
  const spaceId = isForNetwork(ctx.actor) ? null : spaceOf(ctx)
  return { spaceId, action, objectId, from: instant(begin), to: instant(end) }
}

const isForNetwork = (actor: Actor): boolean => {
  if (actor.kind === 'manager') return actor.role === 'steward'
  return actor.kind === 'client' ? actor.owner === 'network' : actor.kind === 'steward'
}

const auditRows = (ctx: Ctx, part: Part, last: Position | null, most: number): Promise<AuditRow[]> =>
  read(ctx, 'audit:read', async (tx) => {
    const rows = await rowsOfPart(tx, part, last, most)
    const actors = [...new Set(rows.map(({ actorId }) => actorId))]
    const names = await actorNames(ctx, tx, part.spaceId, actors)
    return rows.map((row) => ({
      ...row,
      spaceId: row.spaceId === networkSpaceId ? null : row.spaceId,
      actorName: names.get(row.actorId) ?? null,
    }))
  })

const rowsOfPart = (tx: ReadTx, part: Part, last: Position | null, most: number) =>
  tx.db
    .select()
    .from(auditLog)
    .where(
      and(
        isInPart(part),
        gte(auditLog.at, part.from),
        lt(auditLog.at, part.to),
        part.action === undefined ? undefined : eq(auditLog.action, part.action),
        part.objectId === undefined ? undefined : eq(auditLog.objectId, part.objectId),
        last === null ? undefined : isOlderThan(last),
      ),
    )
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(most)

const isInPart = ({ spaceId }: Part) => (spaceId === null ? isForSteward : eq(auditLog.spaceId, spaceId))

/** The first half says nothing new, and lets PostgreSQL leave out the partitions after it. */
const isOlderThan = ([at, id]: Position) =>
  and(
    lte(auditLog.at, at),
    sql`(${auditLog.at}, ${auditLog.id}) < (${sql.param(at, auditLog.at)}, ${sql.param(id, auditLog.id)})`,
  )
