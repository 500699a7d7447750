import { spaceOf, type Ctx } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { scopesOf } from '../platform/permissions.ts'
import type { Manager } from './contract-people.ts'
import { ownManagerId } from './own-manager.ts'
import { lockPeople, managerView, readPerson, requireStillOwner, setRole } from './people.ts'
import { requireHeld } from './require-held.ts'
import { mutateRights } from './revocation-epoch.ts'

/**
 * The caller's ownership goes to somebody else of the space, and the caller stays as a manager.
 * @throws Problem `not_found`; `already_manager` for oneself
 */
export const handOverOwnership = (ctx: Ctx, managerId: Id<'manager'>): Promise<Manager> =>
  mutateRights(ctx, 'access:write', async (tx) => {
    requireHeld(ctx, scopesOf('owner'))
    const [spaceId, own] = [spaceOf(ctx), ownManagerId(ctx)]
    await lockPeople(tx, spaceId)
    await requireStillOwner(ctx, tx)
    await readPerson(tx, spaceId, managerId)
    if (managerId === own) throw new Problem('already_manager', 'You own the space already.')
    await setRole(tx, spaceId, managerId, 'owner')
    await setRole(tx, spaceId, own, 'manager')
    return {
      result: managerView(ctx, await readPerson(tx, spaceId, managerId)),
      events: [],
      audit: { action: 'handOverOwnership', objectId: managerId, spaceId },
    }
  })
