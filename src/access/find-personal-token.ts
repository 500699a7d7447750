import { eq } from 'drizzle-orm'
import { personalTokens } from '../../db/schema/access.ts'
import { hour, instant, millisOf } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { carry, readUnscoped, type ReadTx } from '../platform/database/door.ts'
import { arg, statement, writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { sha256 } from '../platform/sealing.ts'
import { actingManager, type ManagerActor } from './acting-manager.ts'

/** Marked as ours, so that scanners for leaked secrets can find it, and so that it is told from a client's token. */
export const personalTokenPrefix = 'wgp_'

const tokenByHash = statement('personalTokenByHash', (db) =>
  db
    .select()
    .from(personalTokens)
    .where(eq(personalTokens.tokenHash, arg(personalTokens.tokenHash, 'tokenHash'))),
)

interface Found {
  readonly actor: ManagerActor
  /** When it ends, in milliseconds. */
  readonly until: number
}

/**
 * Who stands behind a personal token: its manager in the role that they have now, narrowed to the token's scopes.
 * @returns null for a token that is unknown, revoked, over, or whose manager has no role there any more
 */
export const findPersonalToken = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  token: string,
): Promise<Found | null> => {
  const read = await readUnscoped(deps, (tx) => readToken(deps, tx, sha256(token)))
  if (!read) return null
  const { found, acting } = read
  // Only now: with the connection of the read still in hand, many at once would wait for each other's.
  await noteUse(deps, found)
  const scopes = new Set(found.scopes.filter((scope) => acting.scopes.has(scope)))
  return { actor: { ...acting, scopes }, until: millisOf(found.expiresAt) }
}

const readToken = async (deps: Pick<Deps, 'clock'>, tx: ReadTx, tokenHash: Buffer) => {
  const [found] = await tx.run(tokenByHash, { tokenHash })
  if (!found || found.revokedAt !== null || millisOf(found.expiresAt) <= deps.clock.now()) return null
  const acting = await actingManager(tx, found.managerId, found.spaceRef)
  return acting && { found, acting }
}

const markUsed = writeStatement(
  'markPersonalTokenUsed',
  'update personal_tokens set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $3)',
)

/** To the hour: near enough to tell one that nobody uses, and no write for every request. */
const noteUse = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { id, lastUsedAt }: { readonly id: Id<'personalToken'>; readonly lastUsedAt: string | null },
): Promise<void> => {
  const before = deps.clock.now() - hour
  if (lastUsedAt !== null && millisOf(lastUsedAt) >= before) return
  await carry(deps, (tx) => tx.write(markUsed, [toUuid(id), tx.now, instant(before)]))
}
