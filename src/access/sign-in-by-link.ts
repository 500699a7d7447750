import { and, eq } from 'drizzle-orm'
import { signIns } from '../../db/schema/access.ts'
import { millisOf } from '../platform/clock.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { mutate, readUnscoped } from '../platform/database/door.ts'
import { arg, statement, writeStatement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { isSameSecret } from '../platform/same-secret.ts'
import { beginByLink } from './ask-for-link.ts'
import { findManagerByEmail } from './manager-identity.ts'
import { browserHash, signInHash } from './sign-in-token.ts'
import { startSession, type Browser } from './start-session.ts'

const linkByHash = statement('signInLinkByHash', (db) =>
  db
    .select()
    .from(signIns)
    .where(and(eq(signIns.tokenHash, arg(signIns.tokenHash, 'tokenHash')), eq(signIns.kind, 'link'))),
)

/** What a link is worth in a browser: nothing is used up by looking. */
export type LinkState = 'good' | 'other_browser' | 'gone'

/** @param browser the token in the browser's cookie, if any */
export const lookAtLink = (deps: Deps, token: string, browser: string | undefined): Promise<LinkState> =>
  readUnscoped(deps, async (tx) => {
    const [link] = await tx.run(linkByHash, { tokenHash: signInHash(token) })
    if (!link || link.usedAt !== null || millisOf(link.expiresAt) <= deps.clock.now()) return 'gone'
    const isHere = browser !== undefined && isSameSecret(browserHash(browser), link.browserHash)
    return isHere ? 'good' : 'other_browser'
  })

// Compare and set: of many who press at once, one gets the row.
const useLink = writeStatement<{ email_hash: Buffer; return_to: string | null }>(
  'useSignInLink',
  `update sign_ins set used_at = $3
   where token_hash = $1 and browser_hash = $2 and kind = 'link' and used_at is null and expires_at > $3
   returning email_hash, return_to`,
)

export interface SignedInBy {
  /** For the cookie. */
  readonly session: string
  /** A path of ours. */
  readonly returnTo: string | null
}

/**
 * Signs in who has got the link by mail, once, in the browser that asked for it.
 * @throws Problem `gone` for a link that is unknown, used, over, or was asked for in another browser
 */
export const signInByLink = (
  ctx: Ctx,
  token: string,
  browser: Browser & { readonly token: string },
): Promise<SignedInBy> =>
  mutate(ctx, 'sign-in', async (tx) => {
    const [link] = await tx.write(useLink, [signInHash(token), browserHash(browser.token), tx.now])
    const manager = link && (await findManagerByEmail(tx, link.email_hash))
    if (!manager) throw new Problem('gone')
    const session = await startSession(ctx, tx, manager.id, browser)
    return {
      result: { session, returnTo: link.return_to },
      events: [],
      audit: { action: 'signInByLink', objectId: manager.id },
    }
  })

const giveUpLink = writeStatement<{ email_hash: Buffer; return_to: string | null }>(
  'giveUpSignInLink',
  `update sign_ins set used_at = $2
   where token_hash = $1 and kind = 'link' and used_at is null and expires_at > $2
   returning email_hash, return_to`,
)

/**
 * Who opened the link in another browser is mailed one that works in this one; the old one works nowhere any more.
 * @throws Problem `gone`
 */
export const askForLinkHere = (ctx: Ctx, token: string, browser: string): Promise<void> =>
  mutate(ctx, 'sign-in', async (tx) => {
    const [link] = await tx.write(giveUpLink, [signInHash(token), tx.now])
    if (!link) throw new Problem('gone')
    const begun = { emailHash: link.email_hash, returnTo: link.return_to }
    return beginByLink(ctx, tx, { ...begun, browserHash: browserHash(browser) })
  })
