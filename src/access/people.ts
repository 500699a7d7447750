import { and, eq } from 'drizzle-orm'
import { managers, spaceManagers } from '../../db/schema/access.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import type { ReadTx, WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import type { ManagerRole } from '../platform/roles.ts'
import type { Manager } from './contract-people.ts'
import { identityOf } from './manager-identity.ts'

const columns = {
  managerId: spaceManagers.managerId,
  role: spaceManagers.role,
  invitedAt: spaceManagers.invitedAt,
  acceptedAt: spaceManagers.acceptedAt,
  expiresAt: spaceManagers.expiresAt,
  identity: managers.identity,
}

/** The people of a space, those who are invited included. */
export const selectPeople = (tx: ReadTx) =>
  tx.db.select(columns).from(spaceManagers).innerJoin(managers, eq(managers.id, spaceManagers.managerId))

type PersonRow = Awaited<ReturnType<typeof selectPeople>>[number]

/** Who acts for the space. @throws Problem `not_found`, also for who is only invited */
export const readPerson = async (
  tx: ReadTx,
  spaceId: Id<'space'>,
  managerId: Id<'manager'>,
): Promise<PersonRow> => {
  const [row] = await selectPeople(tx).where(
    and(eq(spaceManagers.spaceId, spaceId), eq(spaceManagers.managerId, managerId)),
  )
  if (!row || row.acceptedAt === null) throw notFound()
  return row
}

/**
 * A person as their space sees them. Of who is only invited no more is told than was typed: neither a name nor an id, whose
 * time would tell that the person has been known here for long.
 */
export const managerView = (ctx: Pick<Ctx, 'keys'>, row: PersonRow): Manager => {
  const { managerId: id, role, invitedAt, acceptedAt } = row
  const { name, email } = identityOf(ctx, { id, identity: row.identity })
  if (acceptedAt !== null) return { id, name, email, role, invitedAt, acceptedAt, expiresAt: null }
  return {
    id: null,
    name: null,
    email: email.toLowerCase(),
    role,
    invitedAt,
    acceptedAt,
    expiresAt: row.expiresAt,
  }
}

const lock = writeStatement('lockPeople', 'select from spaces where id = $1 for no key update')

/** Whoever changes the people of a space waits for others who do: of two owners who remove each other, one stays. */
export const lockPeople = async (tx: WriteTx, spaceId: Id<'space'>): Promise<void> => {
  await tx.write(lock, [toUuid(spaceId)])
}

const otherOwner = writeStatement<{ found: number }>(
  'otherOwner',
  `select 1 as found from space_managers
   where space_id = $1 and manager_id <> $2 and role = 'owner' and accepted_at is not null limit 1`,
)

/** @throws Problem `last_owner` when nobody else owns the space; its people are locked */
export const requireOtherOwner = async (
  tx: WriteTx,
  spaceId: Id<'space'>,
  managerId: Id<'manager'>,
): Promise<void> => {
  const [other] = await tx.write(otherOwner, [toUuid(spaceId), toUuid(managerId)])
  if (!other) throw new Problem('last_owner', 'A space keeps an owner: make somebody else one first.')
}

const set = writeStatement(
  'setRole',
  'update space_managers set role = $3 where space_id = $1 and manager_id = $2',
)

export const setRole = async (
  tx: WriteTx,
  spaceId: Id<'space'>,
  managerId: Id<'manager'>,
  role: ManagerRole,
): Promise<void> => {
  await tx.write(set, [toUuid(spaceId), toUuid(managerId), role])
}

/**
 * Asked again with the people locked: of two owners who take each other's role at once, the second has none any more.
 * @throws Problem `insufficient_role`
 */
export const requireStillOwner = async (ctx: Ctx, tx: WriteTx): Promise<void> => {
  const { actor } = ctx
  if (actor.kind !== 'manager') return
  const row = await readPerson(tx, spaceOf(ctx), actor.id).catch(() => null)
  if (row?.role !== 'owner') throw new Problem('insufficient_role', 'You are no owner of the space any more.')
}
