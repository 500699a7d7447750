import { z } from 'zod'
import {
  code,
  countryCode,
  cursor,
  exampleDay,
  limit,
  line,
  pageOf,
  prose,
  spaceId,
} from '../platform/contract.ts'
import type { Operation } from '../platform/operation.ts'
import { geo, geoPatch, profileFields, statuses } from './contract-profile.ts'
import { exampleSpace, foundSpace, space } from './contract-space.ts'

const spaceParams = z.strictObject({ spaceId })

const query = z.strictObject({
  near: z
    .string()
    .regex(/^-?[0-9]{1,2}(\.[0-9]{1,12})?,-?[0-9]{1,3}(\.[0-9]{1,12})?$/)
    .max(40)
    .exactOptional()
    .meta({ description: 'A place, as `lat,lon`: the nearest come first.', examples: ['45.764,4.8357'] }),
  radiusKm: z
    .number()
    .min(0.1)
    .max(500)
    .exactOptional()
    .meta({ description: 'How far from `near`, which it needs; 25 when absent.', examples: [25] }),
  city: line(100)
    .exactOptional()
    .meta({ description: 'Case and accents do not count.', examples: ['Lyon'] }),
  country: countryCode.exactOptional(),
  q: line(100)
    .exactOptional()
    .meta({
      description: 'Beginnings of words of name and city; all must be there.',
      examples: ['quiet lyo'],
    }),
  amenity: z
    .array(code)
    .min(1)
    .max(10)
    .exactOptional()
    .meta({ description: 'May be given several times: the space has them all.', examples: [['quiet_room']] }),
  status: z
    .enum(statuses)
    .exactOptional()
    .meta({ description: 'Only spaces that stand so with the network.' }),
  cursor: cursor.exactOptional(),
  limit,
})
export type SpaceQuery = z.infer<typeof query>

export const searchSpaces = {
  id: 'searchSpaces',
  method: 'GET',
  path: '/v1/spaces',
  tag: 'Spaces',
  summary: 'Find spaces',
  description:
    'With `near`, nearest first and each with its distance; else in the order in which they came to the directory. ' +
    'Shows the spaces of the network and those that nobody speaks for yet (`unclaimed`), which are reached by invitation. ' +
    'Spaces that wait to be admitted are shown to themselves, to their operator, and to who acts for the network.',
  scope: 'spaces:read',
  query,
  answers: {
    200: {
      description: 'The spaces found.',
      schema: pageOf(foundSpace, 'FoundSpacePage'),
      example: { data: [{ ...exampleSpace, distanceKm: 1.286 }], nextCursor: null },
      headers: ['Link', 'ETag'],
    },
  },
  problems: ['invalid_cursor'],
} as const satisfies Operation

export const getSpace = {
  id: 'getSpace',
  method: 'GET',
  path: '/v1/spaces/{spaceId}',
  tag: 'Spaces',
  summary: 'Read the profile of a space',
  scope: 'spaces:read',
  params: spaceParams,
  answers: {
    200: { description: 'The profile.', schema: space, example: exampleSpace, headers: ['ETag'] },
  },
  problems: [],
} as const satisfies Operation

const registration = z.strictObject({
  ...profileFields,
  name: line(120),
  city: line(100),
  countryCode,
  geo,
  source: line(100).nullable().exactOptional(),
  licence: line(100).nullable().exactOptional(),
  attribution: prose(500).nullable().exactOptional(),
})
export type Registration = z.infer<typeof registration>

export const registerSpace = {
  id: 'registerSpace',
  method: 'POST',
  path: '/v1/spaces',
  tag: 'Spaces',
  summary: 'Register a space',
  description:
    'For the clients of operators, whose space it then is, and for the steward (`network:admin`). ' +
    'The space is `registered`: it is found by others once it is admitted.',
  scope: 'spaces:write',
  body: registration,
  bodyExample: {
    name: 'Nave',
    city: 'Lyon',
    countryCode: 'FR',
    geo: { lat: 45.7719, lon: 4.8237 },
    openingHours: 'Mo-Fr 08:30-19:00',
    amenities: ['wifi', 'quiet_room'],
  },
  answers: {
    201: {
      description: 'The space, not admitted yet.',
      schema: space,
      example: { ...exampleSpace, status: 'registered', version: 1 },
      headers: ['ETag', 'Location'],
    },
  },
  problems: ['slug_taken'],
} as const satisfies Operation

const spacePatch = z.strictObject({
  ...profileFields,
  name: line(120).exactOptional(),
  city: line(100).exactOptional(),
  countryCode: countryCode.exactOptional(),
  geo: geoPatch.exactOptional(),
})
export type SpacePatch = z.infer<typeof spacePatch>

export const updateSpace = {
  id: 'updateSpace',
  method: 'PATCH',
  path: '/v1/spaces/{spaceId}',
  tag: 'Spaces',
  summary: 'Change or confirm the profile of my space',
  description:
    'A merge patch (RFC 7396): what is left out stays, null removes, lists are replaced. Every change, and the empty patch `{}` too, ' +
    'confirms the profile. A time zone that was found from `geo` follows it.',
  scope: 'spaces:write',
  params: spaceParams,
  body: spacePatch,
  bodyType: 'application/merge-patch+json',
  bodyExample: {
    capacity: 44,
    description: null,
    hostingPolicy: { intake: 'limited', expiresOn: exampleDay },
  },
  answers: {
    200: {
      description: 'The profile as it is now.',
      schema: space,
      example: exampleSpace,
      headers: ['ETag'],
    },
  },
  problems: ['slug_taken'],
} as const satisfies Operation
