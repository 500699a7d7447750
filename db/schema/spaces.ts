import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { moment, typeId } from './columns.ts'

/** The owner of one or more spaces. */
export const operators = pgTable('operators', {
  id: typeId('operator')('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: moment('created_at').notNull(),
})

export interface Plan {
  kind: string
  price: number | null
  currency: string | null
  period: string | null
}

/** The rest stands in columns of its own: city and country. */
export interface Address {
  street?: string
  postcode?: string
  region?: string
}

export interface Accessibility {
  stepFree?: boolean | null
  toilet?: boolean | null
  quietRoom?: boolean | null
  notes?: string
}

export interface HostingPolicy {
  intake: 'open' | 'limited' | 'closed'
  awayUntil?: string
  accepts?: string[]
  noticeDays?: number
  maxDays?: number
  proof?: 'none' | 'attested' | 'vetted'
  terms?: string
  contactRole?: string
  expiresOn?: string
  blackouts?: { from: string; to: string }[]
}

export interface ExternalId {
  system: string
  id: string
}

/** A reference table: small, read often, and pointed at by rows that spaces own. */
export const spaces = pgTable(
  'spaces',
  {
    id: typeId('space')('id').primaryKey(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    operatorId: typeId('operator')('operator_id').references(() => operators.id),
    /** unclaimed (imported), registered (claimed, not admitted), admitted, suspended (by the steward), left. */
    status: text('status', {
      enum: ['unclaimed', 'registered', 'rejected', 'admitted', 'suspended', 'left'],
    }).notNull(),
    address: jsonb('address').$type<Address>().notNull(),
    city: text('city').notNull(),
    /** The city folded for comparison: lower case, no accents. */
    cityKey: text('city_key').notNull(),
    countryCode: text('country_code').notNull(),
    lat: doublePrecision('lat').notNull(),
    lon: doublePrecision('lon').notNull(),
    timezone: text('timezone').notNull(),
    languages: text('languages').array().notNull(),
    openingHours: text('opening_hours'),
    access: text('access'),
    capacity: integer('capacity'),
    plans: jsonb('plans').$type<Plan[]>().notNull(),
    amenities: text('amenities').array().notNull(),
    communityTypes: text('community_types').array().notNull(),
    accessibility: jsonb('accessibility').$type<Accessibility>().notNull(),
    hostingPolicy: jsonb('hosting_policy').$type<HostingPolicy>().notNull(),
    description: text('description'),
    website: text('website'),
    /** Where mails for the space go; shown to the space itself alone. */
    contactEmail: text('contact_email'),
    /** The website's host without `www.`, for finding one space in two sources. */
    domain: text('domain'),
    brand: text('brand'),
    alsoKnownAs: text('also_known_as').array().notNull(),
    /** A copy of its rows in `space_external_ids`, for reading; that of `source` first. */
    externalIds: jsonb('external_ids').$type<ExternalId[]>().notNull(),
    /** Where the profile came from (`openstreetmap`), its licence and the words that the licence asks to show. */
    source: text('source'),
    licence: text('licence'),
    attribution: text('attribution'),
    possibleDuplicateOf: typeId('space')('possible_duplicate_of'),
    /** What the importer last wrote, hashed: an unchanged row is left alone. */
    importHash: text('import_hash'),
    /** The words of name, city, brand and also-known-as, folded, each once, divided by single blanks. */
    searchText: text('search_text').notNull(),
    /** Admitted by vouches alone: until then its points are held. Null for an established space. */
    probationUntil: moment('probation_until'),
    admittedAt: moment('admitted_at'),
    /** Why the steward suspended it, for its own managers. */
    suspendedReason: text('suspended_reason'),
    /** Where the owner comes from, and what is hardest for them now; shown to the spaces of the network. */
    background: text('background'),
    challenge: text('challenge'),
    lastConfirmedAt: moment('last_confirmed_at'),
    checkedOn: date('checked_on', { mode: 'string' }),
    version: integer('version').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('spaces_slug').on(table.slug),
    // Points on Mercator's map: hands out the nearest first (ADR 0009).
    index('spaces_place').using('gist', sql`point(${table.lon}, degrees(asinh(tan(radians(${table.lat})))))`),
    index('spaces_words').using('gin', sql`array_to_tsvector(string_to_array(${table.searchText}, ' '))`),
    index('spaces_city').on(table.cityKey, table.id),
    index('spaces_country').on(table.countryCode, table.id),
    index('spaces_status').on(table.status, table.id),
    index('spaces_domain')
      .on(table.domain)
      .where(sql`domain is not null`),
    index('spaces_operator')
      .on(table.operatorId)
      .where(sql`operator_id is not null`),
    index('spaces_amenities').using('gin', table.amenities),
  ],
)

/** The ids that a space has elsewhere: one (system, external id) is one space. */
export const spaceExternalIds = pgTable(
  'space_external_ids',
  {
    system: text('system').notNull(),
    externalId: text('external_id').notNull(),
    spaceRef: typeId('space')('space_ref')
      .notNull()
      .references(() => spaces.id),
    isPrimary: boolean('is_primary').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.system, table.externalId] }),
    index('space_external_ids_space').on(table.spaceRef),
  ],
)

/** One admitted space speaks for another, once. */
export const vouches = pgTable(
  'vouches',
  {
    spaceRef: typeId('space')('space_ref')
      .notNull()
      .references(() => spaces.id),
    voucherId: typeId('space')('voucher_id')
      .notNull()
      .references(() => spaces.id),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.spaceRef, table.voucherId] })],
)
