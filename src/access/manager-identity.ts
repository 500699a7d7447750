import { eq } from 'drizzle-orm'
import { managers } from '../../db/schema/access.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import type { ReadTx, WriteTx } from '../platform/database/door.ts'
import { arg, statement, writeStatement } from '../platform/database/statements.ts'
import { newId, toTypeId, toUuid, type Id } from '../platform/ids.ts'
import { hmacSha256, seal, unseal } from '../platform/sealing.ts'

/** Who a manager is. It stands sealed; people are found by a keyed hash of the address. */
export interface Identity {
  readonly name: string
  readonly email: string
}

/** Lower case: nobody means two people by two spellings of one mailbox. */
export const emailHashOf = ({ keys }: Pick<Deps, 'keys'>, email: string): Buffer =>
  hmacSha256(keys.person, `manager\n${email.normalize('NFC').toLowerCase()}`)

const bindingOf = (id: Id<'manager'>) => `manager:${id}`

export const sealIdentity = (
  { keys }: Pick<Deps, 'keys'>,
  id: Id<'manager'>,
  { name, email }: Identity,
): Buffer => seal(keys.seal, JSON.stringify({ name, email }), bindingOf(id))

export const identityOf = (
  { keys }: Pick<Deps, 'keys'>,
  { id, identity }: { readonly id: Id<'manager'>; readonly identity: Buffer },
): Identity => JSON.parse(unseal(keys.seal, identity, bindingOf(id))) as Identity

const managerByEmail = statement('managerByEmail', (db) =>
  db
    .select()
    .from(managers)
    .where(eq(managers.emailHash, arg(managers.emailHash, 'emailHash'))),
)

/** A manager as it stands in the table, found by the hash of the address. */
export const findManagerByEmail = async (tx: ReadTx, emailHash: Buffer) =>
  (await tx.run(managerByEmail, { emailHash }))[0]

// The address decides who it is: who is there already keeps name and id.
const insertManager = writeStatement<{ id: string; identity: Buffer; is_new: boolean }>(
  'insertManager',
  `with made as (
     insert into managers (id, email_hash, identity, is_steward, created_at) values ($1, $2, $3, false, $4)
     on conflict (email_hash) do update set email_hash = excluded.email_hash returning id, identity
   ) select id, identity, id = $1 as is_new from made`,
)

const rename = writeStatement('nameManager', 'update managers set identity = $2 where id = $1')

/** Says what somebody is called whom nobody has named yet; the row is locked. */
export const nameManager = async (
  ctx: Pick<Ctx, 'keys'>,
  tx: WriteTx,
  id: Id<'manager'>,
  identity: Identity,
): Promise<void> => {
  await tx.write(rename, [toUuid(id), sealIdentity(ctx, id, identity)])
}

/**
 * The manager with this address, made when there is none; of two at once, one makes it and both get the same. Who was only
 * invited so far has no name, and gets this one.
 */
export const makeManager = async (
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: WriteTx,
  identity: Identity,
): Promise<{ readonly id: Id<'manager'>; readonly isNew: boolean }> => {
  const id = newId('manager', ctx.clock.now())
  const values = [toUuid(id), emailHashOf(ctx, identity.email), sealIdentity(ctx, id, identity), tx.now]
  const [row] = await tx.write(insertManager, values)
  if (!row) throw new Error('A manager was neither found nor made')
  const found = { id: toTypeId('manager', row.id), identity: row.identity }
  const kept = identityOf(ctx, found)
  if (kept.name === '' && identity.name !== '')
    await nameManager(ctx, tx, found.id, { ...kept, name: identity.name })
  return { id: found.id, isNew: row.is_new }
}
