/** The shapes of a referral: what is sent, what a card shows, what one referral shows. */
import { z } from 'zod'
import {
  code,
  currency,
  day,
  exampleDay,
  exampleId,
  exampleMoment,
  language,
  line,
  moment,
  openEnum,
  prose,
  referralId,
  spaceId,
} from '../platform/contract.ts'
import { nudge } from '../reciprocity/contract.ts'

export const statuses = [
  'draft',
  'awaiting_consent',
  'sent',
  'info_requested',
  'accepted',
  'scheduled',
  'visited',
  'trial',
  'closed',
  'declined',
  'expired',
  'withdrawn',
  'forwarded',
  'consent_revoked',
] as const
export const clockEvents = [
  'abandon',
  'expire',
  'resume',
  'remind',
  'postpone',
  'confirm-withdrawal',
  'overdue',
  'end',
  'post-claim',
  'resolve',
  'confirm-join',
  'release',
] as const
export const phases = ['preparing', 'pending', 'active', 'closed'] as const
const stays = ['visit', 'temporary', 'relocate', 'join'] as const
export const declineReasons = [
  'no_capacity',
  'not_a_fit',
  'out_of_area',
  'dates_unavailable',
  'incomplete_info',
  'duplicate',
  'already_member',
  'vetting_concern',
  'house_rules',
  'paused',
  'other',
] as const
export const outcomes = ['joined', 'completed', 'not_joined', 'no_show', 'unreachable', 'unknown'] as const
export const notJoinedReasons = [
  'price',
  'location',
  'timing',
  'chose_other',
  'changed_mind',
  'other',
] as const
export const stages = ['visited', 'trial', 'joined'] as const
export const levels = ['none', ...stages] as const
export const termsKinds = ['free', 'discount', 'full_price'] as const

export const externalRef = line(64).meta({
  description: 'Your own reference: unique among your referrals, never shown to the other side.',
})
const phone = z
  .string()
  .regex(/^\+[1-9][0-9 ().-]{5,28}$/)
  .max(30)
  .meta({
    description: 'With the country code (E.164; blanks and dashes are allowed).',
    examples: ['+33 6 12 34 56 78'],
  })

const member = z
  .strictObject({ name: line(120), email: z.email().max(254).exactOptional(), phone: phone.exactOptional() })
  .meta({
    id: 'Member',
    description: 'The person referred; `email` or `phone` is required. Sealed until the receiver accepts.',
  })

const needs = z
  .object({
    deskKind: z.enum(['hot_desk', 'fixed_desk', 'private_office', 'meeting_room']).exactOptional(),
    daysPerWeek: z.int().min(1).max(7).exactOptional(),
    from: day.exactOptional(),
    to: day.exactOptional(),
    amenities: z.array(code).max(30).exactOptional(),
    languages: z.array(language).max(10).exactOptional(),
    budget: z
      .strictObject({
        amount: z.int().min(0).max(1_000_000),
        currency,
        period: z.enum(['hour', 'day', 'week', 'month', 'year']),
      })
      .exactOptional(),
  })
  .strict()
  .meta({ id: 'Needs', description: 'What the member needs: choices and numbers.' })

const brief = z
  .strictObject({
    summary: prose(500).min(1).meta({ description: 'Who would come and why, without saying who it is.' }),
    stay: z.enum(stays).default('visit'),
    needs: needs.exactOptional(),
  })
  .meta({ id: 'Brief', description: 'The anonymous fit card: all that the receiver sees before accepting.' })

const attestedConsent = z
  .strictObject({
    kind: z.literal('attested'),
    obtainedOn: day,
    how: z.enum(['in_person', 'by_phone', 'by_mail', 'in_writing']),
    named: z.boolean().default(false),
  })
  .meta({
    id: 'AttestedConsent',
    description: 'You state how and when the member agreed; the member is told at once.',
  })

const linkConsent = z.strictObject({ kind: z.literal('link'), named: z.boolean().default(false) }).meta({
  id: 'LinkConsent',
  description: 'Waggle mails the member a link; the referral is sent when the member agrees.',
})

const consent = z.discriminatedUnion('kind', [attestedConsent, linkConsent])

