import { instant, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { invalidField } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import type { Referral } from './contract-referral.ts'
import { transition, type Bringing } from './transition.ts'

/** A first visit is arranged. @param at RFC 3339; in the future, and while the referral can be active */
export const scheduleVisit = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  at: string,
  by: Bringing = {},
): Promise<Referral> => arrange(ctx, 'schedule', referralId, at, by)

/** The arranged visit is moved. */
export const rescheduleVisit = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  at: string,
  by: Bringing = {},
): Promise<Referral> => arrange(ctx, 'reschedule', referralId, at, by)

const arrange = (
  ctx: Ctx,
  event: 'schedule' | 'reschedule',
  referralId: Id<'referral'>,
  at: string,
  by: Bringing,
) =>
  transition(ctx, {
    event,
    action: event === 'schedule' ? 'scheduleVisit' : 'rescheduleVisit',
    referralId,
    ...by,
    step: ({ mine }, tx) => {
      if (millisOf(at) <= millisOf(tx.now)) throw invalidField('/at', 'is not in the future')
      if (millisOf(at) > millisOf(mine.acceptedAt ?? tx.now) + ctx.policy.active) {
        throw invalidField('/at', 'is after the referral will have ended')
      }
      return {
        to: 'scheduled',
        patch: { scheduledFor: instant(millisOf(at)), progressAt: tx.now, overdueAt: null },
      }
    },
  })
