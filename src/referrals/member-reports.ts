/** What the member tells by the link: each the same event as on the receiver's side, in the member's name. */
import type { Ctx } from '../platform/context.ts'
import type { Stage } from '../reciprocity/balance.ts'
import { claimStage } from './claim.ts'
import type { Referral } from './contract-referral.ts'
import type { LinkTarget } from './member-consent.ts'
import { recordNoShow } from './record-no-show.ts'
import { recordVisit } from './record-visit.ts'
import { reportLeft } from './report-left.ts'
import { rescheduleVisit, scheduleVisit } from './schedule.ts'
import { startTrial } from './start-trial.ts'

const asMember = ({ senderId }: LinkTarget) => ({
  as: { spaceId: senderId, party: 'member' as const },
})

/** @param at when the visit is arranged for, RFC 3339 */
export const memberSchedules = (ctx: Ctx, target: LinkTarget, at: string): Promise<Referral> =>
  scheduleVisit(ctx, target.referralId, at, asMember(target))

export const memberReschedules = (ctx: Ctx, target: LinkTarget, at: string): Promise<Referral> =>
  rescheduleVisit(ctx, target.referralId, at, asMember(target))

export const memberRecordsNoShow = (ctx: Ctx, target: LinkTarget): Promise<Referral> =>
  recordNoShow(ctx, target.referralId, asMember(target))

/** @param on the day of the visit */
export const memberRecordsVisit = (ctx: Ctx, target: LinkTarget, on: string): Promise<Referral> =>
  recordVisit(ctx, target.referralId, on, asMember(target))

export const memberStartsTrial = (ctx: Ctx, target: LinkTarget): Promise<Referral> =>
  startTrial(ctx, target.referralId, asMember(target))

export const memberClaims = (ctx: Ctx, target: LinkTarget, stage: Stage): Promise<Referral> =>
  claimStage(ctx, target.referralId, stage, asMember(target))

export const memberReportsLeft = (ctx: Ctx, target: LinkTarget): Promise<Referral> =>
  reportLeft(ctx, target.referralId, asMember(target))
