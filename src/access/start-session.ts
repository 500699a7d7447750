import { sessions } from '../../db/schema/access.ts'
import { instant } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { rowsOf, writeStatement } from '../platform/database/statements.ts'
import { newId, toUuid, type Id } from '../platform/ids.ts'
import { browserLabel } from './browser-label.ts'
import { newSessionToken, sessionHash } from './session-token.ts'

/** The browser in which somebody signs in. */
export interface Browser {
  /** What it calls itself (the header `User-Agent`). */
  readonly userAgent: string | undefined
  /** The session token that it came with, if any: that session ends. */
  readonly sessionToken: string | undefined
}

const markSignedIn = writeStatement(
  'markSignedIn',
  'update managers set last_signed_in_at = $2 where id = $1',
)

const endReplaced = writeStatement(
  'endReplacedSession',
  'update sessions set revoked_at = $2 where token_hash = $1 and revoked_at is null',
)

/**
 * Signs a person in, within the write that proved who it is. The token is always new, whatever the browser came with, so
 * nobody can be made to use a session that another knows.
 * @returns the token for the cookie, which is kept nowhere else
 */
export const startSession = async (
  { clock, policy }: Pick<Ctx, 'clock' | 'policy'>,
  tx: WriteTx,
  managerId: Id<'manager'>,
  browser: Browser,
): Promise<string> => {
  const token = newSessionToken()
  const now = clock.now()
  const session = {
    id: newId('session', now),
    tokenHash: sessionHash(token),
    managerId,
    spaceRef: null,
    userAgent: browserLabel(browser.userAgent),
    createdAt: tx.now,
    lastSeenAt: tx.now,
    expiresAt: instant(now + policy.session),
    revokedAt: null,
  }
  await tx.insert(rowsOf(sessions, [session]))
  await tx.write(markSignedIn, [toUuid(managerId), tx.now])
  if (browser.sessionToken !== undefined)
    await tx.write(endReplaced, [sessionHash(browser.sessionToken), tx.now])
  return token
}
