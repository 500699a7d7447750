import { asc, eq } from 'drizzle-orm'
import { passkeys } from '../../db/schema/access.ts'
import type { Ctx } from '../platform/context.ts'
import { read, type ReadTx } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import { ownManagerId } from './own-manager.ts'

const passkeysOfManager = statement('passkeysOfManager', (db) =>
  db
    .select({
      id: passkeys.id,
      credentialId: passkeys.credentialId,
      name: passkeys.name,
      createdAt: passkeys.createdAt,
      lastUsedAt: passkeys.lastUsedAt,
    })
    .from(passkeys)
    .where(eq(passkeys.managerId, arg(passkeys.managerId, 'managerId')))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id)),
)

export const passkeysOf = (tx: ReadTx, managerId: Id<'manager'>) => tx.run(passkeysOfManager, { managerId })

/** The caller's passkeys, the oldest first. */
export const listPasskeys = (ctx: Ctx) => read(ctx, 'account', (tx) => passkeysOf(tx, ownManagerId(ctx)))
