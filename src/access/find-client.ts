import { eq } from 'drizzle-orm'
import { clients } from '../../db/schema/access.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'

const clientById = statement('clientById', (db) =>
  db
    .select()
    .from(clients)
    .where(eq(clients.id, arg(clients.id, 'clientId'))),
)

/** A client as it stands, revoked ones too. */
export const findClient = async (tx: ReadTx, clientId: Id<'client'>) =>
  (await tx.run(clientById, { clientId }))[0]

export type Client = NonNullable<Awaited<ReturnType<typeof findClient>>>
