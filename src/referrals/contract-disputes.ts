/** What the steward does about the disputes of the network. */
import { z } from 'zod'
import {
  cursor,
  exampleId,
  exampleMoment,
  limit,
  line,
  moment,
  pageOf,
  prose,
  openEnum,
  referralId,
} from '../platform/contract.ts'
import type { Operation } from '../platform/operation.ts'
import { dispute } from './contract-card.ts'
import { levels, outcomes, stages, statuses } from './contract-choices.ts'

const tag = 'Referrals'

const openDispute = z
  .object({
    referralId,
    version: z.int().min(1).max(1_000_000).meta({ description: 'Of the referral: decide on what you saw.' }),
    sender: line(200),
    receiver: line(200),
    by: openEnum(['sender', 'receiver']),
    at: moment,
    contested: openEnum(levels).meta({ description: 'What was reported or claimed.' }),
    asserted: openEnum(levels).meta({ description: 'What is said against it.' }),
    memberReport: openEnum([...stages, 'left'])
      .nullable()
      .meta({ description: 'What the member told; it decides when nobody else does.' }),
    decidedAt: moment
      .nullable()
      .meta({ description: 'When it is decided without you; null while something else comes first.' }),
    note: prose(1_000).nullable(),
    answer: prose(1_000).nullable().meta({ description: 'What the sender wrote to it.' }),
  })
  .meta({ id: 'OpenDispute' })
export type OpenDispute = z.infer<typeof openDispute>

export const listDisputes = {
  id: 'listDisputes',
  method: 'GET',
  path: '/v1/disputes',
  tag,
  summary: 'List what the steward has to decide',
  description: 'The disputes that are open, the oldest referral first, with what was written to the steward.',
  scope: 'network:admin',
  query: z.strictObject({ cursor: cursor.exactOptional(), limit }),
  answers: {
    200: {
      description: 'A page of disputes.',
      schema: pageOf(openDispute, 'OpenDisputePage'),
      example: {
        data: [
          {
            referralId: exampleId('ref'),
            version: 7,
            sender: 'Nave',
            receiver: 'La Traboule',
            by: 'receiver',
            at: exampleMoment,
            contested: 'visited',
            asserted: 'none',
            memberReport: null,
            decidedAt: exampleMoment,
            note: 'Nobody of that name has been here.',
            answer: null,
          },
        ],
        nextCursor: null,
      },
      headers: ['Link', 'ETag'],
    },
  },
  problems: ['invalid_cursor'],
} as const satisfies Operation

/** Of the referral; words about the member are not the steward's to read. */
const resolved = z
  .object({
    id: referralId,
    status: openEnum(statuses),
    outcome: openEnum(outcomes).nullable(),
    reached: openEnum(stages).nullable().meta({ description: 'Up to here the points count.' }),
    dispute: dispute.nullable(),
  })
  .meta({ id: 'ResolvedDispute' })

export const resolveDispute = {
  id: 'resolveDispute',
  method: 'POST',
  path: '/v1/referrals/{referralId}/resolve',
  tag,
  summary: 'Decide a dispute, as steward',
  scope: 'network:admin',
  params: z.strictObject({ referralId }),
  body: z
    .strictObject({
      decision: z
        .enum(['upheld', 'reversed'])
        .meta({ description: '`upheld`: what was contested stands; `reversed`: the other account does.' }),
      version: z
        .int()
        .min(1)
        .max(1_000_000)
        .exactOptional()
        .meta({ description: 'What you saw: refused when the accounts have changed since.' }),
    })
    .meta({ id: 'Decision' }),
  bodyExample: { decision: 'upheld', version: 7 },
  answers: {
    200: {
      description: 'How the referral stands by it.',
      schema: resolved,
      example: {
        id: exampleId('ref'),
        status: 'visited',
        outcome: null,
        reached: 'visited',
        dispute: {
          by: 'receiver',
          at: exampleMoment,
          contested: 'visited',
          asserted: 'none',
          decided: 'visited',
          resolution: 'upheld',
          resolvedAt: exampleMoment,
        },
      },
    },
  },
  problems: ['illegal_transition', 'precondition_failed'],
} as const satisfies Operation
