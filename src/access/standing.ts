import { eq } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import type { Standing } from '../platform/roles.ts'

const standingOfSpace = statement<{ standing: Standing }[]>('standingOfActor', (db) =>
  db
    .select({ standing: spaces.status })
    .from(spaces)
    .where(eq(spaces.id, arg(spaces.id, 'spaceId'))),
)

/** Where the space stands for which somebody acts; null for who acts for none. */
export const standingOf = async (tx: ReadTx, spaceId: Id<'space'> | null): Promise<Standing | null> =>
  spaceId === null ? null : ((await tx.run(standingOfSpace, { spaceId }))[0]?.standing ?? null)