export const sendBody = z
  .strictObject({
    toSpaceId: spaceId,
    member,
    brief,
    consent,
    note: prose(1_000).exactOptional().meta({ description: 'Your recommendation; shown with the brief.' }),
    externalRef: externalRef.exactOptional(),
    draft: z.boolean().default(false).meta({ description: 'True keeps it a draft, to be submitted later.' }),
  })
  .meta({ id: 'NewReferral' })
export type SendBody = z.output<typeof sendBody>

const peer = z
  .object({
    id: spaceId,
    name: z.string().max(120),
    slug: z.string().max(100),
    city: z.string().max(120),
    countryCode: z.string().max(2),
  })
  .meta({ id: 'Peer', description: 'The space on the other side.' })

/** What is awaited, of whom, and until when. */
const clockFields = {
  nextDue: openEnum(clockEvents)
    .nullable()
    .meta({ description: 'What happens by itself if nobody acts; null when nothing is awaited any more.' }),
  nextDueAt: moment.nullable(),
  waitingFor: openEnum(['sender', 'receiver', 'member', 'steward'])
    .nullable()
    .meta({ description: 'Whose move it is.' }),
  answerBy: moment
    .nullable()
    .meta({ description: 'Until when the member, then the receiver, is to answer.' }),
  overdueAt: moment.nullable().meta({ description: 'Set while the receiver has told nothing for too long.' }),
  scheduledFor: moment.nullable(),
  noShows: z.int().min(0).max(100),
  withdrawalRequestedAt: moment.nullable(),
}

const objectionFields = {
  joinedAt: moment.nullable(),
  joinConfirmedAt: moment.nullable().meta({ description: 'From then on the join is no longer provisional.' }),
  leftAt: moment.nullable(),
  heldUntil: moment
    .nullable()
    .meta({ description: 'Until when its points wait for the end of a probation.' }),
  claim: z
    .object({ stage: openEnum(stages), by: openEnum(['sender', 'member']), at: moment })
    .meta({ id: 'Claim', description: 'It counts unless the receiver objects in time.' })
    .nullable(),
  dispute: z
    .object({
      by: openEnum(['sender', 'receiver']),
      at: moment,
      contested: openEnum(levels).meta({ description: 'What was reported or claimed.' }),
      asserted: openEnum(levels).meta({ description: 'What is said against it.' }),
      resolution: openEnum(['upheld', 'reversed']).nullable(),
      resolvedAt: moment.nullable(),
    })
    .meta({ id: 'Dispute' })
    .nullable(),
}

const forwardingFields = {
  originId: spaceId.meta({ description: 'The space that sent the member first.' }),
  childId: referralId.nullable().meta({ description: 'The referral that began when it was forwarded.' }),
  forwardedToId: spaceId.nullable(),
  finalOutcome: openEnum([...outcomes, 'declined', 'expired', 'withdrawn', 'consent_revoked'])
    .nullable()
    .meta({ description: 'What became of a referral that was forwarded.' }),
}

/** What lists carry: facts of the card, no words about the person. */
const cardFields = {
  id: referralId,
  role: z.enum(['sender', 'receiver']).meta({ description: 'Your side.' }),
  peer,
  phase: z.enum(phases),
  status: openEnum(statuses),
  version: z.int().min(1).max(1_000_000),
  stay: openEnum(stays),
  needs,
  externalRef: z.string().max(64).nullable(),
  warnings: z.array(openEnum(['stay_not_accepted', 'blackout', 'short_notice'])).max(10),
  consent: z
    .object({
      kind: openEnum(['attested', 'link']),
      how: openEnum(['in_person', 'by_phone', 'by_mail', 'in_writing']).nullable(),
      obtainedOn: day.nullable(),
      named: z.boolean(),
      grantedAt: moment.nullable(),
      noticeAt: moment.nullable(),
    })
    .meta({ id: 'Consent' }),
  contactOpen: z.boolean().meta({ description: 'Whether reading the referral shows you the member.' }),
  declineReason: openEnum(declineReasons).nullable(),
  redirectToSpaceId: spaceId.nullable(),
  termsKind: openEnum(termsKinds).nullable(),
  visitedOn: day.nullable(),
  outcome: openEnum(outcomes).nullable(),
  outcomeReason: openEnum(notJoinedReasons).nullable(),
  reached: openEnum(stages)
    .nullable()
    .meta({ description: 'How far it came, as far as that stands reported.' }),
  ...clockFields,
  ...objectionFields,
  ...forwardingFields,
  createdAt: moment,
  sentAt: moment.nullable(),
  acceptedAt: moment.nullable(),
  closedAt: moment.nullable(),
  updatedAt: moment,
}

