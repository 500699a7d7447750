/** What the member tells by the link: each the same event as on the receiver's side, in the member's name. */
import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import { toUuid } from '../platform/ids.ts'
import type { Stage } from '../reciprocity/balance.ts'
import { textsOf, nextUpdate, patchCards, patchValues } from './cards.ts'
import { claimStage } from './claim.ts'
import type { Referral } from './contract-referral.ts'
import { forgetReferral } from './forget.ts'
import { isOpen, type Status } from './lifecycle.ts'
import { deletionMail, type LinkTarget } from './member-consent.ts'
import { recordNoShow } from './record-no-show.ts'
import { recordVisit } from './record-visit.ts'
import { reportLeft } from './report-left.ts'
import { rescheduleVisit, scheduleVisit } from './schedule.ts'
import { startTrial } from './start-trial.ts'
import { lock } from './transition.ts'

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

/**
 * Erases the words about the member after the end, on both sides, and every kept answer; what was counted stays.
 * @throws Problem `illegal_transition` before the end: there the member withdraws consent
 */
export const eraseMember = (ctx: Ctx, { senderId, referralId }: LinkTarget): Promise<void> =>
  mutate(ctx, 'referrals:write', async (tx) => {
    const locked = await lock(tx, senderId, referralId)
    const { mine, holders } = locked
    if (isOpen(mine.status as Status)) throw new Problem('illegal_transition', 'The referral is open still.')
    const hadWords = (await textsOf(ctx, tx, senderId, referralId)).size > 0
    // No event of the life, which is over; who reads by ETag or by `updatedAfter` learns that there is less to see.
    const patch = { erasedAt: tx.now, updatedAt: nextUpdate(mine, tx.now) }
    await tx.write(forgetReferral, [toUuid(referralId), holders.map(toUuid)])
    await tx.write(patchCards, patchValues(referralId, [...holders], patch))
    return {
      result: undefined,
      events: [
        ...holders.map((spaceId) => ({ spaceId, topic: 'member.erased', subjectId: referralId })),
        ...(hadWords ? deletionMail(locked) : []),
      ],
      audit: { action: 'eraseMember', objectId: referralId, spaceId: senderId },
    }
  })
