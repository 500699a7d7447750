/** The transitions of a referral: one event, one operation, the referral as answer. */
import { z } from 'zod'
import {
  day,
  exampleDay,
  exampleId,
  exampleMoment,
  moment,
  prose,
  referralId,
  spaceId,
} from '../platform/contract.ts'
import type { Operation } from '../platform/operation.ts'
import { declineReasons, levels, notJoinedReasons, outcomes, stages, termsKinds } from './contract-choices.ts'
import { exampleReferral, referral, type Referral } from './contract-referral.ts'

const tag = 'Referrals'
const one = z.strictObject({ referralId })
const answered = (description: string, example: Referral = exampleReferral) =>
  ({
    200: { description, schema: referral, example, headers: ['ETag'] },
  }) as const

/** What every transition shares. */
const transition = { method: 'POST', tag, scope: 'referrals:write', params: one } as const
const refusals = ['illegal_transition', 'precondition_failed'] as const

/** Of what begins something. */
const noBeginning = ['space_not_admitted', 'space_suspended'] as const

export const submitReferral = {
  ...transition,
  id: 'submitReferral',
  path: '/v1/referrals/{referralId}/submit',
  summary: 'Submit a draft',
  answers: answered('The referral, sent or awaiting the member’s consent.'),
  problems: [...refusals, 'receiver_paused', ...noBeginning],
} as const satisfies Operation

export const confirmNotice = {
  ...transition,
  id: 'confirmNotice',
  path: '/v1/referrals/{referralId}/confirm-notice',
  summary: 'Confirm that you passed the member’s link on',
  description: 'For a member without e-mail: until then the contact stays sealed to the receiver.',
  answers: answered('The referral.'),
  problems: [...refusals],
} as const satisfies Operation

export const renewMemberLink = {
  ...transition,
  id: 'renewMemberLink',
  path: '/v1/referrals/{referralId}/renew-member-link',
  summary: 'Stop the member’s link and give them a new one',
  description:
    'The link before answers 410 from then on. The new one is mailed to the member; for a member without e-mail it is the `memberUrl` of this answer, for you to pass on. The life of the referral is not touched: no deadline moves, and a notice that was given stays given. Possible for the sender, from submission on until the words about the member are erased.',
  answers: answered('The referral.'),
  problems: [...refusals, 'too_many_requests'],
} as const satisfies Operation

export const acceptReferral = {
  ...transition,
  id: 'acceptReferral',
  path: '/v1/referrals/{referralId}/accept',
  summary: 'Accept a referral',
  description:
    'Opens the contact to you and introduces the member, the sender and you to each other by mail.',
  body: z
    .strictObject({
      terms: z
        .strictObject({ kind: z.enum(termsKinds), note: prose(500).exactOptional() })
        .meta({ id: 'Terms' })
        .exactOptional(),
      message: prose(1_000).exactOptional().meta({ description: 'Your words for the introduction.' }),
    })
    .meta({ id: 'Acceptance' }),
  bodyExample: {
    terms: { kind: 'free', note: 'The first week is on us.' },
    message: 'Ring at the blue door.',
  },
  answers: answered('The referral, accepted.', {
    ...exampleReferral,
    role: 'receiver',
    status: 'accepted',
    phase: 'active',
  }),
  problems: [...refusals, ...noBeginning],
} as const satisfies Operation

export const declineReferral = {
  ...transition,
  id: 'declineReferral',
  path: '/v1/referrals/{referralId}/decline',
  summary: 'Decline a referral',
  body: z
    .strictObject({
      reason: z.enum(declineReasons),
      note: prose(500)
        .exactOptional()
        .meta({ description: 'For the sender; required with the reason `other`.' }),
      redirectToSpaceId: spaceId.exactOptional().meta({ description: 'A space that would fit better.' }),
    })
    .meta({ id: 'Refusal' }),
  bodyExample: { reason: 'no_capacity', redirectToSpaceId: exampleId('spc') },
  answers: answered('The referral, declined.'),
  problems: [...refusals, 'identity_in_brief'],
} as const satisfies Operation

