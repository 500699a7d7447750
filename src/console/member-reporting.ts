import type { Wording } from '../events/wording.ts'
import type { Ctx } from '../platform/context.ts'
import { instant, millisOf } from '../platform/clock.ts'
import { Problem } from '../platform/errors.ts'
import { stages } from '../reciprocity/balance.ts'
import { eraseMember } from '../referrals/erase.ts'
import { grantConsent, refuseConsent, revokeConsent, type LinkTarget } from '../referrals/member-consent.ts'
import {
  memberClaims,
  memberRecordsNoShow,
  memberRecordsVisit,
  memberReportsLeft,
  memberReschedules,
  memberSchedules,
  memberStartsTrial,
} from '../referrals/member-reports.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Act } from './member-offers.ts'
import { instantAt, isDay, wallDayAt } from './space-time.ts'

/** What a form of the member's page brought. */
interface Pressed {
  readonly ctx: Ctx
  readonly target: LinkTarget
  readonly whole: WholeReferral
  /** In whose words a fault is told. */
  readonly wording: Wording
  /** What stood in the form's one field; empty when there was none. */
  readonly typed: string
}

/** Brings it about, or answers what is wrong with what was typed. */
type Reporting = (pressed: Pressed) => Promise<string | null>

const plainly =
  (verb: (ctx: Ctx, target: LinkTarget) => Promise<unknown>): Reporting =>
  async ({ ctx, target }) => {
    await verb(ctx, target)
    return null
  }

/** Takes the day and time by the clock of the receiver: there the member is expected. */
const arranging =
  (verb: typeof memberSchedules): Reporting =>
  async ({ ctx, target, whole: { card, receiver }, wording: { t, timeInWords }, typed }) => {
    const at = instantAt(receiver.timezone, typed)
    if (at === null) return t('page.fault.noTime')
    // Pressed twice, or sent as it stood: nobody is told of a move that is none.
    if (card.scheduledFor !== null && millisOf(card.scheduledFor) === at) return null
    const latest = millisOf(card.acceptedAt ?? card.createdAt) + ctx.policy.active
    return toldBy(verb(ctx, target, instant(at)), () =>
      at <= ctx.clock.now()
        ? t('page.fault.pastTime')
        : t('page.fault.lateTime', { until: timeInWords(receiver.timezone, latest) }),
    )
  }

const recordingVisit: Reporting = async ({ ctx, target, whole: { receiver }, wording: { t }, typed }) => {
  if (!isDay(typed)) return t('page.fault.noDay')
  if (typed > wallDayAt(receiver.timezone, ctx.clock.now())) return t('page.fault.futureDay')
  return toldBy(memberRecordsVisit(ctx, target, typed), () => t('page.fault.earlyDay'))
}

/** What a verb does not take of a field is told beside it. */
const toldBy = async (report: Promise<unknown>, fault: () => string): Promise<string | null> => {
  try {
    await report
    return null
  } catch (error) {
    if (isInvalid(error)) return fault()
    throw error
  }
}

const isInvalid = (error: unknown) => error instanceof Problem && error.code === 'validation_failed'

/** A stage that is told already, or that the page never offered, changes nothing: the page says how things stand. */
const claiming: Reporting = async ({ ctx, target, typed }) => {
  const stage = stages.find((one) => one === typed)
  if (stage) await toldBy(memberClaims(ctx, target, stage), () => '')
  return null
}

/** Every form of the page, by the last part of its address. */
export const reportings: Readonly<Record<Act['name'], Reporting>> = {
  grant: plainly(grantConsent),
  refuse: plainly(refuseConsent),
  revoke: plainly(revokeConsent),
  schedule: arranging(memberSchedules),
  reschedule: arranging(memberReschedules),
  'record-no-show': plainly(memberRecordsNoShow),
  'record-visit': recordingVisit,
  'start-trial': plainly(memberStartsTrial),
  claim: claiming,
  'report-left': plainly(memberReportsLeft),
  erase: plainly(eraseMember),
}
