import type { Ctx } from '../platform/context.ts'
import { writeStatement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import type { Space } from '../spaces/contract-space.ts'
import { turnSpace } from './standing.ts'

const suspend = writeStatement<{ id: string }>(
  'suspendSpace',
  `update spaces set status = 'suspended', suspended_reason = $3, version = version + 1, updated_at = $2
    where id = $1 and status = 'admitted' returning id`,
)

/** The steward keeps a space from beginning anything. @throws Problem `not_found`, `wrong_standing` */
export const suspendSpace = (ctx: Ctx, spaceId: Id<'space'>, reason: string): Promise<Space> =>
  turnSpace(ctx, spaceId, {
    permission: 'network:admin',
    action: 'suspendSpace',
    topic: 'space.suspended',
    change: suspend,
    words: [reason],
    refusal: 'Only a space that is in the network can be suspended.',
  })
