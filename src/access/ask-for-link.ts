import { signIns } from '../../db/schema/access.ts'
import { instant } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate, type WriteTx } from '../platform/database/door.ts'
import { rowsOf } from '../platform/database/statements.ts'
import { networkSpaceId, newId } from '../platform/ids.ts'
import { emailHashOf } from './manager-identity.ts'
import { browserHash, linkWorksFor, signInHash, signInToken } from './sign-in-token.ts'

interface LinkAsked {
  readonly email: string
  /** The token in the cookie of the browser that asks. */
  readonly browser: string
  /** Where to go afterwards: a path of ours. */
  readonly returnTo: string
}

/**
 * Begins a sign-in by mailed link. Whether somebody has this address is not looked at here, so that asking tells nobody:
 * the job that mails the link finds out.
 */
export const askForLink = (ctx: Ctx, { email, browser, returnTo }: LinkAsked): Promise<void> =>
  mutate(ctx, 'sign-in', (tx) =>
    beginByLink(ctx, tx, { emailHash: emailHashOf(ctx, email), browserHash: browserHash(browser), returnTo }),
  )

interface Begun {
  readonly emailHash: Buffer
  readonly browserHash: Buffer
  readonly returnTo: string | null
}

/** The row, and the promise to mail its link. */
export const beginByLink = async (ctx: Ctx, tx: WriteTx, begun: Begun) => {
  const now = ctx.clock.now()
  const id = newId('signIn', now)
  const row = {
    id,
    kind: 'link' as const,
    tokenHash: signInHash(signInToken(ctx.keys.link, id)),
    managerId: null,
    data: null,
    createdAt: tx.now,
    expiresAt: instant(now + linkWorksFor),
    usedAt: null,
    ...begun,
  }
  await tx.insert(rowsOf(signIns, [row]))
  const mail = { spaceId: networkSpaceId, topic: 'mail.sign_in', subjectId: id, deliver: true }
  return { result: undefined, events: [mail], audit: { action: 'askForLink', objectId: id } }
}
