/** What the clock brings about, one step for each of its events. */
import { instant, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import type { Happening, WriteTx } from '../platform/database/door.ts'
import { resumed } from './answer.ts'
import { forgetDraft } from './forget.ts'
import type { ReferralEvent, Status } from './lifecycle.ts'
import { landing, levelByMember } from './outcome.ts'
import { resolved } from './resolve.ts'
import { absenceOf, hostingPolicyOf } from './submission.ts'
import type { InHand, Step } from './step.ts'

type ClockStep = (referral: InHand, tx: WriteTx, ctx: Ctx) => Step | Promise<Step>

const stays = ({ mine }: InHand) => mine.status as Status

const mail = ({ mine, senderId }: InHand, topic: `mail.${string}`): Happening[] => [
  { spaceId: senderId, topic, subjectId: mine.id, deliver: true },
]

export const clockSteps = {
  abandon: async ({ mine }, tx) => {
    await forgetDraft(tx, mine)
    return { to: 'withdrawn' }
  },
  expire: (referral) => ({ to: 'expired', events: mail(referral, 'mail.expired') }),
  resume: ({ mine }, tx, { policy }) => ({ to: 'sent', patch: resumed(mine, policy, tx.now) }),
  remind: (referral) => ({ to: stays(referral), events: mail(referral, 'mail.reminder') }),
  postpone: async (referral, tx, { policy }) => {
    const { awayUntil } = await hostingPolicyOf(tx, referral.receiverId)
    const absence = absenceOf(awayUntil, policy.absence, millisOf(tx.now))
    const answerBy = instant(millisOf(referral.mine.answerBy ?? tx.now) + absence)
    return { to: stays(referral), patch: { answerBy, awayDelayed: true } }
  },
  overdue: (referral, tx) => ({
    to: stays(referral),
    patch: { overdueAt: tx.now },
    events: mail(referral, 'mail.overdue'),
  }),
  end: () => ({ to: 'closed', reason: 'unknown', patch: { outcome: 'unknown' } }),
  'confirm-withdrawal': () => ({ to: 'withdrawn' }),
  'post-claim': ({ mine }, tx) => ({
    ...landing(mine, mine.claim?.stage ?? 'none', tx.now),
    ...(mine.claim && { reason: mine.claim.stage }),
  }),
  resolve: (referral, tx) => resolved(referral, tx.now, (dispute) => levelByMember(dispute, referral.mine)),
  'confirm-join': (referral, tx) => ({
    to: stays(referral),
    patch: { joinConfirmedAt: tx.now },
    move: { confirms: true },
  }),
  release: (referral) => ({ to: stays(referral), move: { releases: true } }),
} as const satisfies Partial<Record<ReferralEvent, ClockStep>>

export type ClockEvent = keyof typeof clockSteps

export const isClockEvent = (event: string | null): event is ClockEvent =>
  event !== null && Object.hasOwn(clockSteps, event)
