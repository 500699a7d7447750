import { and, eq, isNotNull } from 'drizzle-orm'
import { managers, spaceManagers } from '../../db/schema/access.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { Actor } from '../platform/context.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import { scopesOf } from '../platform/permissions.ts'

export type ManagerActor = Extract<Actor, { kind: 'manager' }>

const roleInSpace = statement('roleInSpace', (db) =>
  db
    .select({ role: spaceManagers.role, standing: spaces.status })
    .from(spaceManagers)
    .innerJoin(spaces, eq(spaces.id, spaceManagers.spaceId))
    .where(
      and(
        eq(spaceManagers.spaceId, arg(spaceManagers.spaceId, 'spaceId')),
        eq(spaceManagers.managerId, arg(spaceManagers.managerId, 'managerId')),
        isNotNull(spaceManagers.acceptedAt),
      ),
    ),
)

const stewardship = statement('stewardship', (db) =>
  db
    .select({ isSteward: managers.isSteward })
    .from(managers)
    .where(eq(managers.id, arg(managers.id, 'managerId'))),
)

/**
 * The manager as an actor: for a space by the role that was accepted there, or, without one, as steward of the network.
 * @returns null for who has no such role (any more)
 */
export const actingManager = async (
  tx: ReadTx,
  managerId: Id<'manager'>,
  spaceId: Id<'space'> | null,
): Promise<ManagerActor | null> => {
  if (spaceId === null) {
    const [found] = await tx.run(stewardship, { managerId })
    return found?.isSteward ? { ...actorAs('steward', managerId), spaceId: null, standing: null } : null
  }
  const [found] = await tx.run(roleInSpace, { spaceId, managerId })
  return found ? { ...actorAs(found.role, managerId), spaceId, standing: found.standing } : null
}

const actorAs = (role: ManagerActor['role'], id: Id<'manager'>) => ({
  kind: 'manager' as const,
  id,
  role,
  scopes: new Set<string>(scopesOf(role)),
})
