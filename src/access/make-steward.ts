import type { Ctx } from '../platform/context.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { endSessionsOf } from './end-session.ts'
import { emailHashOf, findManagerByEmail, makeManager, type Identity } from './manager-identity.ts'
import { placesOf } from './places.ts'
import { mutateRights } from './revocation-epoch.ts'

const setSteward = writeStatement('setSteward', 'update managers set is_steward = $2 where id = $1')

/** Makes a person a steward of the network; who has the address already stays who they are. To do it again changes nothing. */
export const makeSteward = (ctx: Ctx, identity: Identity): Promise<Id<'manager'>> =>
  mutateRights(ctx, 'network:admin', async (tx) => {
    const { id } = await makeManager(ctx, tx, identity)
    await tx.write(setSteward, [toUuid(id), true])
    return { result: id, events: [], audit: { action: 'makeSteward', objectId: id } }
  })

const revokeTokens = writeStatement(
  'revokeTokensOfSteward',
  'update personal_tokens set revoked_at = $2 where manager_id = $1 and space_ref is null and revoked_at is null',
)

/**
 * Takes the stewardship away, and the personal tokens for the network with it: who is made a steward again makes new ones.
 * Who acts for no space either is signed out everywhere.
 * @throws Problem `not_found` where nobody has the address
 */
export const removeSteward = (ctx: Ctx, email: string): Promise<Id<'manager'>> =>
  mutateRights(ctx, 'network:admin', async (tx) => {
    const manager = await findManagerByEmail(tx, emailHashOf(ctx, email))
    if (!manager) throw notFound()
    const { id } = manager
    await tx.write(setSteward, [toUuid(id), false])
    await tx.write(revokeTokens, [toUuid(id), tx.now])
    if ((await placesOf(tx, id)).length === 0) await endSessionsOf(tx, id)
    return { result: id, events: [], audit: { action: 'removeSteward', objectId: id } }
  })
