import { metresBetween, type Point } from '../spaces/distance.ts'
import {
  editDistance,
  isNameOf,
  nameKey,
  nearlyNamed,
  placesNamed,
  townsOf,
  type Place,
} from '../spaces/gazetteer.ts'
import type { RejectReason, Repair } from './record.ts'
import { cityVariants, type Named, type Reading, type StatedPlace } from './stated-place.ts'

export interface FoundPlace {
  point: Point
  approximate: boolean
  city: string
  countryCode: string
  derived: string[]
}

export type PlaceAnswer = FoundPlace | { reason: RejectReason; detail: string }

/** A point farther than this from every place of the stated name is another place. */
export const farAway = 50_000
/** What the position has to answer because nothing is stated. */
export const missing = (stated: StatedPlace): string[] => [
  ...(stated.city === undefined ? ['city'] : []),
  ...(stated.countryCode === null ? ['countryCode'] : []),
]

/** The name to keep: as stated when the gazetteer knows it, its spelling when only the case differs. */
export function cityName(stated: string, found: Named, repairs: Repair[]): string {
  const official = found.places.find((place) => isNameOf(place, found.as))
  // GeoNames lists common misspellings among the other names of a place: 'San Fransisco'.
  const key = nameKey(found.as)
  const close = found.places.find((place) => editDistance(key, nameKey(place.name), 1) === 1)
  if (official === undefined && key.length >= 8 && close !== undefined) {
    repairs.push({ field: 'city', what: 'spelling', raw: stated })
    return close.name
  }
  const shouted = /^[^\p{Ll}]{4,}$/u.test(found.as) && /\p{Lu}/u.test(found.as)
  const plain = /^[^\p{Lu}]+$/u.test(found.as) && /\p{Ll}/u.test(found.as)
  const name = official !== undefined && (shouted || plain) ? official.name : found.as
  if (name !== stated) repairs.push({ field: 'city', what: 'city_cleaned', raw: stated })
  return name
}

/** 'Springfield, USA' may be any of many: no other place of that name has a fifth of the people of the first. */
function isClear([first, ...others]: readonly Place[]): boolean {
  return others.every(
    (other) =>
      first === undefined ||
      other.population * 5 < first.population ||
      metresBetween(other.point, first.point) <= farAway,
  )
}

/** The middle of the stated city, for want of a position or in place of a wrong one. */
export function middleOf(
  stated: StatedPlace,
  found: Named,
  reading: Reading,
  what: string,
  repairs: Repair[],
): PlaceAnswer | null {
  const [place] = found.places
  if (place === undefined || stated.city === undefined) return null
  const { raw, list } = reading
  if (!isClear(found.places))
    return {
      reason: list.length > 0 ? 'position_contradicts' : 'no_position',
      detail: `${list.length > 0 ? `the position ${raw} is near no ${stated.city}` : 'no usable position'}, and several places have that name`,
    }
  repairs.push({ field: 'geo', what, ...(reading.empty ? {} : { raw }) })
  return {
    point: place.point,
    approximate: true,
    city: cityName(stated.city, found, repairs),
    countryCode: stated.countryCode ?? place.country,
    derived: missing(stated),
  }
}

/** No position and a city that the gazetteer does not know: perhaps misspelt, looked for in the stated country. */
export function guessCity(stated: StatedPlace, reading: Reading, repairs: Repair[]): PlaceAnswer | null {
  if (stated.city === undefined || stated.countryCode === null) return null
  const towns = townsOf(stated.countryCode)
  const place = cityVariants(stated.city)
    .map((variant) => nearlyNamed(variant, towns))
    .find((found) => found !== null)
  if (!place) return null
  repairs.push({ field: 'city', what: 'spelling', raw: stated.city })
  return middleOf(
    { ...stated, city: place.name },
    { places: [place], as: place.name },
    reading,
    'city_position_used',
    repairs,
  )
}

/** No position, and a city too small for the gazetteer inside a region that is a place: 'Etterbeek, Brussels'. */
export function middleOfRegion(stated: StatedPlace, reading: Reading, repairs: Repair[]): PlaceAnswer | null {
  const place =
    stated.region === undefined || stated.countryCode === null
      ? undefined
      : placesNamed(stated.region, stated.countryCode)[0]
  if (place === undefined || stated.city === undefined || reading.list.length > 0) return null
  return middleOf(stated, { places: [place], as: stated.city }, reading, 'region_position_used', repairs)
}
