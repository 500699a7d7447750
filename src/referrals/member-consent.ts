import { eq } from 'drizzle-orm'
import { links } from '../../db/schema/referrals.ts'
import type { Contact } from '../members/identity.ts'
import { linkHash, linkHashOf, type LinkKind } from '../members/link.ts'
import { millisOf } from '../platform/clock.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { readUnscoped, type Happening, type WriteTx } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { isSameSecret } from '../platform/same-secret.ts'
import { cardOf, textsOf } from './cards.ts'
import type { Referral } from './contract-referral.ts'
import { alongTheWay, deletionMail, forgetReferral, mailsForgotten, wordless } from './forget.ts'
import type { Locked } from './step.ts'
import { deadlineOf, hostingPolicyOf, personOf } from './submission.ts'
import { transition } from './transition.ts'

/** The referral that a link leads to. */
export interface LinkTarget {
  readonly senderId: Id<'space'>
  readonly referralId: Id<'referral'>
}

/** A link that somebody holds, as long as it works. */
interface OpenLink extends LinkTarget {
  /** RFC 3339 */
  readonly expiresAt: string
}

/** @throws Problem `gone` for a link that is unknown, expired, revoked or made by another key: nobody learns which */
export const openLink = async (deps: Deps, kind: LinkKind, token: string): Promise<OpenLink> => {
  const [link, card] = await readUnscoped(deps, async (tx) => {
    const [found] = await tx.db
      .select()
      .from(links)
      .where(eq(links.linkHash, linkHash(token)))
    return [found, found && (await cardOf(tx, found.senderId, found.referralId))?.card] as const
  })
  const isAlive =
    link?.kind === kind && link.revokedAt === null && millisOf(link.expiresAt) > deps.clock.now()
  // A referral has one link of a kind, the one that is made of it now: what a key made that leaked opens nothing.
  if (!isAlive || !card || !isSameSecret(link.linkHash, linkHashOf(deps.keys.link, kind, card)))
    throw new Problem('gone', 'This link is no longer valid.')
  return { senderId: link.senderId, referralId: link.referralId, expiresAt: link.expiresAt }
}

/** The member agrees to be referred to this receiver: the referral is sent. */
export const grantConsent = (ctx: Ctx, { senderId, referralId }: LinkTarget): Promise<Referral> =>
  transition(ctx, {
    event: 'grant-consent',
    action: 'grantConsent',
    referralId,
    as: { spaceId: senderId, party: 'member' },
    step: async ({ mine, receiverId }, tx) => {
      if (mine.answerBy !== null && millisOf(mine.answerBy) < ctx.clock.now()) {
        throw new Problem('gone', 'The time to answer is over.')
      }
      const [hostingPolicy, texts] = await Promise.all([
        hostingPolicyOf(tx, receiverId),
        textsOf(ctx, tx, senderId, referralId),
      ])
      const contact = JSON.parse(texts.get('contact') ?? '{}') as Contact
      return {
        to: 'sent',
        patch: {
          consentedAt: tx.now,
          sentAt: tx.now,
          personHash: personOf(ctx, mine, contact),
          ...deadlineOf(ctx, 'sent', hostingPolicy, tx.now),
        },
        delivery: { brief: texts.get('brief') ?? '', contact },
      }
    },
  })

/** The member does not agree: nothing reaches the receiver, and the words about the member are erased. */
export const refuseConsent = (ctx: Ctx, target: LinkTarget): Promise<Referral> =>
  end(ctx, target, 'refuse-consent', 'refuseConsent')

/**
 * The member withdraws consent: the words are erased on both sides at once, with every kept answer, and those of every
 * other referral of the member's way soon after.
 */
export const revokeConsent = (ctx: Ctx, target: LinkTarget): Promise<Referral> =>
  end(ctx, target, 'revoke', 'revokeConsent', alongTheWay)

/** The same for this referral alone. */
export const withdrawOnlyHere = (ctx: Ctx, target: LinkTarget): Promise<Referral> =>
  end(ctx, target, 'revoke', 'revokeConsent')

const end = (
  ctx: Ctx,
  { senderId, referralId }: LinkTarget,
  event: 'refuse-consent' | 'revoke',
  action: string,
  reach: (locked: Locked) => Happening[] = () => [],
) =>
  transition(ctx, {
    event,
    action,
    referralId,
    as: { spaceId: senderId, party: 'member' },
    step: async (locked, tx: WriteTx) => {
      await tx.write(forgetReferral, [toUuid(referralId), locked.holders.map(toUuid)])
      return {
        to: 'consent_revoked',
        patch: wordless,
        events: [...deletionMail(locked), mailsForgotten(locked), ...reach(locked)],
      }
    },
  })
