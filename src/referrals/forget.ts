import type { Happening, WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import type { CardRow } from './cards.ts'
import type { Locked } from './step.ts'

/**
 * Erases the words about a person, and the answers kept for replay, on every side of a referral. The keys stay: a request that
 * is made again is not carried out a second time.
 */
export const forgetReferral = writeStatement(
  'forgetReferral',
  `with words as (delete from referral_texts where referral_id = $1 and space_id = any($2::uuid[]))
   update idempotency_keys set answer = null where referral_id = $1 and space_id = any($2::uuid[])`,
)

/** A draft of which the member never heard leaves no words: there is nobody who could ask for them to be erased. */
export const forgetDraft = (tx: WriteTx, { id, spaceId }: CardRow) =>
  tx.write(forgetReferral, [toUuid(id), [toUuid(spaceId)]])

/** What people write onto a card goes with the words: the sender's own reference, and what the member would need. */
export const wordless = { externalRef: null, needs: {} } satisfies Partial<CardRow>

/** Mails that were written into files, for want of a mail server, are dropped after the words. */
export const mailsForgotten = ({ mine, senderId }: Locked): Happening => ({
  spaceId: senderId,
  topic: 'forget.mails',
  subjectId: mine.id,
  deliver: true,
})

/** The receiver, once it has a card, is told to delete its own copies. */
export const deletionMail = ({ mine, senderId, receiverId, holders }: Locked): Happening[] =>
  holders.includes(receiverId)
    ? [{ spaceId: senderId, topic: 'mail.delete_copies', subjectId: mine.id, deliver: true }]
    : []

/**
 * The referrals before and after this one on a member's way: each is forgotten by a job of its own, which goes on from
 * there. A transaction over the cards of the whole way would lock those of spaces that know nothing of each other.
 */
export const alongTheWay = ({ mine, receiverId }: Locked): Happening[] => {
  const before = mine.trail.at(-1)
  return [
    ...(before ? [{ spaceId: before.spaceId as Id<'space'>, subjectId: before.referralId }] : []),
    ...(mine.childId === null ? [] : [{ spaceId: receiverId, subjectId: mine.childId }]),
  ].map((next) => ({ ...next, topic: 'forget.referral', deliver: true }))
}
