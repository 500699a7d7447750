/** What a row of a file becomes. The room `spaces` takes exactly an `ImportedProfile`; nothing here is personal. */

export type PlanKind =
  | 'day_pass'
  | 'flex_desk'
  | 'fixed_desk'
  | 'private_office'
  | 'meeting_room'
  | 'event_space'
  | 'virtual_office'
  | 'membership'

export interface ImportedPlan {
  kind: PlanKind
  /** In units of the currency; null when the file says that there is a plan but not what it costs. */
  price: number | null
  /** ISO 4217; null when the file leaves it open (a bare "20", a "$" that could be pesos). */
  currency: string | null
  period: 'hour' | 'day' | 'week' | 'month' | 'year' | null
}

export interface ImportedAddress {
  street?: string
  postcode?: string
  region?: string
}

export interface ImportedProfile {
  /** 1 to 120 characters. */
  name: string
  address?: ImportedAddress
  city: string
  /** ISO 3166-1 alpha-2, upper case. */
  countryCode: string
  /** WGS 84 degrees. */
  geo: { lat: number; lon: number }
  /** Set when `geo` is the middle of the city, not the door of the space. */
  geoApproximate?: true
  /** IANA. */
  timezone: string
  /** BCP 47. */
  languages?: string[]
  /** OSM syntax, parsed once by the `opening_hours` package. */
  openingHours?: string
  access?: 'staffed' | 'extended' | '24_7'
  capacity?: number
  plans?: ImportedPlan[]
  /** Lower snake codes. */
  amenities?: string[]
  communityTypes?: string[]
  accessibility?: { stepFree?: boolean | null; toilet?: boolean; quietRoom?: boolean; notes?: string }
  /** At most 2000 characters, without e-mail addresses and phone numbers. */
  description?: string
  /** http or https. */
  website?: string
  brand?: string
  alsoKnownAs?: string[]
  /** The day (YYYY-MM-DD) on which somebody last looked, as the source says. */
  checkedOn?: string
  source: string
  licence: string | null
  attribution: string | null
  /** With `source` the identity of the space: 'node/508597067', a file's own id, or 'hash:' and 32 hex digits. */
  externalId: string
}

/** One change that the importer made to what the file said. `raw` is what stood there, never personal data. */
export interface Repair {
  field: string
  what: string
  raw?: string
}

export type RejectReason =
  | 'no_name'
  | 'no_position'
  | 'no_city'
  | 'position_contradicts'
  | 'closed'
  | 'not_a_coworking_space'
  | 'unreadable_row'
  | 'unreadable_text'
  | 'repeated_header'
  | 'empty_row'

export type RowOutcome =
  | {
      kind: 'profile'
      profile: ImportedProfile
      repairs: Repair[]
      /** Fields that the file left out and the position answered: city, countryCode. */
      derived: string[]
      /** Fields left out for privacy: phone, email, personal accounts. */
      dropped: string[]
      /** An earlier row with the same name and domain within 150 m and another id; for a person to decide. */
      possibleDuplicateOf?: { row: number; externalId: string }
    }
  | {
      kind: 'duplicate'
      /** The earlier row of this file that is the same space. */
      ofRow: number
      reason: 'same_external_id' | 'same_name_and_address'
      externalId: string
    }
  | { kind: 'rejected'; reason: RejectReason; detail: string }

export interface ReadRow {
  /** 1 for the first record or feature; the header does not count. */
  row: number
  /** Line of the file where the record begins, where the format has lines. */
  line?: number
  /** For the report: the name, else the id, else ''. */
  label: string
  outcome: RowOutcome
}
