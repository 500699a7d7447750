import type { Accessibility, Address, ExternalId, HostingPolicy, spaces } from '../../db/schema/spaces.ts'
import type { Id } from '../platform/ids.ts'
import { fold, searchTextOf } from './fold.ts'
import { timeZoneOf } from './time-zone.ts'
import { domainOf } from './website-domain.ts'

export type SpaceRow = typeof spaces.$inferSelect

interface PlanOffer {
  readonly kind: string
  readonly price?: number | null
  readonly currency?: string | null
  readonly period?: string | null
}

/** What is known of a space, whoever says it: its operator, the steward or an imported file. */
export interface Profile {
  readonly name: string
  readonly city: string
  readonly countryCode: string
  readonly geo: { readonly lat: number; readonly lon: number }
  readonly slug?: string
  readonly address?: Address
  readonly timezone?: string
  readonly languages?: readonly string[]
  readonly openingHours?: string
  readonly access?: string
  readonly capacity?: number
  readonly plans?: readonly PlanOffer[]
  readonly amenities?: readonly string[]
  readonly communityTypes?: readonly string[]
  readonly accessibility?: Accessibility
  readonly hostingPolicy?: Partial<HostingPolicy>
  readonly description?: string
  readonly website?: string
  readonly contactEmail?: string
  readonly brand?: string | null
  readonly alsoKnownAs?: readonly string[]
  readonly checkedOn?: string | null
  readonly source?: string | null
  readonly licence?: string | null
  readonly attribution?: string | null
  /** That of `source` first, where there is one. */
  readonly externalIds?: readonly ExternalId[]
}

interface Facts {
  readonly id: Id<'space'>
  readonly slug: string
  readonly status: SpaceRow['status']
  readonly operatorId: Id<'operator'> | null
  /** RFC 3339 */
  readonly now: string
}

/** The row of a new space. Nobody has confirmed it yet: who registers a space of their own says so beside it. */
export const spaceRow = (profile: Profile, { now, ...facts }: Facts): SpaceRow => ({
  ...facts,
  ...profileColumns(profile),
  brand: profile.brand ?? null,
  alsoKnownAs: distinct(profile.alsoKnownAs),
  checkedOn: profile.checkedOn ?? null,
  source: profile.source ?? null,
  licence: profile.licence ?? null,
  attribution: profile.attribution ?? null,
  possibleDuplicateOf: null,
  importHash: null,
  probationUntil: null,
  admittedAt: null,
  suspendedReason: null,
  background: null,
  challenge: null,
  lastConfirmedAt: null,
  version: 1,
  createdAt: now,
  updatedAt: now,
})

/** The columns that follow from the part of a profile that its space may change. */
export const profileColumns = (profile: Profile) => ({
  name: profile.name,
  city: profile.city,
  cityKey: fold(profile.city),
  countryCode: profile.countryCode,
  lat: profile.geo.lat,
  lon: profile.geo.lon,
  timezone: profile.timezone ?? timeZoneOf(profile.geo),
  address: profile.address ?? {},
  languages: distinct(profile.languages),
  openingHours: profile.openingHours ?? null,
  access: profile.access ?? null,
  capacity: profile.capacity ?? null,
  plans: (profile.plans ?? []).map(planOf),
  amenities: distinct(profile.amenities),
  communityTypes: distinct(profile.communityTypes),
  accessibility: profile.accessibility ?? {},
  hostingPolicy: { intake: 'open' as const, ...profile.hostingPolicy },
  description: profile.description ?? null,
  website: profile.website ?? null,
  domain: domainOf(profile.website),
  contactEmail: profile.contactEmail ?? null,
  externalIds: [...(profile.externalIds ?? [])],
  searchText: searchTextOf(profile.name, profile.city, profile.brand ?? '', ...(profile.alsoKnownAs ?? [])),
})

const distinct = (codes: readonly string[] = []): string[] => [...new Set(codes)]

const planOf = ({ kind, price = null, currency = null, period = null }: PlanOffer) => ({
  kind,
  price,
  currency,
  period,
})

/** The profile that a row holds, without what is empty: what a merge patch is applied to. */
export const profileOf = (row: SpaceRow): Profile => ({
  slug: row.slug,
  name: row.name,
  city: row.city,
  countryCode: row.countryCode,
  geo: { lat: row.lat, lon: row.lon },
  timezone: row.timezone,
  address: row.address,
  languages: row.languages,
  ...(row.openingHours !== null && { openingHours: row.openingHours }),
  ...(row.access !== null && { access: row.access }),
  ...(row.capacity !== null && { capacity: row.capacity }),
  plans: row.plans,
  amenities: row.amenities,
  communityTypes: row.communityTypes,
  accessibility: row.accessibility,
  hostingPolicy: row.hostingPolicy,
  ...(row.description !== null && { description: row.description }),
  ...(row.website !== null && { website: row.website }),
  ...(row.contactEmail !== null && { contactEmail: row.contactEmail }),
  brand: row.brand,
  alsoKnownAs: row.alsoKnownAs,
  externalIds: row.externalIds,
})
