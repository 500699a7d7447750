import { metresBetween, type Point } from '../spaces/distance.ts'
import { isPlaceholder, type Candidate } from './coordinates.ts'
import { cityAt, countryAt, nearlyNamed, placesNear, type Place } from '../spaces/gazetteer.ts'
import type { Repair } from './record.ts'
import {
  cityVariants,
  named,
  readPosition,
  type Named,
  type Reading,
  type StatedPlace,
} from './stated-place.ts'
import {
  cityName,
  farAway,
  guessCity,
  middleOf,
  middleOfRegion,
  missing,
  type FoundPlace,
  type PlaceAnswer,
} from './stated-city.ts'
import { stateCodeOf } from './us-states.ts'

/** Below this a name in the gazetteer is too small to prove that a position elsewhere is wrong. */
const town = 15_000

const near = (point: Point, places: readonly Place[]): boolean =>
  places.some((place) => metresBetween(point, place.point) <= farAway)

function settle(chosen: Candidate, reading: Reading, repairs: Repair[]): Point {
  const what = chosen.what ?? reading.how
  if (what !== null) repairs.push({ field: 'geo', what, raw: reading.raw })
  return { lat: round(chosen.point.lat), lon: round(chosen.point.lon) }
}

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7

/** The stated name confirms one of the readings of the position: within 50 km of a place of that name. */
function confirmed(
  stated: StatedPlace,
  found: Named,
  reading: Reading,
  repairs: Repair[],
): FoundPlace | null {
  const chosen = reading.list.find(({ point }) => near(point, found.places))
  if (chosen === undefined || stated.city === undefined) return null
  const point = settle(chosen, reading, repairs)
  const nearest = found.places.reduce((a, b) =>
    metresBetween(point, a.point) <= metresBetween(point, b.point) ? a : b,
  )
  const countryCode = stated.countryCode ?? nearest.country
  return {
    point,
    approximate: false,
    city: cityName(stated.city, found, repairs),
    countryCode,
    derived: missing(stated),
  }
}

/** No place has the stated name; one near the position nearly has it: 'Stutgartt'. */
function misspelt(stated: StatedPlace, reading: Reading, repairs: Repair[]): FoundPlace | null {
  const { city } = stated
  if (city === undefined) return null
  const state = stateCodeOf(stated.region)
  for (const chosen of reading.list.slice(0, 8)) {
    const around = placesNear(chosen.point, farAway).filter(
      (place) =>
        (stated.countryCode === null || place.country === stated.countryCode) &&
        (state === null || place.country !== 'US' || place.region === state) &&
        // Surveyors rarely misspell a city; a hamlet with a similar name is the likelier reading of a small one.
        (!stated.surveyed || place.population >= 50_000),
    )
    const place = cityVariants(city)
      .map((variant) => nearlyNamed(variant, around))
      .find((found) => found !== null)
    if (!place) continue
    const point = settle(chosen, reading, repairs)
    repairs.push({ field: 'city', what: 'spelling', raw: city })
    return {
      point,
      approximate: false,
      city: place.name,
      countryCode: stated.countryCode ?? place.country,
      derived: missing(stated),
    }
  }
  return null
}

/** City and position agree with each other and not with the country: 'Mumbai, England'. */
function otherCountry(stated: StatedPlace, reading: Reading, repairs: Repair[]): FoundPlace | null {
  if (stated.countryCode === null) return null
  const found = named(stated, null)
  const asIs = reading.list.find(({ what }) => what === null)
  if (found === null || asIs === undefined || !near(asIs.point, found.places)) return null
  const code = countryAt(asIs.point)
  if (code === null || code === stated.countryCode) return null
  repairs.push({
    field: 'countryCode',
    what: 'country_contradicts_city_and_position',
    raw: stated.countryCode,
  })
  return confirmed({ ...stated, countryCode: code }, found, reading, repairs)
}

