import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { ownManagerId } from './own-manager.ts'

const remove = writeStatement<{ id: string }>(
  'removePasskey',
  'delete from passkeys where id = $1 and manager_id = $2 returning id',
)

/** Takes a passkey of the caller's away: nobody gets in by it any more. @throws Problem `not_found` */
export const removePasskey = (ctx: Ctx, passkeyId: Id<'passkey'>): Promise<void> =>
  mutate(ctx, 'account', async (tx) => {
    const [removed] = await tx.write(remove, [toUuid(passkeyId), toUuid(ownManagerId(ctx))])
    if (!removed) throw notFound()
    return { result: undefined, events: [], audit: { action: 'removePasskey', objectId: passkeyId } }
  })
