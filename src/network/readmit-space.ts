import type { Ctx } from '../platform/context.ts'
import { writeStatement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import type { Space } from '../spaces/contract-space.ts'
import { turnSpace } from './standing.ts'

const readmit = writeStatement<{ id: string }>(
  'readmitSpace',
  `update spaces set status = 'admitted', suspended_reason = null, version = version + 1, updated_at = $2
    where id = $1 and status in ('suspended', 'left') returning id`,
)

/** The steward takes a space in again, which stands as it stood before. @throws Problem `not_found`, `wrong_standing` */
export const readmitSpace = (ctx: Ctx, spaceId: Id<'space'>): Promise<Space> =>
  turnSpace(ctx, spaceId, {
    permission: 'network:admin',
    action: 'readmitSpace',
    topic: 'space.readmitted',
    change: readmit,
    words: [],
    refusal: 'The space is neither suspended nor has it left.',
  })
