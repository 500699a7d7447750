import { spaces } from '../../db/schema/spaces.ts'
import type { Space } from './contract-space.ts'
import { fullHostingPolicy } from './hosting-policy.ts'
import type { SpaceRow } from './profile.ts'

/** The columns that an answer is made of. */
export const viewColumns = {
  id: spaces.id,
  slug: spaces.slug,
  name: spaces.name,
  status: spaces.status,
  operatorId: spaces.operatorId,
  address: spaces.address,
  city: spaces.city,
  countryCode: spaces.countryCode,
  lat: spaces.lat,
  lon: spaces.lon,
  timezone: spaces.timezone,
  languages: spaces.languages,
  openingHours: spaces.openingHours,
  access: spaces.access,
  capacity: spaces.capacity,
  plans: spaces.plans,
  amenities: spaces.amenities,
  communityTypes: spaces.communityTypes,
  accessibility: spaces.accessibility,
  hostingPolicy: spaces.hostingPolicy,
  description: spaces.description,
  website: spaces.website,
  source: spaces.source,
  licence: spaces.licence,
  attribution: spaces.attribution,
  externalIds: spaces.externalIds,
  possibleDuplicateOf: spaces.possibleDuplicateOf,
  lastConfirmedAt: spaces.lastConfirmedAt,
  version: spaces.version,
  createdAt: spaces.createdAt,
  updatedAt: spaces.updatedAt,
}
export type ViewRow = Pick<SpaceRow, keyof typeof viewColumns>

const noAddress = { street: null, postcode: null, region: null }
const notSaid = { stepFree: null, toilet: null, quietRoom: null, notes: null }

/** A space as everybody who may see it sees it. */
export const spaceView = (row: ViewRow): Space => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  status: row.status,
  claimed: row.status !== 'unclaimed',
  operatorId: row.operatorId,
  address: { ...noAddress, ...row.address },
  city: row.city,
  countryCode: row.countryCode,
  geo: { lat: row.lat, lon: row.lon },
  timezone: row.timezone,
  languages: row.languages,
  openingHours: row.openingHours,
  access: row.access,
  capacity: row.capacity,
  plans: row.plans,
  amenities: row.amenities,
  communityTypes: row.communityTypes,
  accessibility: { ...notSaid, ...row.accessibility },
  hostingPolicy: fullHostingPolicy(row.hostingPolicy),
  description: row.description,
  website: row.website,
  source: row.source,
  licence: row.licence,
  attribution: row.attribution,
  externalIds: row.externalIds,
  possibleDuplicateOf: row.possibleDuplicateOf,
  lastConfirmedAt: row.lastConfirmedAt,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

/** The same with what is for the space itself and its operator. */
export const ownSpaceView = (row: ViewRow & Pick<SpaceRow, 'contactEmail'>): Space => ({
  ...spaceView(row),
  contactEmail: row.contactEmail,
})

export const spaceEtag = ({ version }: { readonly version: number }): string => `"${String(version)}"`
