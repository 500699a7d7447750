import { z } from 'zod'
import { code, currency, day, language, line, moment, prose } from '../platform/contract.ts'

/** What a profile may say: the words of its choices, and the fields as they are sent. */

/** What a member may come for. */
export const stays = ['visit', 'temporary', 'relocate', 'join'] as const
export const statuses = ['unclaimed', 'registered', 'rejected', 'admitted', 'suspended', 'left'] as const
export const intakes = ['open', 'limited', 'closed'] as const
export const proofs = ['none', 'attested', 'vetted'] as const
export const accesses = ['staffed', 'extended', '24_7'] as const
export const periods = ['hour', 'day', 'week', 'month', 'year'] as const
export const planKinds = [
  'day_pass',
  'flex_desk',
  'fixed_desk',
  'private_office',
  'meeting_room',
  'event_space',
  'virtual_office',
  'membership',
] as const

export const lat = z
  .number()
  .min(-90)
  .max(90)
  .meta({ description: 'WGS 84 degrees north.', examples: [45.7719] })
export const lon = z
  .number()
  .min(-180)
  .max(180)
  .meta({ description: 'WGS 84 degrees east.', examples: [4.8357] })
export const geo = z.strictObject({ lat, lon }).meta({ id: 'Geo' })
export const geoPatch = z.strictObject({ lat: lat.exactOptional(), lon: lon.exactOptional() })

export const price = z.number().min(0).max(10_000_000)
export const days = z.int().min(0).max(3650)
const yesOrNo = z.boolean().nullable().exactOptional()

/** A field that may be left out, or removed with null (RFC 7396). */
const optional = <T extends z.ZodType>(schema: T) => schema.nullable().exactOptional()

const externalId = z
  .strictObject({ system: code, id: line(200) })
  .meta({ id: 'ExternalId', description: 'What another system calls this space.' })

const planInput = z.strictObject({
  kind: z.enum(planKinds),
  price: optional(price),
  currency: optional(currency),
  period: optional(z.enum(periods)),
})

const hostingPolicyInput = z.strictObject({
  intake: optional(z.enum(intakes)),
  awayUntil: optional(moment),
  accepts: optional(z.array(z.enum(stays)).min(1).max(10)),
  noticeDays: optional(days),
  maxDays: optional(days),
  proof: optional(z.enum(proofs)),
  terms: optional(prose(1000)),
  contactRole: optional(line(80)),
  expiresOn: optional(day),
  blackouts: optional(z.array(z.strictObject({ from: day, to: day })).max(50)),
})

/** What a space says of itself beside its name and place; null leaves a field empty, or empties it. */
export const profileFields = {
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(80)
    .exactOptional()
    .meta({
      description: 'The name in addresses; made from name and city when absent.',
      examples: ['nave-lyon'],
    }),
  address: optional(
    z.strictObject({
      street: optional(line(200)),
      postcode: optional(line(20)),
      region: optional(line(100)),
    }),
  ),
  timezone: optional(
    z
      .string()
      .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+){0,2}$/)
      .max(60)
      .meta({ description: 'IANA time zone; found from `geo` when absent.', examples: ['Europe/Paris'] }),
  ),
  languages: optional(z.array(language).max(20)),
  openingHours: optional(
    line(255).meta({ description: 'OpenStreetMap syntax.', examples: ['Mo-Fr 08:30-19:00'] }),
  ),
  access: optional(z.enum(accesses)),
  capacity: optional(z.int().min(1).max(100_000)),
  plans: optional(z.array(planInput).max(50)),
  amenities: optional(z.array(code).max(100)),
  communityTypes: optional(z.array(code).max(50)),
  accessibility: optional(
    z.strictObject({ stepFree: yesOrNo, toilet: yesOrNo, quietRoom: yesOrNo, notes: optional(prose(500)) }),
  ),
  hostingPolicy: optional(hostingPolicyInput),
  description: optional(prose(2000)),
  website: optional(
    z
      .string()
      .regex(/^https?:\/\/[^\s@/?#\\]+([/?#][^\s\\]*)?$/)
      .max(500)
      .meta({ description: 'http or https.', examples: ['https://nave.example'] }),
  ),
  contactEmail: optional(
    z
      .email()
      .max(254)
      .meta({ description: 'Where mails for the space go; shown to the space itself alone.' }),
  ),
  externalIds: optional(z.array(externalId).max(20)),
}
