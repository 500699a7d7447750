import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { clients, managers, spaceManagers } from '../../db/schema/access.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { identityOf } from '../access/manager-identity.ts'
import type { Ctx } from '../platform/context.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { isId, type Id } from '../platform/ids.ts'

/**
 * What people and API clients are called that act for a space, or (without one) for the network, by their ids. The log keeps
 * ids alone: whoever acts for it no more has no name there, and nobody is named to others.
 */
export const actorNames = async (
  ctx: Pick<Ctx, 'keys'>,
  tx: ReadTx,
  spaceId: Id<'space'> | null,
  actorIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const people = actorIds.filter((id) => isId('manager', id))
  const clientIds = actorIds.filter((id) => isId('client', id))
  const [managersFound, clientsFound] = await Promise.all([
    people.length === 0 ? [] : managersOf(tx, spaceId, people),
    clientIds.length === 0 ? [] : clientsOf(tx, spaceId, clientIds),
  ])
  return new Map<string, string>([
    ...managersFound.map((row) => [row.id, identityOf(ctx, row).name] as const),
    ...clientsFound.map(({ id, name }) => [id, name] as const),
  ])
}

const managersOf = (tx: ReadTx, spaceId: Id<'space'> | null, ids: Id<'manager'>[]) => {
  const columns = { id: managers.id, identity: managers.identity }
  if (spaceId === null) {
    return tx.db
      .select(columns)
      .from(managers)
      .where(and(inArray(managers.id, ids), managers.isSteward))
  }
  return tx.db
    .select(columns)
    .from(spaceManagers)
    .innerJoin(managers, eq(managers.id, spaceManagers.managerId))
    .where(
      and(
        eq(spaceManagers.spaceId, spaceId),
        inArray(spaceManagers.managerId, ids),
        // Who is only invited has not let the space know their name.
        isNotNull(spaceManagers.acceptedAt),
      ),
    )
}

/** Of the space, or of its operator. */
const clientsOf = (tx: ReadTx, spaceId: Id<'space'> | null, ids: Id<'client'>[]) => {
  const isOwn =
    spaceId === null
      ? and(isNull(clients.spaceRef), isNull(clients.operatorId))
      : or(
          eq(clients.spaceRef, spaceId),
          sql`${clients.operatorId} = (select ${spaces.operatorId} from ${spaces} where ${eq(spaces.id, spaceId)})`,
        )
  return tx.db
    .select({ id: clients.id, name: clients.name })
    .from(clients)
    .where(and(inArray(clients.id, ids), isOwn))
}
