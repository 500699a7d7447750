import type { PublicJwk } from '../../db/schema/access.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { clientView } from './client-view.ts'
import { ownClient } from './own-clients.ts'
import { requireHeld } from './require-held.ts'
import { requireUsableKeys } from './public-keys.ts'

const setKeys = writeStatement<{ id: string }>(
  'setClientKeys',
  `update clients set public_keys = $2::jsonb, secret_hash = null, previous_secret_hash = null, previous_secret_until = null
    where id = $1 and revoked_at is null returning id`,
)

/**
 * Replaces the public keys of a client, by which alone it proves itself from now on: a secret that it had is taken no more.
 * @throws Problem `not_found`, `client_revoked`, `validation_failed` for keys that are none, `insufficient_scope` where the client may do more than
 * the caller's token
 */
export const setClientKeys = (
  ctx: Ctx,
  clientId: Id<'client'>,
  { publicKeys }: { readonly publicKeys: readonly PublicJwk[] },
) =>
  mutate(ctx, 'clients:write', async (tx) => {
    requireHeld(ctx, (await ownClient(ctx, tx, clientId)).scopes)
    requireUsableKeys(publicKeys)
    const [changed] = await tx.write(setKeys, [toUuid(clientId), JSON.stringify(publicKeys)])
    if (!changed) throw new Problem('client_revoked')
    const client = await ownClient(ctx, tx, clientId)
    return {
      result: clientView(client, tx.now),
      events: [],
      audit: {
        action: 'setClientKeys',
        objectId: clientId,
        ...(client.spaceRef && { spaceId: client.spaceRef }),
      },
    }
  })
