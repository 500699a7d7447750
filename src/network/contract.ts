import { z } from 'zod'
import {
  applicationId,
  cursor,
  exampleId,
  exampleMoment,
  limit,
  pageOf,
  prose,
} from '../platform/contract.ts'
import type { Operation } from '../platform/operation.ts'
import {
  application,
  applicationStatuses,
  exampleApplication,
  submission,
  submitted,
  type Application,
} from './contract-application.ts'

const params = z.strictObject({ applicationId })
const reason = z.strictObject({ reason: prose(1000).min(1) })

const answered = (description: string, change: Partial<Application> = {}) =>
  ({
    200: { description, schema: application, example: { ...exampleApplication, ...change } },
  }) as const

export const submitApplication = {
  id: 'submitApplication',
  method: 'POST',
  path: '/v1/applications',
  tag: 'Network',
  summary: 'Ask to be taken in',
  description:
    'For everybody, without a token: with the profile of a new space, or the claim of one that stands in the directory. ' +
    'The answer is the same whether the address is known here or not; the mail tells. An address takes 5 in an hour.',
  body: submission,
  bodyExample: {
    contact: { name: 'Léa Martin', email: 'lea@nave.example' },
    space: { name: 'Nave', city: 'Lyon', countryCode: 'FR' },
    statement: 'Designers and printers around one courtyard.',
  },
  answers: {
    201: {
      description: 'Written down; it counts once the address is confirmed by the link in the mail.',
      schema: submitted,
      example: { id: exampleId('app'), status: 'unconfirmed', confirmBy: exampleMoment },
    },
  },
  problems: [],
} as const satisfies Operation

const query = z.strictObject({
  status: z.enum(applicationStatuses).exactOptional().meta({ description: 'Only those that stand so.' }),
  cursor: cursor.exactOptional(),
  limit,
})
export type ApplicationQuery = z.infer<typeof query>

export const listApplications = {
  id: 'listApplications',
  method: 'GET',
  path: '/v1/applications',
  tag: 'Network',
  summary: 'Who asks to be taken in',
  description:
    'The steward sees all, spaces of the network (`network:read`) those that are pending or were admitted, everybody their own.',
  scope: 'any',
  query,
  answers: {
    200: {
      description:
        'Applications. Those that are pending stand in a queue, the oldest first; of the decided ones the last decision comes first, ' +
        'and without `status` the newest application.',
      schema: pageOf(application, 'ApplicationPage'),
      example: { data: [exampleApplication], nextCursor: null },
      headers: ['Link'],
    },
  },
  problems: ['invalid_cursor'],
} as const satisfies Operation

export const getApplication = {
  id: 'getApplication',
  method: 'GET',
  path: '/v1/applications/{applicationId}',
  tag: 'Network',
  summary: 'Read an application',
  scope: 'any',
  params,
  answers: answered('The application.'),
  problems: [],
} as const satisfies Operation

export const vouchForApplication = {
  id: 'vouchForApplication',
  method: 'POST',
  path: '/v1/applications/{applicationId}/vouch',
  tag: 'Network',
  summary: 'Speak for a space',
  description:
    'For spaces that are established. As many vouches as the network asks for take the space in, on probation; two given ' +
    'after that end the probation. A second vouch of one space, or of one operator or owner, changes nothing; ' +
    'a vouch counts while the space that gave it is in the network.',
  scope: 'network:vouch',
  params,
  answers: answered('The application as it stands now.'),
  problems: ['wrong_standing', 'space_not_admitted', 'space_suspended'],
} as const satisfies Operation

export const admitApplication = {
  id: 'admitApplication',
  method: 'POST',
  path: '/v1/applications/{applicationId}/admit',
  tag: 'Network',
  summary: 'Take a space in',
  description:
    'Established at once. For a claim that is not proven yet, this is the proof; the space is in the hands of who claimed it from now on.',
  scope: 'network:admin',
  params,
  answers: answered('The application, admitted.', { status: 'admitted', decidedAt: exampleMoment }),
  problems: ['wrong_standing'],
} as const satisfies Operation

export const rejectApplication = {
  id: 'rejectApplication',
  method: 'POST',
  path: '/v1/applications/{applicationId}/reject',
  tag: 'Network',
  summary: 'Reject an application',
  description:
    'The applicant is told the reason, and may apply again. A new space prepares no referrals until then.',
  scope: 'network:admin',
  params,
  body: reason,
  bodyExample: { reason: 'Your web page is of another firm.' },
  answers: answered('The application, rejected.', {
    status: 'rejected',
    reason: 'Your web page is of another firm.',
    decidedAt: exampleMoment,
  }),
  problems: ['wrong_standing'],
} as const satisfies Operation

export const withdrawApplication = {
  id: 'withdrawApplication',
  method: 'POST',
  path: '/v1/applications/{applicationId}/withdraw',
  tag: 'Network',
  summary: 'Withdraw my application',
  scope: 'spaces:write',
  params,
  answers: answered('The application, withdrawn.', { status: 'withdrawn', decidedAt: exampleMoment }),
  problems: ['wrong_standing'],
} as const satisfies Operation

export const proveApplication = {
  id: 'proveApplication',
  method: 'POST',
  path: '/v1/applications/{applicationId}/prove',
  tag: 'Network',
  summary: 'Prove that a claimed space is mine',
  description:
    'Waggle looks for the token of `wellKnown` at its address, once. Redirects are not followed. The space is in your hands ' +
    'once the network takes it in.',
  scope: 'spaces:write',
  params,
  answers: answered('The application, proven.', {
    kind: 'claim',
    proof: 'well_known',
    provedAt: exampleMoment,
  }),
  problems: ['wrong_standing', 'proof_not_found'],
} as const satisfies Operation