/** The position counts, because nothing stated can be checked against it, or because it was surveyed. */
function byPosition(stated: StatedPlace, reading: Reading, repairs: Repair[]): PlaceAnswer | null {
  const plausible = reading.list.filter(({ point, what }) =>
    stated.countryCode === null
      ? (what === null || what === 'metres_converted') &&
        (stated.surveyed ? !isNull(point) : !isPlaceholder(point))
      : !isPlaceholder(point) && countryAround(point, stated.countryCode),
  )
  const chosen = plausible[0]
  if (chosen === undefined) return null
  const countryCode = stated.countryCode ?? countryAt(chosen.point)
  const city = stated.city ?? cityAt(chosen.point, countryCode)?.name
  if (city === undefined || countryCode === null)
    return { reason: 'no_city', detail: 'no city stated, and no place within 150 km of the position' }
  return {
    point: settle(chosen, reading, repairs),
    approximate: false,
    city,
    countryCode,
    derived: missing(stated),
  }
}

const isNull = ({ lat, lon }: Point): boolean => Math.abs(lat) < 0.01 && Math.abs(lon) < 0.01

/** Near a border the nearest village may be abroad, so any place of the country within 25 km will do. */
function countryAround(point: Point, country: string): boolean {
  return placesNear(point, 25_000).some((place) => place.country === country) || countryAt(point) === country
}

/** A surveyed position is right; a city of that name far away in the same country shows that the tag is not. */
function surveyedElsewhere(
  stated: StatedPlace,
  found: Named,
  reading: Reading,
  repairs: Repair[],
): PlaceAnswer | null {
  const answer = byPosition(stated, reading, repairs)
  if (answer === null || 'reason' in answer) return answer
  const proof = found.places.some((place) => place.country === answer.countryCode && place.population >= town)
  const here = proof ? cityAt(answer.point, answer.countryCode) : null
  if (here === null) return answer
  repairs.push({ field: 'city', what: 'city_contradicts_position', raw: stated.city ?? '' })
  return { ...answer, city: here.name, derived: [...answer.derived, 'city'] }
}

function withCity(
  stated: StatedPlace,
  found: Named,
  reading: Reading,
  repairs: Repair[],
): PlaceAnswer | null {
  if (reading.list.length === 0)
    return middleOf(
      stated,
      found,
      reading,
      reading.empty ? 'city_position_used' : 'unreadable_city_position_used',
      repairs,
    )
  const agreed =
    confirmed(stated, found, reading, repairs) ??
    misspelt(stated, reading, repairs) ??
    otherCountry(stated, reading, repairs)
  if (agreed !== null) return agreed
  const surveyed = stated.surveyed ? surveyedElsewhere(stated, found, reading, repairs) : null
  if (surveyed !== null) return surveyed
  const asIs = reading.list.find(({ what }) => what === null)
  const abroad =
    asIs === undefined || (stated.countryCode !== null && !countryAround(asIs.point, stated.countryCode))
  const proof = abroad || isPlaceholder(asIs.point) || found.places.some((place) => place.population >= town)
  return proof
    ? middleOf(stated, found, reading, 'contradiction_city_position_used', repairs)
    : byPosition(stated, reading, repairs)
}

/**
 * Where a row is: its position checked against its city, its city and country from the position where they are
 * missing. Every change is a repair; what cannot be made sense of is a rejection with the reason.
 */
export function findPlace(stated: StatedPlace, repairs: Repair[]): PlaceAnswer {
  const reading = readPosition(stated)
  const found = named(stated, stated.countryCode)
  if (found !== null) {
    const answer = withCity(stated, found, reading, repairs)
    if (answer !== null) return answer
  }
  const guessed =
    misspelt(stated, reading, repairs) ??
    otherCountry(stated, reading, repairs) ??
    byPosition(stated, reading, repairs)
  if (guessed !== null) return guessed
  const middle = guessCity(stated, reading, repairs) ?? middleOfRegion(stated, reading, repairs)
  if (middle !== null) return middle
  const city = stated.city === undefined ? 'no city is stated' : `the city "${stated.city}" is not known`
  if (reading.list.length === 0)
    return {
      reason: 'no_position',
      detail: `no usable position${reading.empty ? '' : ` (${reading.raw})`}, and ${city}`,
    }
  const where = stated.countryCode === null ? 'in any known place' : `in ${stated.countryCode}`
  return {
    reason: 'position_contradicts',
    detail: `the position ${reading.raw} is not ${where}, and ${city}`,
  }
}
