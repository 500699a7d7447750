import { z } from 'zod'
import {
  applicationId,
  countryCode,
  cursor,
  exampleId,
  exampleMoment,
  limit,
  line,
  moment,
  openEnum,
  pageOf,
  prose,
  spaceId,
} from '../platform/contract.ts'
import type { Operation } from '../platform/operation.ts'
import { geo, profileFields } from '../spaces/contract-profile.ts'

export const applicationStatuses = ['pending', 'admitted', 'rejected', 'withdrawn'] as const
const kinds = ['new', 'claim'] as const
const proofs = ['mail', 'well_known', 'steward'] as const

const params = z.strictObject({ applicationId })
const reason = z.strictObject({ reason: prose(1000).min(1) })

const profile = z
  .strictObject(profileFields)
  .omit({ slug: true, externalIds: true })
  .extend({
    name: line(120),
    city: line(100),
    countryCode,
    geo: geo.exactOptional(),
  })
  .meta({
    description: 'A space that is not in the directory. `geo` is found from the city when absent.',
  })

const submission = z.strictObject({
  contact: z
    .strictObject({
      name: line(100),
      email: z.email().max(254),
      takesMails: z
        .boolean()
        .exactOptional()
        .meta({ description: 'Whether mails for the space go to this address too; no, when absent.' }),
    })
    .meta({ description: 'Who applies. The address is sealed, and told to the steward alone.' }),
  space: profile.exactOptional(),
  claimSpaceId: spaceId
    .exactOptional()
    .meta({ description: 'A space of the directory that nobody speaks for yet, in place of `space`.' }),
  statement: prose(2000)
    .exactOptional()
    .meta({ description: 'What the space is about, and why it wants to join.' }),
  background: prose(1000)
    .exactOptional()
    .meta({ description: 'Where the owner comes from; shown to the spaces of the network.' }),
  challenge: prose(1000)
    .exactOptional()
    .meta({ description: 'What is hardest now; shown to the spaces of the network.' }),
})
export type Submission = z.infer<typeof submission>

const submitted = z
  .object({
    id: applicationId,
    status: openEnum(['unconfirmed', ...applicationStatuses]),
    confirmBy: moment.meta({ description: 'Until when the link in the mail can be used.' }),
  })
  .meta({ id: 'SubmittedApplication' })
export type SubmittedApplication = z.infer<typeof submitted>

const words = (max: number) => z.string().max(max).nullable()

const application = z
  .object({
    id: applicationId,
    kind: openEnum(kinds),
    status: openEnum(applicationStatuses),
    space: z.object({
      id: spaceId,
      name: z.string().max(200),
      city: z.string().max(200),
      countryCode,
      website: words(500),
    }),
    statement: words(2000),
    background: words(1000),
    challenge: words(1000),
    proof: openEnum(proofs)
      .nullable()
      .meta({ description: 'How it was shown that a claimed space is the applicant’s; null until it is.' }),
    provedAt: moment.nullable(),
    vouchedBy: z
      .array(z.object({ spaceId, name: z.string().max(200) }))
      .max(100)
      .meta({ description: 'The spaces that speak for it.' }),
    vouchesToAdmit: z
      .int()
      .min(1)
      .max(100)
      .nullable()
      .meta({ description: 'How many vouches take a space in; null where the steward alone does.' }),
    probation: z
      .object({
        until: moment.meta({ description: 'When it ends by itself.' }),
        vouches: z
          .int()
          .min(0)
          .max(100)
          .meta({ description: 'How many vouches were given since the space was taken in.' }),
        vouchesToEnd: z.int().min(1).max(100).meta({ description: 'How many of them end it sooner.' }),
      })
      .nullable()
      .meta({
        description: 'What is left of the probation of a space that vouches took in; null without one.',
      }),
    contact: z
      .object({ name: z.string().max(200), email: z.string().max(254) })
      .exactOptional()
      .meta({ description: 'Who applied; to the steward alone, and not in lists.' }),
    wellKnown: z
      .object({ url: z.string().max(500), token: z.string().max(100) })
      .exactOptional()
      .meta({
        description: 'To the applicant, while a claim waits for its proof: put the token there, alone.',
      }),
    reason: words(1000)
      .exactOptional()
      .meta({ description: 'Why it was rejected; to the applicant and the steward.' }),
    decidedAt: moment.nullable(),
    createdAt: moment,
  })
  .meta({ id: 'Application' })
export type Application = z.infer<typeof application>

const exampleApplication: Application = {
  id: exampleId('app'),
  kind: 'new',
  status: 'pending',
  space: { id: exampleId('spc'), name: 'Nave', city: 'Lyon', countryCode: 'FR', website: null },
  statement: 'Designers and printers around one courtyard.',
  background: 'I ran a print shop.',
  challenge: 'Empty desks in August.',
  proof: null,
  provedAt: null,
  vouchedBy: [{ spaceId: exampleId('spc'), name: 'Cais Aberto' }],
  vouchesToAdmit: 2,
  probation: null,
  decidedAt: null,
  createdAt: exampleMoment,
}

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
