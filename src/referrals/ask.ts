import type { Ctx } from '../platform/context.ts'
import type { Id } from '../platform/ids.ts'
import { dropTexts } from './cards.ts'
import type { Referral } from './contract-referral.ts'
import { transition } from './transition.ts'

/** The receiver asks the sender something before it decides. The response clock stands still for the first question. */
export const askQuestion = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  question: string,
  ifMatch?: string,
): Promise<Referral> =>
  transition(ctx, {
    event: 'ask',
    action: 'askQuestion',
    referralId,
    ifMatch,
    step: async ({ mine, senderId, holders }, tx) => {
      if (mine.questions > 0) await dropTexts(tx, referralId, holders, ['question', 'answer'])
      return {
        to: 'info_requested',
        patch: { askedAt: tx.now, questions: mine.questions + 1 },
        texts: { question },
        events: [{ spaceId: senderId, topic: 'mail.question', subjectId: referralId, deliver: true }],
      }
    },
  })
