import { eq } from 'drizzle-orm'
import { signIns } from '../../db/schema/access.ts'
import { millisOf } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import { findManagerByEmail, identityOf, type Identity } from './manager-identity.ts'
import { signInToken } from './sign-in-token.ts'

const signInById = statement('signInById', (db) =>
  db
    .select()
    .from(signIns)
    .where(eq(signIns.id, arg(signIns.id, 'id'))),
)

/** Whom a link goes to. @returns null where nobody has the address, or the link works no more */
export const findLinkToMail = (
  deps: Deps,
  id: Id<'signIn'>,
): Promise<{ readonly identity: Identity; readonly token: string } | null> =>
  readUnscoped(deps, async (tx) => {
    const [link] = await tx.run(signInById, { id })
    if (!link?.emailHash || link.usedAt !== null || millisOf(link.expiresAt) <= deps.clock.now()) return null
    const manager = await findManagerByEmail(tx, link.emailHash)
    return manager ? { identity: identityOf(deps, manager), token: signInToken(deps.keys.link, id) } : null
  })