export const card = z.object(cardFields).meta({ id: 'ReferralCard' })
export type Card = z.output<typeof card>

export const referral = z
  .object({
    ...cardFields,
    brief: z.object({ summary: z.string().max(500), stay: openEnum(stays), needs }).nullable(),
    note: z.string().max(1_000).nullable(),
    member: z
      .object({
        name: z.string().max(120),
        email: z.string().max(254).nullable(),
        phone: z.string().max(30).nullable(),
      })
      .nullable()
      .meta({
        description: 'Shown on reading the referral only, and to the receiver after acceptance only.',
      }),
    message: z.string().max(1_000).nullable(),
    termsNote: z.string().max(500).nullable(),
    declineNote: z.string().max(500).nullable(),
    question: z.string().max(1_000).nullable().meta({ description: 'What the receiver asked last.' }),
    answer: z.string().max(1_000).nullable(),
    disputeNote: z.string().max(1_000).nullable(),
    memberUrl: z
      .string()
      .max(300)
      .nullable()
      .meta({ description: 'For the sender of a member without e-mail: pass it on, then confirm it.' }),
    inviteUrl: z
      .string()
      .max(300)
      .nullable()
      .meta({ description: 'For a space that is not in the network yet: pass it on. Valid for 14 days.' }),
    nudge: nudge.nullable().meta({
      description: 'In the answer to an acceptance: your space has taken in far more than it gave.',
    }),
  })
  .meta({ id: 'Referral' })
export type Referral = z.output<typeof referral>

const examplePeer = {
  id: exampleId('spc'),
  name: 'Atelier du Quai',
  slug: 'atelier-du-quai-lyon',
  city: 'Lyon',
  countryCode: 'FR',
}

export const exampleCard: Card = {
  id: exampleId('ref'),
  role: 'sender',
  peer: examplePeer,
  phase: 'pending',
  status: 'sent',
  version: 1,
  stay: 'relocate',
  needs: { deskKind: 'fixed_desk', daysPerWeek: 4, amenities: ['quiet_room'] },
  externalRef: 'crm-1042',
  warnings: [],
  consent: {
    kind: 'attested',
    how: 'in_person',
    obtainedOn: exampleDay,
    named: false,
    grantedAt: null,
    noticeAt: null,
  },
  contactOpen: true,
  declineReason: null,
  redirectToSpaceId: null,
  termsKind: null,
  visitedOn: null,
  outcome: null,
  outcomeReason: null,
  reached: null,
  nextDue: 'remind',
  nextDueAt: exampleMoment,
  waitingFor: 'receiver',
  answerBy: exampleMoment,
  overdueAt: null,
  scheduledFor: null,
  noShows: 0,
  withdrawalRequestedAt: null,
  joinedAt: null,
  joinConfirmedAt: null,
  leftAt: null,
  heldUntil: null,
  claim: null,
  dispute: null,
  originId: exampleId('spc'),
  childId: null,
  forwardedToId: null,
  finalOutcome: null,
  createdAt: exampleMoment,
  sentAt: exampleMoment,
  acceptedAt: null,
  closedAt: null,
  updatedAt: exampleMoment,
}

export const exampleReferral: Referral = {
  ...exampleCard,
  brief: {
    summary: 'Illustrator, moving to Lyon in March, wants quiet and daylight',
    stay: 'relocate',
    needs: exampleCard.needs,
  },
  note: 'She organised our drawing nights.',
  member: null,
  message: null,
  termsNote: null,
  declineNote: null,
  question: null,
  answer: null,
  disputeNote: null,
  memberUrl: null,
  inviteUrl: null,
  nudge: null,
}
