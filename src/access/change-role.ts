import { spaceOf, type Ctx } from '../platform/context.ts'
import type { Id } from '../platform/ids.ts'
import { scopesOf } from '../platform/permissions.ts'
import type { ManagerRole } from '../platform/roles.ts'
import type { Manager } from './contract-people.ts'
import {
  lockPeople,
  managerView,
  readPerson,
  requireOtherOwner,
  requireStillOwner,
  setRole,
} from './people.ts'
import { requireHeld } from './require-held.ts'
import { mutateRights } from './revocation-epoch.ts'

/**
 * Gives somebody of the caller's space another role, at once.
 * @throws Problem `not_found`, `last_owner`, `insufficient_scope` for a role that may do more than the caller's token
 */
export const changeRole = (ctx: Ctx, managerId: Id<'manager'>, role: ManagerRole): Promise<Manager> =>
  mutateRights(ctx, 'access:write', async (tx) => {
    requireHeld(ctx, scopesOf(role))
    const spaceId = spaceOf(ctx)
    await lockPeople(tx, spaceId)
    await requireStillOwner(ctx, tx)
    await readPerson(tx, spaceId, managerId)
    if (role !== 'owner') await requireOtherOwner(tx, spaceId, managerId)
    await setRole(tx, spaceId, managerId, role)
    return {
      result: managerView(ctx, await readPerson(tx, spaceId, managerId)),
      events: [],
      audit: { action: 'changeRole', objectId: managerId, spaceId },
    }
  })
