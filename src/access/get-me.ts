import { eq } from 'drizzle-orm'
import { managers } from '../../db/schema/access.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { Ctx } from '../platform/context.ts'
import { readUnscoped, type ReadTx } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import type { ManagerActor } from './acting-manager.ts'
import type { Me } from './contract.ts'
import { findClient } from './find-client.ts'
import { identityOf } from './manager-identity.ts'

const nameAndStatus = statement('nameAndStatusOfSpace', (db) =>
  db
    .select({ name: spaces.name, status: spaces.status })
    .from(spaces)
    .where(eq(spaces.id, arg(spaces.id, 'spaceId'))),
)

const managerById = statement('managerById', (db) =>
  db
    .select()
    .from(managers)
    .where(eq(managers.id, arg(managers.id, 'id'))),
)

/** Who the caller is, for which space, with which scopes: whatever the standing of that space. */
export const getMe = async (ctx: Ctx): Promise<Me> => {
  const { actor } = ctx
  if (actor.kind === 'manager') return meAsManager(ctx, actor)
  if (actor.kind !== 'client') throw notFound()
  return readUnscoped(ctx, async (tx) => {
    const [client, space] = await Promise.all([findClient(tx, actor.id), spaceOf(tx, actor.spaceId)])
    if (!client) throw notFound()
    return {
      clientId: actor.id,
      name: client.name,
      owner: actor.owner,
      spaceId: actor.spaceId,
      operatorId: actor.operatorId,
      scopes: [...actor.scopes],
      space,
    }
  })
}

const meAsManager = (ctx: Ctx, { id, role, spaceId, scopes }: ManagerActor): Promise<Me> =>
  readUnscoped(ctx, async (tx) => {
    const [manager] = await tx.run(managerById, { id })
    if (!manager) throw notFound()
    const { name } = identityOf(ctx, manager)
    return { managerId: id, name, role, spaceId, scopes: [...scopes], space: await spaceOf(tx, spaceId) }
  })

const spaceOf = async (tx: ReadTx, spaceId: Id<'space'> | null) =>
  spaceId === null ? null : ((await tx.run(nameAndStatus, { spaceId }))[0] ?? null)
