import type { Ctx } from '../platform/context.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { clientView } from './client-view.ts'
import type { ClientView } from './contract-clients.ts'
import { ownClient } from './own-clients.ts'
import { mutateRights } from './revocation-epoch.ts'

const markRevoked = writeStatement(
  'markClientRevoked',
  'update clients set revoked_at = coalesce(revoked_at, $2) where id = $1',
)

/**
 * Takes a client's access away: it gets no more tokens, and those that it has are refused at once on this node and within
 * 2 s on every other. To revoke it again changes nothing.
 * @throws Problem `not_found`
 */
export const revokeClient = (ctx: Ctx, clientId: Id<'client'>): Promise<ClientView> =>
  mutateRights(ctx, 'clients:write', async (tx) => {
    await ownClient(ctx, tx, clientId)
    await tx.write(markRevoked, [toUuid(clientId), tx.now])
    const client = await ownClient(ctx, tx, clientId)
    return {
      result: clientView(client, tx.now),
      events: [],
      audit: {
        action: 'revokeClient',
        objectId: clientId,
        ...(client.spaceRef && { spaceId: client.spaceRef }),
      },
    }
  })
