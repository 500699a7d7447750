import type { Ctx } from '../platform/context.ts'
import type { Id } from '../platform/ids.ts'
import type { Referral } from './contract-referral.ts'
import { forgetDraft } from './forget.ts'
import { transition } from './transition.ts'

/**
 * The sender withdraws a referral that is not accepted yet. That is how an invitation is revoked, too: its link shows a
 * draft and nothing else, so without the draft there is no page left for it to open.
 */
export const withdrawReferral = (ctx: Ctx, referralId: Id<'referral'>, ifMatch?: string): Promise<Referral> =>
  transition(ctx, {
    event: 'withdraw',
    action: 'withdrawReferral',
    referralId,
    ifMatch,
    step: async ({ mine }, tx) => {
      if (mine.submittedAt === null) await forgetDraft(tx, mine)
      return { to: 'withdrawn' }
    },
  })
