import { spaceOf, type Ctx } from '../platform/context.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import type { Manager } from './contract-people.ts'
import { ownManagerId } from './own-manager.ts'
import { lockPeople, managerView, readPerson, requireOtherOwner, requireStillOwner } from './people.ts'
import { mutateRights } from './revocation-epoch.ts'

const remove = writeStatement(
  'removeManager',
  'delete from space_managers where space_id = $1 and manager_id = $2',
)

const revokeTokens = writeStatement(
  'revokeTokensFor',
  `update personal_tokens set revoked_at = $3 where manager_id = $2 and space_ref = $1 and revoked_at is null`,
)

/** Takes somebody out of the caller's space, at once. @throws Problem `not_found`, `last_owner` */
export const removeManager = (ctx: Ctx, managerId: Id<'manager'>): Promise<Manager> =>
  mutateRights(ctx, 'access:write', async (tx) => {
    const spaceId = spaceOf(ctx)
    await lockPeople(tx, spaceId)
    await requireStillOwner(ctx, tx)
    return {
      result: await takeOut(ctx, tx, spaceId, managerId),
      events: [],
      audit: { action: 'removeManager', objectId: managerId, spaceId },
    }
  })

/** Whoever acts for a space stops doing so. @throws Problem `last_owner` */
export const leaveSpace = (ctx: Ctx): Promise<Manager> =>
  mutateRights(ctx, 'account', async (tx) => {
    const [spaceId, own] = [spaceOf(ctx), ownManagerId(ctx)]
    await lockPeople(tx, spaceId)
    return {
      result: await takeOut(ctx, tx, spaceId, own),
      events: [],
      audit: { action: 'leaveSpace', objectId: own, spaceId },
    }
  })

/** The role goes, and what could be done by it: pages ask for it each time, and the tokens for the space are revoked. */
const takeOut = async (
  ctx: Ctx,
  tx: WriteTx,
  spaceId: Id<'space'>,
  managerId: Id<'manager'>,
): Promise<Manager> => {
  const person = await readPerson(tx, spaceId, managerId)
  await requireOtherOwner(tx, spaceId, managerId)
  await tx.write(remove, [toUuid(spaceId), toUuid(managerId)])
  await tx.write(revokeTokens, [toUuid(spaceId), toUuid(managerId), tx.now])
  return managerView(ctx, person)
}
