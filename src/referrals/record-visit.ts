import { day, dayOf, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { invalidField } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import type { Referral } from './contract-referral.ts'
import { stepTo } from './progress.ts'
import { transition, type Bringing } from './transition.ts'

/** The member came. The first points are posted. @param on the day, by the receiver's own calendar */
export const recordVisit = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  on: string,
  by: Bringing = {},
): Promise<Referral> =>
  transition(ctx, {
    event: 'record-visit',
    action: 'recordVisit',
    referralId,
    ...by,
    step: (referral, tx) => {
      // East of here it is tomorrow already.
      if (on > dayOf(millisOf(tx.now) + day)) throw invalidField('/on', 'is in the future')
      if (on < dayOf(millisOf(referral.mine.createdAt) - day)) {
        throw invalidField('/on', 'is before the referral')
      }
      return stepTo('visited', referral, tx.now, { visitedOn: on })
    },
  })
