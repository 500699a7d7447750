import { and, asc, desc, eq, gt, lt, sql, type SQL } from 'drizzle-orm'
import { applications } from '../../db/schema/network.ts'
import { ownSpaceOf, type Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { applicationView, readApplications, type ApplicationRow } from './application-view.ts'
import type { ApplicationQuery } from './contract.ts'

/** In which order they are listed: what comes after a row, and which columns of it say so. */
interface Order {
  readonly by: readonly SQL[]
  readonly after: (position: readonly (string | number)[]) => SQL | undefined
  readonly positionOf: (row: ApplicationRow) => (string | number)[]
}

const { id, decidedAt } = applications

/** Who asked first is to be answered first. */
const queue: Order = {
  by: [asc(id)],
  after: ([last]) => gt(id, last as Id<'application'>),
  positionOf: (row) => [row.id],
}

const newestFirst: Order = {
  by: [desc(id)],
  after: ([last]) => lt(id, last as Id<'application'>),
  positionOf: (row) => [row.id],
}

const lastDecidedFirst: Order = {
  by: [desc(decidedAt), desc(id)],
  after: ([at, last]) => sql`(${decidedAt}, ${id}) < (${sql.param(at, decidedAt)}, ${sql.param(last, id)})`,
  positionOf: (row) => [row.decidedAt ?? row.createdAt, row.id],
}

const orderOf = (status: ApplicationQuery['status']): Order => {
  if (status === undefined) return newestFirst
  return status === 'pending' ? queue : lastDecidedFirst
}

/**
 * The applications that the caller sees: those that wait in the order in which they came, the decided ones by the last
 * decision, and all together the newest first.
 * @throws Problem `invalid_cursor`
 */
export const listApplications = async (ctx: Ctx, { status, cursor, limit }: ApplicationQuery) => {
  const caller = ownSpaceOf(ctx.actor) ?? ctx.actor.id
  const binding = ['listApplications', caller, status ?? null]
  const order = orderOf(status)
  const after = cursor === undefined ? null : readCursor(ctx.keys.link, binding, cursor)
  const rows = await read(ctx, 'applications:read', (tx) => {
    const filter = and(
      status === undefined ? undefined : eq(applications.status, status),
      after === null ? undefined : order.after(after),
    )
    return readApplications(ctx, tx, { filter, by: order.by, most: limit + 1 })
  })
  const page = pageOf(rows, limit, (row) => makeCursor(ctx.keys.link, binding, order.positionOf(row)))
  return { ...page, data: page.data.map((row) => applicationView(ctx, row)) }
}
