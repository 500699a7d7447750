import { z } from 'zod'
import {
  code,
  cursor,
  eventId,
  exampleDay,
  exampleId,
  exampleMoment,
  limit,
  moment,
  openEnum,
  pageOf,
  referralId,
} from '../platform/contract.ts'
import type { Operation } from '../platform/operation.ts'
import { card, exampleCard } from './contract-card.ts'
import { phases } from './contract-choices.ts'
import { exampleReferral, externalRef, referral, sendBody, type Referral } from './contract-referral.ts'

const tag = 'Referrals'
const one = z.strictObject({ referralId })
const answered = (description: string, example: Referral = exampleReferral) =>
  ({
    200: { description, schema: referral, example, headers: ['ETag'] },
  }) as const

export const sendReferral = {
  id: 'sendReferral',
  method: 'POST',
  path: '/v1/referrals',
  tag,
  summary: 'Refer a member to another space',
  description:
    'With attested consent the referral is sent at once, with consent by link when the member agrees. To a space outside the network it stays a draft with an `inviteUrl`.',
  scope: 'referrals:write',
  body: sendBody,
  bodyExample: {
    toSpaceId: exampleId('spc'),
    member: { name: 'Ada L.', email: 'ada@example.org' },
    brief: {
      summary: 'Illustrator, moving to Lyon in March, wants quiet and daylight',
      stay: 'relocate',
      needs: { deskKind: 'fixed_desk', daysPerWeek: 4, amenities: ['quiet_room'] },
    },
    consent: { kind: 'attested', obtainedOn: exampleDay, how: 'in_person' },
    note: 'She organised our drawing nights.',
  },
  answers: {
    201: {
      description: 'The referral.',
      schema: referral,
      example: exampleReferral,
      headers: ['ETag', 'Location'],
    },
  },
  problems: [
    'receiver_paused',
    'identity_in_brief',
    'external_ref_taken',
    'space_not_admitted',
    'space_suspended',
  ],
} as const satisfies Operation

export const listReferrals = {
  id: 'listReferrals',
  method: 'GET',
  path: '/v1/referrals',
  tag,
  summary: 'List what you sent or received',
  description:
    'Newest first; with `updatedAfter`, in the order of change. Lists never carry words about the member.',
  scope: 'referrals:read',
  query: z.strictObject({
    box: z.enum(['sent', 'received']).meta({ description: 'What your space sent, or what it received.' }),
    phase: z.enum(phases).exactOptional().meta({ description: 'Only referrals in this phase.' }),
    status: code.exactOptional().meta({ description: 'Only referrals with this status.' }),
    // Spelled out: beside a reference to a component the description would be lost.
    updatedAfter: z.iso
      .datetime()
      .max(30)
      .exactOptional()
      .meta({ description: 'Only what changed later; the order is then that of change.' }),
    externalRef: externalRef.exactOptional(),
    cursor: cursor.exactOptional(),
    limit,
  }),
  answers: {
    200: {
      description: 'A page of referrals.',
      schema: pageOf(card, 'ReferralPage'),
      example: { data: [exampleCard], nextCursor: null },
      headers: ['Link', 'ETag'],
    },
  },
  problems: ['invalid_cursor'],
} as const satisfies Operation

export const getReferral = {
  id: 'getReferral',
  method: 'GET',
  path: '/v1/referrals/{referralId}',
  tag,
  summary: 'Read one referral',
  description:
    'The member is shown to a token that also holds `members:read`; opening the contact is noted in the audit log.',
  scope: 'referrals:read',
  params: one,
  answers: answered('The referral, with the member where you may see them.', {
    ...exampleReferral,
    member: { name: 'Ada L.', email: 'ada@example.org', phone: null },
  }),
  problems: [],
} as const satisfies Operation

const referralEvent = z
  .object({
    id: eventId,
    seq: z.int().min(1).max(1_000_000),
    event: openEnum(['send', 'submit', 'accept', 'decline']),
    fromStatus: z.string().max(40).nullable(),
    toStatus: z.string().max(40),
    actor: openEnum(['sender', 'receiver', 'member', 'steward', 'clock']),
    reason: z.string().max(40).nullable(),
    at: moment,
  })
  .meta({ id: 'ReferralEvent' })

export const listReferralEvents = {
  id: 'listReferralEvents',
  method: 'GET',
  path: '/v1/referrals/{referralId}/events',
  tag,
  summary: 'What happened to a referral, in order',
  scope: 'referrals:read',
  params: one,
  query: z.strictObject({ cursor: cursor.exactOptional(), limit }),
  answers: {
    200: {
      description: 'A page of events, oldest first.',
      schema: pageOf(referralEvent, 'ReferralEventPage'),
      example: {
        data: [
          {
            id: exampleId('evt'),
            seq: 1,
            event: 'submit',
            fromStatus: null,
            toStatus: 'sent',
            actor: 'sender',
            reason: null,
            at: exampleMoment,
          },
        ],
        nextCursor: null,
      },
      headers: ['Link', 'ETag'],
    },
  },
  problems: ['invalid_cursor'],
} as const satisfies Operation
