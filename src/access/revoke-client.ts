import type { Ctx } from '../platform/context.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import { toTypeId, toUuid, type Id } from '../platform/ids.ts'
import { mutateRights } from './revocation-epoch.ts'

const markRevoked = writeStatement<{ space_ref: string | null }>(
  'markClientRevoked',
  'update clients set revoked_at = coalesce(revoked_at, $2) where id = $1 returning space_ref',
)

/**
 * Takes a client's access away: its secret gets no more tokens, and those that it has are refused at once on this node
 * and within 2 s on every other. To revoke it again changes nothing.
 * @throws Problem `not_found`
 */
export const revokeClient = async (ctx: Ctx, clientId: Id<'client'>): Promise<void> => {
  await mutateRights(ctx, 'network:admin', async (tx) => {
    const [client] = await tx.write(markRevoked, [toUuid(clientId), tx.now])
    if (!client) throw notFound()
    const spaceId = client.space_ref === null ? {} : { spaceId: toTypeId('space', client.space_ref) }
    return {
      result: undefined,
      events: [],
      audit: { action: 'revokeClient', objectId: clientId, ...spaceId },
    }
  })
}