export const withdrawReferral = {
  ...transition,
  id: 'withdrawReferral',
  path: '/v1/referrals/{referralId}/withdraw',
  summary: 'Withdraw a referral that is not accepted yet',
  answers: answered('The referral, withdrawn.'),
  problems: [...refusals],
} as const satisfies Operation

export const recordVisit = {
  ...transition,
  id: 'recordVisit',
  path: '/v1/referrals/{referralId}/record-visit',
  summary: 'Record that the member came',
  body: z.strictObject({ on: day }).meta({ id: 'VisitReport' }),
  bodyExample: { on: exampleDay },
  answers: answered('The referral.'),
  problems: [...refusals],
} as const satisfies Operation

export const startTrial = {
  ...transition,
  id: 'startTrial',
  path: '/v1/referrals/{referralId}/start-trial',
  summary: 'Record that the member started a trial',
  answers: answered('The referral.'),
  problems: [...refusals],
} as const satisfies Operation

export const closeReferral = {
  ...transition,
  id: 'closeReferral',
  path: '/v1/referrals/{referralId}/close',
  summary: 'Close a referral with its outcome',
  body: z
    .strictObject({
      outcome: z.enum(outcomes),
      reason: z
        .enum(notJoinedReasons)
        .exactOptional()
        .meta({ description: 'Required with `not_joined`, and only there.' }),
    })
    .meta({ id: 'OutcomeReport' }),
  bodyExample: { outcome: 'joined' },
  answers: answered('The referral, closed.'),
  problems: [...refusals],
} as const satisfies Operation

export const askQuestion = {
  ...transition,
  id: 'askQuestion',
  path: '/v1/referrals/{referralId}/ask',
  summary: 'Ask the sender something before you decide',
  description:
    'The response clock stands still for the first question, for at most 3 days, unless the network’s policy says otherwise.',
  body: z.strictObject({ question: prose(1_000).min(1) }).meta({ id: 'Question' }),
  bodyExample: { question: 'Does she need a monitor?' },
  answers: answered('The referral, waiting for the sender.'),
  problems: [...refusals],
} as const satisfies Operation

export const answerQuestion = {
  ...transition,
  id: 'answerQuestion',
  path: '/v1/referrals/{referralId}/answer',
  summary: 'Answer the receiver’s question',
  body: z.strictObject({ answer: prose(1_000).min(1) }).meta({ id: 'Reply' }),
  bodyExample: { answer: 'No, a laptop is enough.' },
  answers: answered('The referral, with the receiver again.'),
  problems: [...refusals, 'identity_in_brief'],
} as const satisfies Operation

export const requestWithdrawal = {
  ...transition,
  id: 'requestWithdrawal',
  path: '/v1/referrals/{referralId}/request-withdrawal',
  summary: 'Ask to withdraw a referral that was accepted',
  description:
    'The receiver confirms it, or its silence does: of 3 days, unless the network’s policy says otherwise. A visit that is recorded meanwhile cancels it.',
  answers: answered('The referral.'),
  problems: [...refusals],
} as const satisfies Operation

export const confirmWithdrawal = {
  ...transition,
  id: 'confirmWithdrawal',
  path: '/v1/referrals/{referralId}/confirm-withdrawal',
  summary: 'Confirm that a referral is withdrawn',
  answers: answered('The referral, withdrawn.'),
  problems: [...refusals],
} as const satisfies Operation

