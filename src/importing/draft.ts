import type { ImportedPlan, ImportedProfile, RejectReason, Repair } from './record.ts'

/** The sources of rows that are not OpenStreetMap's: with an id of the file's own, and without one. */
export interface FileSources {
  withIds: string
  withoutIds: string
}

/** A row read by its format's rules, before names are judged and the place is found. Texts are still as they stand. */
export interface Draft {
  source: string
  licence: string | null
  attribution: string | null
  /** Null: the file has no id for this row. */
  externalId: string | null
  /** Where the name may stand, best first. */
  names: unknown[]
  otherNames: unknown[]
  brand?: unknown
  street?: unknown
  /** Apart from the street, because each country has its own order. */
  houseNumber?: unknown
  postcode?: unknown
  city?: unknown
  region?: unknown
  country?: unknown
  lat: unknown
  lon: unknown
  surveyed: boolean
  websites: string[]
  openingHours?: string | undefined
  description?: unknown
  checkedOn?: string | undefined
  capacity?: unknown
  languages: string[]
  amenities: string[]
  communityTypes: string[]
  accessibility?: ImportedProfile['accessibility']
  /** Prices need the country, which is known only after the place is found. */
  plans: (country: string | null, repairs: Repair[]) => ImportedPlan[]
  repairs: Repair[]
  dropped: Set<string>
}

export interface Rejection {
  reason: RejectReason
  detail: string
}

export function isRejection(value: Draft | Rejection): value is Rejection {
  return 'reason' in value
}
