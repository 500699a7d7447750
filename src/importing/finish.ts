import { createHash } from 'node:crypto'
import zoneAt from '@photostructure/tz-lookup'
import { fold } from '../spaces/fold.ts'
import { domainOf } from '../spaces/website-domain.ts'
import { countryCodeOf } from './countries.ts'
import { isRejection, type Draft, type Rejection } from './draft.ts'
import { chooseOpeningHours, isAroundTheClock } from './opening-times.ts'
import { findPlace } from './place.ts'
import type { FoundPlace } from './stated-city.ts'
import type { ImportedAddress, ImportedProfile, Repair } from './record.ts'
import { cleanText, looksGarbled, plainProse, shorten, withoutContacts } from './text.ts'
import { chooseWebsite } from './website.ts'

export interface Finished {
  profile: ImportedProfile
  repairs: Repair[]
  derived: string[]
  dropped: string[]
}

const noName =
  /^(?:unknown|unnamed|no ?name|sans nom|ohne namen?|sin nombre|sem nome|test|todo|tbd|fixme|x{3,}|без названия)$/i

/** A cell as a name: readable, with a letter or a digit, no address of the web or of mail. */
function asName(raw: unknown, repairs: Repair[]): string | undefined {
  const text = cleanText(raw, 'name', repairs)
  if (text === undefined) return undefined
  const name = withoutContacts(text.replace(/<[a-z/!][^>]{0,300}>/gi, '')).replace(
    /^[-–—,;:\s]+|[-–—,;:\s]+$/g,
    '',
  )
  const usable = /[\p{L}\p{N}]/u.test(name) && !noName.test(name) && !/^(?:https?:\/\/|www\.)\S+$/i.test(name)
  return usable ? name : undefined
}

function chooseName(draft: Draft): string | Rejection {
  for (const [at, raw] of draft.names.entries()) {
    const found: Repair[] = []
    const name = asName(raw, found)
    if (name === undefined) continue
    if (looksGarbled(name))
      return {
        reason: 'unreadable_text',
        detail: 'the name is in an encoding that is neither UTF-8 nor Western',
      }
    draft.repairs.push(...found)
    if (at > 0) draft.repairs.push({ field: 'name', what: 'name_from_another_field' })
    const short = shorten(name, 120)
    if (short !== name) draft.repairs.push({ field: 'name', what: 'shortened', raw: name.slice(0, 300) })
    return short
  }
  return { reason: 'no_name', detail: 'no field holds a name' }
}

function readCountry(draft: Draft): string | null {
  const text = cleanText(draft.country, 'countryCode', draft.repairs)
  const code = text === undefined ? null : countryCodeOf(text)
  if (text !== undefined && code === null)
    draft.repairs.push({ field: 'countryCode', what: 'country_not_understood', raw: text.slice(0, 100) })
  return code
}

/** One line of an address, without phone numbers that people put there. */
function addressLine(raw: unknown, field: string, draft: Draft): string | undefined {
  const text = cleanText(raw, `address.${field}`, draft.repairs)
  if (text === undefined) return undefined
  const bare = withoutContacts(text)
  if (bare !== text) draft.dropped.add('phone_or_email_in_address')
  return bare === '' ? undefined : shorten(bare, 200)
}

/** '34 Rue d'Aligre' here, 'Torstraße 34' in the rest of the world. */
const numberFirst = new Set([
  'AU',
  'CA',
  'FR',
  'GB',
  'HK',
  'IE',
  'IL',
  'IN',
  'LU',
  'MC',
  'MY',
  'NZ',
  'PH',
  'SG',
  'US',
  'ZA',
])

function streetLine(draft: Draft, countryCode: string): string | undefined {
  const road = addressLine(draft.street, 'street', draft)
  const number = cleanText(draft.houseNumber, 'address.street', draft.repairs)?.slice(0, 30)
  if (road === undefined || number === undefined) return road
  return numberFirst.has(countryCode) ? `${number} ${road}` : `${road} ${number}`
}

function readAddress(draft: Draft, countryCode: string): ImportedAddress | undefined {
  const street = streetLine(draft, countryCode)
  const postcode = cleanText(draft.postcode, 'address.postcode', draft.repairs)
  const region = addressLine(draft.region, 'region', draft)
  if (street === undefined && postcode === undefined && region === undefined) return undefined
  return {
    ...(street === undefined ? {} : { street }),
    ...(postcode === undefined ? {} : { postcode: postcode.slice(0, 20) }),
    ...(region === undefined ? {} : { region }),
  }
}

