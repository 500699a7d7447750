import { z } from 'zod'
import {
  countryCode,
  day,
  exampleDay,
  exampleId,
  exampleMoment,
  moment,
  openEnum,
  operatorId,
  spaceId,
} from '../platform/contract.ts'
import {
  accesses,
  days,
  intakes,
  lat,
  lon,
  periods,
  planKinds,
  price,
  proofs,
  statuses,
  stays,
} from './contract-profile.ts'

const words = (max: number) => z.string().max(max).nullable()
const codes = (max: number) => z.array(z.string().max(40)).max(max)

/** How a space takes guests. What it has not said stands at the defaults: open to every kind of stay, no proof asked. */
const hostingPolicy = z
  .object({
    intake: openEnum(intakes),
    awayUntil: moment.nullable().meta({ description: 'Referrals wait until then.' }),
    accepts: z.array(openEnum(stays)).max(10),
    noticeDays: days,
    maxDays: days.nullable(),
    proof: openEnum(proofs),
    terms: words(1000),
    contactRole: words(80),
    expiresOn: day.nullable().meta({ description: 'The policy is to be confirmed again by then.' }),
    blackouts: z.array(z.object({ from: day, to: day })).max(50),
  })
  .meta({ id: 'HostingPolicy' })
export type FullHostingPolicy = z.infer<typeof hostingPolicy>

const profile = {
  slug: z.string().max(120),
  name: z.string().max(200),
  address: z.object({
    street: words(200),
    postcode: words(50),
    region: words(200),
  }),
  city: z.string().max(200),
  countryCode,
  geo: z.object({ lat, lon }),
  timezone: z.string().max(60),
  languages: z.array(z.string().max(35)).max(50),
  openingHours: words(255),
  access: openEnum(accesses).nullable(),
  capacity: z.int().min(0).max(1_000_000).nullable(),
  plans: z
    .array(
      z.object({
        kind: openEnum(planKinds),
        price: price.nullable(),
        currency: words(3),
        period: openEnum(periods).nullable(),
      }),
    )
    .max(100),
  amenities: codes(200),
  communityTypes: codes(100),
  accessibility: z.object({
    stepFree: z.boolean().nullable(),
    toilet: z.boolean().nullable(),
    quietRoom: z.boolean().nullable(),
    notes: words(500),
  }),
  hostingPolicy,
  description: words(2000),
  website: words(500),
  externalIds: z.array(z.object({ system: z.string().max(100), id: z.string().max(200) })).max(100),
}

export const space = z
  .object({
    id: spaceId,
    ...profile,
    status: openEnum(statuses),
    claimed: z
      .boolean()
      .meta({ description: 'Whether somebody speaks for the space; others are reached by invitation.' }),
    operatorId: operatorId.nullable(),
    source: words(100).meta({ description: 'Where the profile came from.' }),
    licence: words(100),
    attribution: words(500).meta({ description: 'The words that the licence asks to show.' }),
    possibleDuplicateOf: spaceId.nullable(),
    contactEmail: words(254)
      .exactOptional()
      .meta({ description: 'Only in the answer to the space itself, and to its operator.' }),
    lastConfirmedAt: moment
      .nullable()
      .meta({ description: 'When the space last said that its profile holds.' }),
    version: z
      .int()
      .min(1)
      .max(2_147_483_647)
      .meta({ description: 'Grows with every change; the ETag, without its quotes.' }),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: 'Space' })
export type Space = z.infer<typeof space>

export const foundSpace = z
  .object({
    ...space.shape,
    distanceKm: z
      .number()
      .min(0)
      .max(20_100)
      .exactOptional()
      .meta({ description: 'From `near`, to the metre; absent without `near`.' }),
  })
  .meta({ id: 'FoundSpace' })
export type FoundSpace = z.infer<typeof foundSpace>

export const exampleSpace: Space = {
  id: exampleId('spc'),
  slug: 'nave-lyon',
  name: 'Nave',
  address: {
    street: '12 rue Sergent Blandan',
    postcode: '69001',
    region: null,
  },
  city: 'Lyon',
  countryCode: 'FR',
  geo: { lat: 45.7719, lon: 4.8237 },
  timezone: 'Europe/Paris',
  languages: ['fr', 'en'],
  openingHours: 'Mo-Fr 08:30-19:00',
  access: 'staffed',
  capacity: 40,
  plans: [{ kind: 'fixed_desk', price: 250, currency: 'EUR', period: 'month' }],
  amenities: ['wifi', 'quiet_room'],
  communityTypes: ['design'],
  accessibility: { stepFree: true, toilet: true, quietRoom: true, notes: null },
  hostingPolicy: {
    intake: 'open',
    awayUntil: null,
    accepts: [...stays],
    noticeDays: 2,
    maxDays: 30,
    proof: 'attested',
    terms: 'Two free days, then our day rate.',
    contactRole: 'Community manager',
    expiresOn: exampleDay,
    blackouts: [],
  },
  description: 'Daylight, quiet, and a courtyard.',
  website: 'https://nave.example',
  externalIds: [{ system: 'cobot', id: 'nave' }],
  status: 'admitted',
  claimed: true,
  operatorId: null,
  source: null,
  licence: null,
  attribution: null,
  possibleDuplicateOf: null,
  lastConfirmedAt: exampleMoment,
  version: 3,
  createdAt: exampleMoment,
  updatedAt: exampleMoment,
}
