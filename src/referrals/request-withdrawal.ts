import type { Ctx } from '../platform/context.ts'
import type { Id } from '../platform/ids.ts'
import type { Status } from './lifecycle.ts'
import type { Referral } from './contract-referral.ts'
import { transition } from './transition.ts'

/** The sender asks to withdraw a referral that was accepted; the receiver confirms, or its silence does. */
export const requestWithdrawal = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  ifMatch?: string,
): Promise<Referral> =>
  transition(ctx, {
    event: 'request-withdrawal',
    action: 'requestWithdrawal',
    referralId,
    ifMatch,
    step: ({ mine, senderId }, tx) => ({
      to: mine.status as Status,
      patch: { withdrawalRequestedAt: tx.now },
      events: [
        { spaceId: senderId, topic: 'mail.withdrawal_requested', subjectId: referralId, deliver: true },
      ],
    }),
  })

/** The receiver agrees that it is over. What was posted stays posted. */
export const confirmWithdrawal = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  ifMatch?: string,
): Promise<Referral> =>
  transition(ctx, {
    event: 'confirm-withdrawal',
    action: 'confirmWithdrawal',
    referralId,
    ifMatch,
    step: () => ({ to: 'withdrawn' }),
  })
