import type { Ctx } from '../platform/context.ts'
import type { Id } from '../platform/ids.ts'
import type { Referral } from './contract-referral.ts'
import type { Status } from './lifecycle.ts'
import { transition, type Bringing } from './transition.ts'

/** The member left while the join was provisional: what joining brought is reversed. */
export const reportLeft = (ctx: Ctx, referralId: Id<'referral'>, by: Bringing = {}): Promise<Referral> =>
  transition(ctx, {
    event: 'report-left',
    action: 'reportLeft',
    referralId,
    ...by,
    step: ({ mine, party }, tx) => ({
      to: mine.status as Status,
      patch: {
        leftAt: tx.now,
        reached: 'trial',
        ...(party === 'member' && { memberReport: 'left' as const }),
      },
      move: { reverses: ['joined'], because: 'left' },
      reason: 'left',
    }),
  })
