import { and, asc, eq, gt } from 'drizzle-orm'
import { spaceManagers } from '../../db/schema/access.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import type { ManagerQuery } from './contract-people.ts'
import { managerView, selectPeople } from './people.ts'

/** Who acts for the caller's space, and who is invited to. @throws Problem `invalid_cursor` */
export const listManagers = async (ctx: Ctx, { cursor, limit }: ManagerQuery) => {
  const spaceId = spaceOf(ctx)
  const binding = ['listManagers', spaceId]
  const after = cursor === undefined ? undefined : readCursor(ctx.keys.link, binding, cursor)[0]
  const rows = await read(ctx, 'access:read', (tx) =>
    selectPeople(tx)
      .where(
        and(
          eq(spaceManagers.spaceId, spaceId),
          after === undefined ? undefined : gt(spaceManagers.managerId, after as Id<'manager'>),
        ),
      )
      .orderBy(asc(spaceManagers.managerId))
      .limit(limit + 1),
  )
  const page = pageOf(rows, limit, ({ managerId }) => makeCursor(ctx.keys.link, binding, [managerId]))
  return { ...page, data: page.data.map((row) => managerView(ctx, row)) }
}