export const forwardReferral = {
  ...transition,
  id: 'forwardReferral',
  path: '/v1/referrals/{referralId}/forward',
  summary: 'Pass the member on to a space that fits better',
  description:
    'Begins a referral of its own, for which Waggle asks the member by mail. Those who pass a member on share a fifth of what it brings; the space that sent the member first gets the rest.',
  body: z
    .strictObject({
      toSpaceId: spaceId,
      note: prose(1_000).exactOptional().meta({ description: 'Your recommendation; shown with the brief.' }),
    })
    .meta({ id: 'Forwarding' }),
  bodyExample: { toSpaceId: exampleId('spc'), note: 'They have the quiet room that we lack.' },
  answers: answered('The referral, forwarded; `childId` is the one that began.'),
  problems: [...refusals, 'receiver_paused', 'member_unreachable', ...noBeginning, 'identity_in_brief'],
} as const satisfies Operation

const appointment = z.strictObject({ at: moment }).meta({ id: 'Appointment' })

export const scheduleVisit = {
  ...transition,
  id: 'scheduleVisit',
  path: '/v1/referrals/{referralId}/schedule',
  summary: 'Record when the member will come',
  body: appointment,
  bodyExample: { at: exampleMoment },
  answers: answered('The referral, scheduled.'),
  problems: [...refusals],
} as const satisfies Operation

export const rescheduleVisit = {
  ...transition,
  id: 'rescheduleVisit',
  path: '/v1/referrals/{referralId}/reschedule',
  summary: 'Move the arranged visit',
  body: appointment,
  bodyExample: { at: exampleMoment },
  answers: answered('The referral.'),
  problems: [...refusals],
} as const satisfies Operation

export const recordNoShow = {
  ...transition,
  id: 'recordNoShow',
  path: '/v1/referrals/{referralId}/record-no-show',
  summary: 'Record that the member did not come',
  description: 'The second time closes the referral.',
  answers: answered('The referral.'),
  problems: [...refusals],
} as const satisfies Operation

export const claimStage = {
  ...transition,
  id: 'claimStage',
  path: '/v1/referrals/{referralId}/claim',
  summary: 'Say that the member came, when the receiver did not',
  description:
    'It counts after 14 days of the receiver’s silence, unless the network’s policy says otherwise; a different report by the receiver opens a dispute. A sender may claim `visited` only. Up to 14 days after the end it may be claimed as well, even if the referral was declined or forwarded after acceptance.',
  body: z.strictObject({ stage: z.enum(stages) }).meta({ id: 'StageClaim' }),
  bodyExample: { stage: 'visited' },
  answers: answered('The referral, with the claim.'),
  problems: [...refusals],
} as const satisfies Operation

export const reportLeft = {
  ...transition,
  id: 'reportLeft',
  path: '/v1/referrals/{referralId}/report-left',
  summary: 'Report that the member left soon after joining',
  description:
    'Within 30 days of joining, unless the network’s policy says otherwise. Reverses what joining brought.',
  answers: answered('The referral.'),
  problems: [...refusals],
} as const satisfies Operation

export const disputeOutcome = {
  ...transition,
  id: 'disputeOutcome',
  path: '/v1/referrals/{referralId}/dispute',
  summary: 'Object to a claim, or to what was reported',
  description:
    'By the receiver against an open claim; by either space within 14 days of the end, of a decision that came after it, or of a report that the member left. The sender says that it was more, the receiver that it was less; a receiver that says more after the end is believed at once. While a dispute by the receiver is open, the sender may answer with a stage above both accounts. The points concerned are in flight until the steward decides; after 30 days the member’s own report does. Both periods hold unless the network’s policy says otherwise.',
  body: z
    .strictObject({
      stage: z
        .enum(levels)
        .exactOptional()
        .meta({ description: 'What was reached by your account; required unless a claim is open.' }),
      note: prose(1_000).exactOptional().meta({ description: 'For the steward and the other side.' }),
    })
    .meta({ id: 'Objection' }),
  bodyExample: { stage: 'none', note: 'Nobody of that name has been here.' },
  answers: answered('The referral, in dispute.'),
  problems: [...refusals, 'identity_in_brief'],
} as const satisfies Operation
