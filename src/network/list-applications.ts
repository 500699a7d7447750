import { and, eq, gt } from 'drizzle-orm'
import { applications } from '../../db/schema/network.ts'
import { ownSpaceOf, type Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { applicationView, readApplications } from './application-view.ts'
import type { ApplicationQuery } from './contract.ts'

/** The applications that the caller sees, the oldest first. @throws Problem `invalid_cursor` */
export const listApplications = async (ctx: Ctx, { status, cursor, limit }: ApplicationQuery) => {
  const caller = ownSpaceOf(ctx.actor) ?? ctx.actor.id
  const binding = ['listApplications', caller, status ?? null]
  const after = cursor === undefined ? undefined : readCursor(ctx.keys.link, binding, cursor)[0]
  const rows = await read(ctx, 'applications:read', (tx) => {
    const filter = and(
      status === undefined ? undefined : eq(applications.status, status),
      after === undefined ? undefined : gt(applications.id, after as Id<'application'>),
    )
    return readApplications(ctx, tx, filter, limit + 1)
  })
  const page = pageOf(rows, limit, ({ id }) => makeCursor(ctx.keys.link, binding, [id]))
  return { ...page, data: page.data.map((row) => applicationView(ctx, row)) }
}
