import { z } from 'zod'
import {
  applicationId,
  countryCode,
  exampleId,
  exampleMoment,
  line,
  moment,
  openEnum,
  prose,
  spaceId,
} from '../platform/contract.ts'
import { geo, profileFields } from '../spaces/contract-profile.ts'

/** An application as it is sent, and as it is read. */

export const applicationStatuses = ['pending', 'admitted', 'rejected', 'withdrawn'] as const
const kinds = ['new', 'claim'] as const
const proofs = ['mail', 'well_known', 'steward'] as const

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

export const submission = z.strictObject({
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

export const submitted = z
  .object({
    id: applicationId,
    status: openEnum(['unconfirmed', ...applicationStatuses]),
    confirmBy: moment.meta({ description: 'Until when the link in the mail can be used.' }),
  })
  .meta({ id: 'SubmittedApplication' })
export type SubmittedApplication = z.infer<typeof submitted>

const words = (max: number) => z.string().max(max).nullable()

export const application = z
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

export const exampleApplication: Application = {
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
