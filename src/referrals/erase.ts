import type { Ctx } from '../platform/context.ts'
import { mutate, readUnscoped, type Happening, type WriteTx } from '../platform/database/door.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { cardOf, nextUpdate, patchCards, patchValues, senderOf, type CardRow } from './cards.ts'
import { alongTheWay, deletionMail, forgetReferral, mailsForgotten, wordless } from './forget.ts'
import { isOpen, type Status } from './lifecycle.ts'
import { refuseConsent, revokeConsent, withdrawOnlyHere, type LinkTarget } from './member-consent.ts'
import type { Locked } from './step.ts'
import { lock } from './transition.ts'

/**
 * Erases the words about the member after the end, on both sides, with every kept answer, and reaches every other referral
 * of the member's way; what was counted stays.
 * @throws Problem `illegal_transition` before the end: there the member withdraws consent
 */
export const eraseMember = (ctx: Ctx, { senderId, referralId }: LinkTarget): Promise<void> =>
  mutate(ctx, 'referrals:write', async (tx) => {
    const locked = await lock(tx, senderId, referralId)
    const erased = await eraseWords(tx, locked)
    return {
      result: undefined,
      events: [...erased, ...(isForgotten(locked.mine) ? [] : deletionMail(locked)), ...alongTheWay(locked)],
      audit: { action: 'eraseMember', objectId: referralId, spaceId: senderId },
    }
  })

/**
 * Brings the will of a member who erased another referral of their way to this one: consent is withdrawn while it is open,
 * and the words are erased after its end. Safe to repeat.
 */
export const forgetAlong = async (ctx: Ctx, target: LinkTarget): Promise<void> => {
  const card = await keptCard(ctx, target)
  if (card) await (isOpen(card.status as Status) ? revokeConsent : eraseMember)(ctx, target)
}

/**
 * Erases once more what a restored backup has brought back: this referral, as it was erased before the restore.
 * @returns whether there was anything to erase
 * @throws Problem `not_found`
 */
export const forgetAgain = async (ctx: Ctx, referralId: Id<'referral'>): Promise<boolean> => {
  const senderId = await readUnscoped(ctx, (tx) => senderOf(tx, referralId))
  if (senderId === undefined) throw notFound()
  const target = { senderId, referralId }
  const card = await keptCard(ctx, target)
  if (!card) return false
  if (!isOpen(card.status as Status)) await eraseHere(ctx, target, 'forgetReferral')
  else if (card.status === 'awaiting_consent') await refuseConsent(ctx, target)
  else await withdrawOnlyHere(ctx, target)
  return true
}

/**
 * Erases the words of one referral that has ended, on both sides, and nothing else of the member's way.
 * @param isDue looked at once the cards are locked; what it says no to stays as it is
 */
export const eraseHere = (
  ctx: Ctx,
  { senderId, referralId }: LinkTarget,
  action: string,
  isDue: (card: CardRow) => boolean = () => true,
): Promise<void> =>
  mutate(ctx, 'referrals:write', async (tx) => {
    const locked = await lock(tx, senderId, referralId)
    if (!isDue(locked.mine)) throw new Problem('illegal_transition', 'The words are not to be erased now.')
    const events = await eraseWords(tx, locked)
    return { result: undefined, events, audit: { action, objectId: referralId, spaceId: senderId } }
  })

/** Whether the words about the member are gone already. */
export const isForgotten = ({ erasedAt, status }: CardRow): boolean =>
  erasedAt !== null || status === 'consent_revoked'

/** @returns what the two spaces are to hear; nothing when the words were gone before */
const eraseWords = async (tx: WriteTx, locked: Locked): Promise<Happening[]> => {
  const { mine, holders } = locked
  if (isOpen(mine.status as Status)) throw new Problem('illegal_transition', 'The referral is open still.')
  if (isForgotten(mine)) return []
  // No event of the life, which is over; who reads by ETag or by `updatedAfter` learns that there is less to see.
  const patch = { ...wordless, erasedAt: tx.now, updatedAt: nextUpdate(mine, tx.now) }
  await tx.write(forgetReferral, [toUuid(mine.id), holders.map(toUuid)])
  await tx.write(patchCards, patchValues(mine.id, [...holders], patch))
  return [
    ...holders.map((spaceId) => ({ spaceId, topic: 'member.erased', subjectId: mine.id })),
    mailsForgotten(locked),
  ]
}

/** The sender's card, unless its words are gone. */
const keptCard = async (ctx: Ctx, { senderId, referralId }: LinkTarget): Promise<CardRow | null> => {
  const found = await readUnscoped(ctx, (tx) => cardOf(tx, senderId, referralId))
  return found && !isForgotten(found.card) ? found.card : null
}
