import { candidates, readCoordinate, splitPair, type Candidate } from './coordinates.ts'
import { placesNamed, type Place } from '../spaces/gazetteer.ts'
import { stateCodeOf } from './us-states.ts'

/** What a row says about where it is. `surveyed`: the position is the thing itself (OSM), not somebody's typing. */
export interface StatedPlace {
  lat: unknown
  lon: unknown
  city?: string | undefined
  region?: string | undefined
  countryCode: string | null
  surveyed: boolean
}

/** What can be made of the two numbers; `raw` is what stood there. */
export interface Reading {
  list: Candidate[]
  raw: string
  how: string | null
  /** Nothing is stated, not even something unreadable. */
  empty: boolean
}

/** The position as stated, with every way to read it; an empty list when there is none. */
export function readPosition(stated: StatedPlace): Reading {
  const pair = [stated.lat, stated.lon]
    .map((raw) => (typeof raw === 'string' ? splitPair(raw.slice(0, 100)) : null))
    .find((found) => found !== null)
  const [first, second] = pair ?? [stated.lat, stated.lon]
  const lat = readCoordinate(first)
  const lon = readCoordinate(second)
  const raw = [first, second]
    .map((part) => (typeof part === 'string' || typeof part === 'number' ? String(part) : ''))
    .join(' | ')
  if (lat === null || lon === null)
    return { list: [], raw: raw.slice(0, 100), how: null, empty: /^[|\s]*$/.test(raw) }
  return {
    list: candidates(lat.value, lon.value),
    raw: raw.slice(0, 100),
    how: lat.how ?? lon.how,
    empty: false,
  }
}

/** The stated city and what it may hide: '1205 Geneva', 'Prague 2', 'Lyon 3eme Arrondissement', 'Berlin-Mitte'. */
export function cityVariants(city: string): string[] {
  const base = city.replace(/\(.*?\)/g, ' ')
  const plain = base
    .replace(/^\s*(?:[A-Z]{1,3}\s?-\s?)?\d{3,6}(?:\s?[A-Z]{2}\b)?\s+/i, '')
    .replace(/\s+cedex\b.*$/i, '')
    .replace(
      /[\s-]+(?:\d{1,2}\s*(?:er|[eè]re|e|[eè]?me|ème|º|ª|th|st|nd|rd)?|[IVX]+\.?)(?:[\s-]+(?:arrondissement|arr|district|bezirk|ker(?:ület)?|municipio)\.?)?$/iu,
      '',
    )
    .replace(/\s+\d{4,6}$/, '')
  const parts = plain.split(/\s*[,/;]\s*|\s+[-–]\s+|-(?=\p{Lu})/u)
  return [...new Set([city, base, plain, ...parts].map((text) => text.replace(/\s+/g, ' ').trim()))].filter(
    (text) => text !== '',
  )
}

export interface Named {
  places: Place[]
  /** The variant under which they were found. */
  as: string
}

/**
 * Places of the stated name; those in the stated US state alone when there are any. A whole city goes before a part of
 * one: 'Berlin-Kreuzberg' is found as it stands and is Berlin all the same.
 */
export function named(stated: StatedPlace, country: string | null): Named | null {
  if (stated.city === undefined) return null
  const found = cityVariants(stated.city)
    .map((as) => ({ as, places: placesNamed(as, country) }))
    .filter(({ places }) => places.length > 0)
  const best = found.find(({ places }) => places.some((place) => !place.part)) ?? found[0]
  if (best === undefined) return null
  const state = stateCodeOf(stated.region)
  const there = best.places.filter((place) => place.country === 'US' && place.region === state)
  return there.length > 0 ? { ...best, places: there } : best
}
