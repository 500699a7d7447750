import type { Ctx } from '../platform/context.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import { toTypeId, toUuid, type Id } from '../platform/ids.ts'
import { ownManagerId } from './own-manager.ts'
import { mutateRights } from './revocation-epoch.ts'

const revoke = writeStatement<{ space_ref: string | null }>(
  'revokePersonalToken',
  `update personal_tokens set revoked_at = coalesce(revoked_at, $3) where id = $1 and manager_id = $2 returning space_ref`,
)

/** Ends a personal token of the caller's; to end it again changes nothing. @throws Problem `not_found` for somebody else's */
export const revokePersonalToken = (ctx: Ctx, id: Id<'personalToken'>): Promise<void> =>
  mutateRights(ctx, 'account', async (tx) => {
    const [revoked] = await tx.write(revoke, [toUuid(id), toUuid(ownManagerId(ctx)), tx.now])
    if (!revoked) throw notFound()
    const ofSpace = revoked.space_ref === null ? {} : { spaceId: toTypeId('space', revoked.space_ref) }
    return {
      result: undefined,
      events: [],
      audit: { action: 'revokePersonalToken', objectId: id, ...ofSpace },
    }
  })
