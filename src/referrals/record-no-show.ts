import type { Ctx } from '../platform/context.ts'
import type { Id } from '../platform/ids.ts'
import type { Referral } from './contract-referral.ts'
import { beginDispute } from './dispute.ts'
import { disputeByReport } from './outcome.ts'
import { transition, type Bringing } from './transition.ts'

/** How often a member may stay away before the referral ends. */
const mostNoShows = 2

/** The member did not come to the arranged visit; the second time ends the referral. */
export const recordNoShow = (ctx: Ctx, referralId: Id<'referral'>, by: Bringing = {}): Promise<Referral> =>
  transition(ctx, {
    event: 'record-no-show',
    action: 'recordNoShow',
    referralId,
    ...by,
    step: async (referral, tx) => {
      const { mine, party } = referral
      const noShows = mine.noShows + 1
      const isLast = noShows >= mostNoShows
      const dispute = party === 'receiver' ? disputeByReport(mine, 'no_show', tx.now) : null
      return {
        to: isLast ? 'closed' : 'accepted',
        patch: {
          noShows,
          scheduledFor: null,
          progressAt: tx.now,
          overdueAt: null,
          ...(dispute && { dispute }),
          ...(isLast && { outcome: 'no_show' }),
        },
        ...(isLast && { reason: 'no_show' }),
        ...(dispute && { events: await beginDispute(tx, referral) }),
      }
    },
  })
