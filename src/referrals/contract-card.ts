/** What lists carry of a referral, and every single one shows: facts, no words about the person. */
import { z } from 'zod'
import {
  day,
  exampleDay,
  exampleId,
  exampleMoment,
  moment,
  openEnum,
  referralId,
  spaceId,
} from '../platform/contract.ts'
import {
  clockEvents,
  declineReasons,
  levels,
  needs,
  notJoinedReasons,
  outcomes,
  phases,
  stages,
  statuses,
  stays,
  termsKinds,
} from './contract-choices.ts'

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

export const dispute = z
  .object({
    by: openEnum(['sender', 'receiver']),
    at: moment,
    contested: openEnum(levels).meta({ description: 'What was reported or claimed.' }),
    asserted: openEnum(levels).meta({ description: 'What is said against it.' }),
    decided: openEnum(levels).nullable().meta({ description: 'What was decided to be so.' }),
    resolution: openEnum(['upheld', 'reversed']).nullable(),
    resolvedAt: moment.nullable(),
  })
  .meta({ id: 'Dispute' })

const objectionFields = {
  joinedAt: moment.nullable(),
  joinConfirmedAt: moment.nullable().meta({ description: 'From then on the join is no longer provisional.' }),
  leftAt: moment.nullable(),
  heldUntil: moment
    .nullable()
    .meta({ description: 'When the next of its points that wait for the end of a probation are set free.' }),
  memberReport: openEnum([...stages, 'left'])
    .nullable()
    .meta({ description: 'What the member told by the link; in a dispute it may decide.' }),
  claim: z
    .object({ stage: openEnum(stages), by: openEnum(['sender', 'member']), at: moment })
    .meta({ id: 'Claim', description: 'It counts unless the receiver objects in time.' })
    .nullable(),
  dispute: dispute.nullable(),
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
export const cardFields = {
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
  memberReport: null,
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
