import { givesAway, type Contact } from '../members/identity.ts'
import { instant, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import type { Policy } from '../platform/policy.ts'
import { textsOf, type CardRow } from './cards.ts'
import { isPaused } from './clocks.ts'
import type { Referral } from './contract-referral.ts'
import { transition } from './transition.ts'
import { isContactOpen } from './view.ts'

/**
 * The sender answers the receiver's question, still without saying who the member is. A forwarder who never saw the member is
 * not checked: refusals would let it guess the name.
 * @throws Problem `identity_in_brief`
 */
export const answerQuestion = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  answer: string,
  ifMatch?: string,
): Promise<Referral> =>
  transition(ctx, {
    event: 'answer',
    action: 'answerQuestion',
    referralId,
    ifMatch,
    step: async ({ mine, senderId }, tx) => {
      const contact = (await textsOf(ctx, tx, senderId, referralId)).get('contact')
      if (contact !== undefined && isContactOpen(mine))
        checkAnonymity(answer, JSON.parse(contact) as Contact, mine.consentNamed)
      return {
        to: 'sent',
        patch: resumed(mine, ctx.policy, tx.now),
        texts: { answer },
        events: [{ spaceId: senderId, topic: 'mail.answer', subjectId: referralId, deliver: true }],
      }
    },
  })

const checkAnonymity = (answer: string, contact: Contact, mayName: boolean) => {
  if (!givesAway(answer, contact, mayName)) return
  throw new Problem('identity_in_brief', 'The receiver reads this before accepting.', {
    errors: [{ pointer: '/answer', detail: 'holds a name, e-mail or phone number of the member' }],
  })
}

/** The time to answer goes on where it stood still: for as long as a question may be open, however late this comes. */
export const resumed = (card: CardRow, policy: Policy, now: string): Partial<CardRow> => {
  const { answerBy, askedAt } = card
  if (!isPaused(card) || answerBy === null || askedAt === null) return {}
  const pause = Math.min(millisOf(now) - millisOf(askedAt), policy.question)
  return { answerBy: instant(millisOf(answerBy) + pause) }
}
