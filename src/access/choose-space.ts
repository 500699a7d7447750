import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { actingManager } from './acting-manager.ts'
import { ownManagerId } from './own-manager.ts'

const show = writeStatement<{ id: string }>(
  'showSpaceInSession',
  'update sessions set space_ref = $3 where id = $1 and manager_id = $2 returning id',
)

/**
 * Lets the pages of a session act for another space of the person's, or for the network (null) where they are a steward.
 * @throws Problem `not_found` for a space in which the person has no role
 */
export const chooseSpace = (ctx: Ctx, sessionId: Id<'session'>, spaceId: Id<'space'> | null): Promise<void> =>
  mutate(ctx, 'account', async (tx) => {
    const managerId = ownManagerId(ctx)
    if (!(await actingManager(tx, managerId, spaceId))) throw notFound()
    const values = [toUuid(sessionId), toUuid(managerId), spaceId === null ? null : toUuid(spaceId)]
    const [shown] = await tx.write(show, values)
    if (!shown) throw notFound()
    return {
      result: undefined,
      events: [],
      audit: { action: 'chooseSpace', objectId: sessionId, ...(spaceId !== null && { spaceId }) },
    }
  })