/** YYYY-MM-DD out of ISO dates, months and European dates; undefined for anything that is no day. */
function readDay(raw: string | undefined): string | undefined {
  const iso = /^\s*((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?/.exec(raw ?? '')
  const european = /^\s*(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)/.exec(raw ?? '')
  const [year, month, day] =
    iso === null ? [european?.[3], european?.[2], european?.[1]] : [iso[1], iso[2], iso[3] ?? '01']
  if (year === undefined || month === undefined || day === undefined) return undefined
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const parsed = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(parsed) || !new Date(parsed).toISOString().startsWith(text) ? undefined : text
}

function readCapacity(draft: Draft): number | undefined {
  const text = cleanText(draft.capacity, 'capacity', draft.repairs)
  if (text === undefined) return undefined
  const found = /^(?:ca\.?|~|about)?\s*(\d{1,5})(?:\s*[\p{L}.]+)*$/iu.exec(text)
  const value = Number(found?.[1] ?? 0)
  if (value > 0) return value
  draft.repairs.push({ field: 'capacity', what: 'capacity_unclear', raw: text.slice(0, 100) })
  return undefined
}

function readDescription(draft: Draft): string | undefined {
  const text = cleanText(draft.description, 'description', draft.repairs)
  if (text === undefined || looksGarbled(text)) return undefined
  const bare = plainProse(text)
  if (bare !== text) draft.dropped.add('contacts_in_description')
  return bare === '' ? undefined : shorten(bare, 2000)
}

function otherNames(draft: Draft, name: string): string[] {
  const seen = new Set([fold(name)])
  const list: string[] = []
  for (const raw of draft.otherNames) {
    const other = asName(raw, [])
    if (other === undefined || other.length > 120 || looksGarbled(other) || seen.has(fold(other))) continue
    seen.add(fold(other))
    list.push(other)
  }
  return list.slice(0, 10)
}

/** The id of a space in a file without ids: the same name, city and domain give the same id in every run. */
export function hashedId(...parts: (string | null)[]): string {
  const key = parts.map((part) => fold(part ?? '')).join('\u001F')
  return `hash:${createHash('sha256').update(key).digest('hex').slice(0, 32)}`
}

/** The report quotes the file, phone numbers in an hours cell excepted; positions look like numbers and stay. */
function withoutPersons(repair: Repair): Repair {
  return repair.raw === undefined || repair.field === 'geo'
    ? repair
    : { ...repair, raw: withoutContacts(repair.raw) }
}

const unique = (list: readonly string[], pattern: RegExp): string[] =>
  [...new Set(list)].filter((text) => pattern.test(text)).slice(0, 50)

function optionalParts(draft: Draft, name: string, place: FoundPlace): Partial<ImportedProfile> {
  const brand = cleanText(draft.brand, 'brand', [])
  const openingHours = chooseOpeningHours(
    cleanText(draft.openingHours, 'openingHours', draft.repairs),
    draft.repairs,
  )
  const address = readAddress(draft, place.countryCode)
  const lists = {
    languages: unique(draft.languages, /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i),
    amenities: unique(draft.amenities, /^[a-z][a-z\d_]{1,39}$|^3d_printer$/),
    communityTypes: draft.communityTypes,
    plans: draft.plans(place.countryCode, draft.repairs),
    alsoKnownAs: otherNames(draft, name),
  }
  const single = {
    address,
    openingHours,
    access: isAroundTheClock(openingHours) ? ('24_7' as const) : undefined,
    capacity: readCapacity(draft),
    accessibility: draft.accessibility,
    description: readDescription(draft),
    website: chooseWebsite(
      draft.websites.map((raw) => cleanText(raw, 'website', draft.repairs) ?? ''),
      draft.repairs,
      draft.dropped,
    ),
    brand: brand === undefined ? undefined : shorten(brand, 120),
    checkedOn: readDay(draft.checkedOn),
    geoApproximate: place.approximate ? (true as const) : undefined,
  }
  const filled = Object.entries({ ...single, ...lists }).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(filled)
}

/** Judges the name, finds the place, cleans the rest: a profile with the list of what was changed, or why there is none. */
export function finish(draft: Draft | Rejection): Finished | Rejection {
  if (isRejection(draft)) return draft
  const name = chooseName(draft)
  if (typeof name !== 'string') return name
  const stated = {
    lat: draft.lat,
    lon: draft.lon,
    city: cleanText(draft.city, 'city', draft.repairs)?.slice(0, 120),
    region: cleanText(draft.region, 'region', [])?.slice(0, 120),
    countryCode: readCountry(draft),
    surveyed: draft.surveyed,
  }
  const place = findPlace(stated, draft.repairs)
  if ('reason' in place) return place
  const rest = optionalParts(draft, name, place)
  const { point, city, countryCode } = place
  const own = draft.externalId?.trim() ?? ''
  const profile: ImportedProfile = {
    name,
    city,
    countryCode,
    geo: point,
    timezone: zoneAt(point.lat, point.lon),
    ...rest,
    source: draft.source,
    licence: draft.licence,
    attribution: draft.attribution,
    externalId: own === '' || own.length > 200 ? hashedId(name, city, domainOf(rest.website)) : own,
  }
  return {
    profile,
    repairs: draft.repairs.map(withoutPersons),
    derived: place.derived,
    dropped: [...draft.dropped],
  }
}
