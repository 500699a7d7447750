import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { spaceManagers } from '../../db/schema/access.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'

const placesOfManager = statement('placesOfManager', (db) =>
  db
    .select({
      spaceId: spaces.id,
      name: spaces.name,
      role: spaceManagers.role,
      standing: spaces.status,
      suspendedReason: spaces.suspendedReason,
    })
    .from(spaceManagers)
    .innerJoin(spaces, eq(spaces.id, spaceManagers.spaceId))
    .where(
      and(
        eq(spaceManagers.managerId, arg(spaceManagers.managerId, 'managerId')),
        isNotNull(spaceManagers.acceptedAt),
      ),
    )
    .orderBy(asc(spaceManagers.acceptedAt), asc(spaces.id)),
)

/** The spaces that a person acts for, with the role there, the first one first. */
export const placesOf = (tx: ReadTx, managerId: Id<'manager'>) => tx.run(placesOfManager, { managerId })

export type Place = Awaited<ReturnType<typeof placesOf>>[number]
