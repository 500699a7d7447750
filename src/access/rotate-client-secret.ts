import { instant } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { sha256 } from '../platform/sealing.ts'
import { newSecret } from './client-secret.ts'
import { clientView } from './client-view.ts'
import { ownClient } from './own-clients.ts'
import { requireHeld } from './require-held.ts'

/** In one statement: of two rotations at once the later one finds the secret of the earlier one, and passes that on. */
const rotate = writeStatement<{ id: string }>(
  'rotateClientSecret',
  `update clients set secret_hash = $2,
      previous_secret_hash = case when $3::timestamptz is null then null else secret_hash end,
      previous_secret_until = $3
    where id = $1 and revoked_at is null and secret_hash is not null returning id`,
)

/**
 * Gives a client a new secret. The one before it goes on for the overlap that the policy grants, or ends at once when it has
 * leaked; an older one ends in any case.
 * @throws Problem `not_found`, `client_revoked`, `client_has_keys`, `insufficient_scope` where the client may do more than the caller's token
 */
export const rotateClientSecret = (
  ctx: Ctx,
  clientId: Id<'client'>,
  { hasLeaked }: { readonly hasLeaked: boolean },
) =>
  mutate(ctx, 'clients:write', async (tx) => {
    const before = await ownClient(ctx, tx, clientId)
    requireHeld(ctx, before.scopes)
    const clientSecret = newSecret()
    const until = hasLeaked ? null : instant(ctx.clock.now() + ctx.policy.previousSecret)
    const [rotated] = await tx.write(rotate, [toUuid(clientId), sha256(clientSecret), until])
    if (!rotated) throw new Problem(before.secretHash === null ? 'client_has_keys' : 'client_revoked')
    const client = await ownClient(ctx, tx, clientId)
    return {
      result: { ...clientView(client, tx.now), clientSecret },
      events: [],
      audit: {
        action: 'rotateClientSecret',
        objectId: clientId,
        ...(client.spaceRef && { spaceId: client.spaceRef }),
      },
    }
  })
