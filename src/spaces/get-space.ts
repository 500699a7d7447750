import { eq } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import type { Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import type { Space } from './contract-space.ts'
import { isInSight, isOwn, readingScope, sightOf } from './sight.ts'
import { ownSpaceView, spaceView, viewColumns } from './view.ts'

const byId = statement('getSpace', (db) =>
  db
    .select({ ...viewColumns, contactEmail: spaces.contactEmail })
    .from(spaces)
    .where(eq(spaces.id, arg(spaces.id, 'id'))),
)

/** @throws Problem `not_found`, also for a space that waits to be admitted and is not the caller's */
export const getSpace = (ctx: Ctx, id: Id<'space'>): Promise<Space> =>
  read(ctx, readingScope(ctx.actor), async (tx) => {
    const sight = sightOf(ctx.actor)
    const [row] = await tx.run(byId, { id })
    if (!row || !isInSight(sight, row)) throw notFound()
    return isOwn(sight, row) ? ownSpaceView(row) : spaceView(row)
  })
