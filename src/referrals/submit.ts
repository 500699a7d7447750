import type { Contact } from '../members/identity.ts'
import type { Ctx } from '../platform/context.ts'
import { notFound, Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { textsOf } from './cards.ts'
import type { Referral } from './contract-referral.ts'
import { warningsOf } from './receiving.ts'
import {
  consentMail,
  deadlineOf,
  personOf,
  receptionAt,
  requireMaySend,
  spacesAtSending,
  submittedStatus,
} from './submission.ts'
import { transition } from './transition.ts'

/**
 * Submits a draft: to the receiver with attested consent, to the member first with consent by link.
 * @throws Problem `receiver_paused` also for a space that has not joined the network since it was invited
 */
export const submitReferral = (ctx: Ctx, referralId: Id<'referral'>, ifMatch?: string): Promise<Referral> =>
  transition(ctx, {
    event: 'submit',
    action: 'submitReferral',
    referralId,
    ifMatch,
    step: async ({ mine, senderId, receiverId }, tx) => {
      const { sender, receiver } = await spacesAtSending(tx, senderId, receiverId)
      requireMaySend(ctx, sender, 'referrals:start')
      if (!receiver) throw notFound()
      if (receptionAt(receiver, tx.now).kind === 'invite') {
        throw new Problem('receiver_paused', `${receiver.name} has not joined the network yet.`)
      }
      const texts = await textsOf(ctx, tx, senderId, mine.id)
      const contact = JSON.parse(texts.get('contact') ?? '{}') as Contact
      const to = submittedStatus(mine)
      return {
        to,
        patch: {
          warnings: warningsOf(receiver.hostingPolicy, mine.stay, mine.needs, tx.now),
          submittedAt: tx.now,
          personHash: personOf(ctx, mine, contact),
          ...deadlineOf(ctx, to, receiver.hostingPolicy, tx.now),
          ...(to === 'sent' && { sentAt: tx.now }),
        },
        ...(to === 'sent' && { delivery: { brief: texts.get('brief') ?? '', contact } }),
        events: consentMail(mine, contact),
      }
    },
  })
