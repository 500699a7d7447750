import type { Contact } from '../members/identity.ts'
import { linkHash, linkHashOf, linkUrl } from '../members/link.ts'
import { personHashOf } from '../members/person-hash.ts'
import { day, second } from '../platform/clock.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { mutate, type Happening, type WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { takeWith, type Limit } from '../platform/limits.ts'
import { nextUpdate, patchCards, patchValues, textsOf, type CardRow } from './cards.ts'
import type { Referral } from './contract-referral.ts'
import type { LinkTarget } from './member-consent.ts'
import type { Locked } from './step.ts'
import { linkRow, linkRows } from './submission.ts'
import { lock, requireMatch } from './transition.ts'
import { contactIn, referralView, type Texts } from './view.ts'

/** New links of one person, over all referrals: so many that spaces ask for, and as many by the person's own pages. */
const perPerson: Limit = { burst: 5, perSecond: 5 / (day / second) }

/**
 * The sender has the member's link replaced: nothing opens by the one before, and the new one is mailed to the member, or
 * shown to the sender of a member without e-mail. No transition: status, deadlines, notice and history stay as they are.
 * @throws Problem `illegal_transition` for the receiver, for a draft, and when the words are erased; `precondition_failed`,
 *   `too_many_requests`
 */
export const renewMemberLink = (ctx: Ctx, referralId: Id<'referral'>, ifMatch?: string): Promise<Referral> =>
  mutate(ctx, 'referrals:write', async (tx) => {
    const spaceId = spaceOf(ctx)
    const locked = await lock(tx, spaceId, referralId)
    requireMatch(locked.mine, ifMatch)
    const texts = await textsOf(ctx, tx, spaceId, referralId)
    const contact = requireRenewable(locked.mine, texts)
    await takeWith(ctx, tx, 'member-link-by-space', personOf(ctx, contact), perPerson)
    await tx.write(revoke, [linkHashOf(ctx.keys.link, 'member', locked.mine), tx.now])
    const card = await replace(ctx, tx, locked)
    const memberUrl = contact.email ? null : linkUrl(ctx.baseUrl, ctx.keys.link, 'member', card)
    return {
      result: { ...referralView(ctx, card, locked.peer, texts), memberUrl },
      events: contact.email ? [linkMail(card)] : [],
      audit: { action: 'renewMemberLink', objectId: referralId, spaceId },
    }
  })

/**
 * The member has the link replaced by which they came, as somebody else may have it; the new one comes by mail.
 * @throws Problem `gone` when it was replaced meanwhile, `illegal_transition` for a member without e-mail, and when the words
 *   are erased; `too_many_requests`
 */
export const renewOwnLink = (ctx: Ctx, { senderId, referralId }: LinkTarget, token: string): Promise<void> =>
  mutate(ctx, 'referrals:write', async (tx) => {
    const locked = await lock(tx, senderId, referralId)
    const contact = requireRenewable(locked.mine, await textsOf(ctx, tx, senderId, referralId))
    if (!contact.email) throw nothingToRenew(locked.mine)
    await takeWith(ctx, tx, 'member-link-by-member', personOf(ctx, contact), perPerson)
    // By itself, not by its number: who was slower than somebody else with the same link stops no newer one.
    const [ended] = await tx.write(revoke, [linkHash(token), tx.now])
    if (!ended) throw new Problem('gone', 'This link is no longer valid.')
    return {
      result: undefined,
      events: [linkMail(await replace(ctx, tx, locked))],
      audit: { action: 'renewMemberLink', objectId: referralId, spaceId: senderId },
    }
  })

/** From when the member has heard of it until the words about them are gone; then there is nothing to keep from anybody. */
const requireRenewable = (mine: CardRow, texts: Texts): Contact => {
  const contact = contactIn(texts)
  if (mine.role !== 'sender' || mine.submittedAt === null || !contact) throw nothingToRenew(mine)
  return contact
}

const nothingToRenew = ({ status }: CardRow) =>
  new Problem('illegal_transition', 'There is no link of this referral to be renewed.', {
    members: { currentStatus: status },
  })

const personOf = ({ keys }: Ctx, contact: Contact) => personHashOf(keys.person, contact).toString('hex')

const revoke = writeStatement<{ link_hash: Buffer }>(
  'revokeLink',
  'update links set revoked_at = $2 where link_hash = $1 and revoked_at is null returning link_hash',
)

const replace = async (ctx: Ctx, tx: WriteTx, { mine, holders }: Locked): Promise<CardRow> => {
  const patch = { linkNumber: (mine.linkNumber ?? 0) + 1, updatedAt: nextUpdate(mine, tx.now) }
  const card = { ...mine, ...patch }
  await tx.write(patchCards, patchValues(mine.id, [...holders], patch))
  await tx.insert(linkRows([linkRow(ctx, 'member', card)]))
  return card
}

const linkMail = ({ spaceId, id, linkNumber }: CardRow): Happening => ({
  spaceId,
  topic: 'mail.member_link',
  subjectId: id,
  data: { number: linkNumber },
  deliver: true,
})
