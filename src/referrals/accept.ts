import { referralTexts } from '../../db/schema/referrals.ts'
import type { Ctx } from '../platform/context.ts'
import { rowsOf } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import type { z } from 'zod'
import { nudgeFor } from '../reciprocity/limit.ts'
import { patchCards, patchValues, textRow, textsOf } from './cards.ts'
import type { Referral } from './contract-referral.ts'
import type { acceptReferral as contract } from './contract-transitions.ts'
import { personOf } from './submission.ts'
import { transition } from './transition.ts'
import { contactIn } from './view.ts'

type Acceptance = z.output<typeof contract.body>

/**
 * The receiver takes the member: the contact is copied to its side, the points go in flight, and one mail introduces
 * the three people to each other.
 */
export const acceptReferral = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  { terms, message }: Acceptance,
  ifMatch?: string,
): Promise<Referral> =>
  transition(ctx, {
    event: 'accept',
    action: 'acceptReferral',
    referralId,
    ifMatch,
    step: async ({ senderId, receiverId, personHash }, tx) => {
      const [texts, nudge] = await Promise.all([
        textsOf(ctx, tx, senderId, referralId),
        nudgeFor(tx, receiverId, ctx.clock.now()),
      ])
      if (personHash === null) {
        const patch = { personHash: personOf(ctx, { personHash }, contactIn(texts)) }
        await tx.write(patchCards, patchValues(referralId, [senderId], patch))
      }
      const contact = texts.get('contact')
      const copied = contact === undefined ? [] : [textRow(ctx, receiverId, referralId, 'contact', contact)]
      return {
        to: 'accepted',
        nudge,
        patch: { acceptedAt: tx.now, progressAt: tx.now, termsKind: terms?.kind ?? null },
        texts: {
          ...(terms?.note !== undefined && { terms_note: terms.note }),
          ...(message !== undefined && { message }),
        },
        rows: [rowsOf(referralTexts, copied)],
        events: [{ spaceId: senderId, topic: 'mail.introduction', subjectId: referralId, deliver: true }],
      }
    },
  })
