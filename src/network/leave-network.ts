import type { Ctx } from '../platform/context.ts'
import { writeStatement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import type { Space } from '../spaces/contract-space.ts'
import { turnSpace } from './standing.ts'

const leave = writeStatement<{ id: string }>(
  'leaveNetwork',
  `update spaces set status = 'left', version = version + 1, updated_at = $2
    where id = $1 and status = 'admitted' returning id`,
)

/**
 * An owner takes the own space out of the network; one that is suspended stays so. @throws Problem `not_found` for another
 * space, `wrong_standing`
 */
export const leaveNetwork = (ctx: Ctx, spaceId: Id<'space'>): Promise<Space> =>
  turnSpace(ctx, spaceId, {
    isOwn: true,
    permission: 'access:write',
    action: 'leaveNetwork',
    topic: 'space.left',
    change: leave,
    words: [],
    refusal: 'Only a space that is in the network can leave it.',
  })
