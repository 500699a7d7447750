import { fold } from '../spaces/fold.ts'
import { domainOf } from '../spaces/website-domain.ts'
import { metresBetween } from '../spaces/distance.ts'
import type { ImportedProfile } from './record.ts'

/** What telling two spaces apart needs to know. */
export type Comparable = Pick<
  ImportedProfile,
  'name' | 'geo' | 'geoApproximate' | 'address' | 'website' | 'brand'
>

/** Two points of one space may lie that far apart in two sources. */
export const sameSpotMetres = 150

/** The form in which names are compared: 'FLEX-O', 'Flex-O' and 'flex o' are one. */
export function normaliseName(name: string): string {
  return fold(name).replaceAll(' ', '')
}

const numbersIn = (street: string | undefined): string[] => street?.match(/\d+/g) ?? []

/** Both state a street with numbers and no number is common: two doors. */
function otherDoor(a: Comparable, b: Comparable): boolean {
  const first = numbersIn(a.address?.street)
  const second = numbersIn(b.address?.street)
  return first.length > 0 && second.length > 0 && !first.some((number) => second.includes(number))
}

function sameStreet(a: Comparable, b: Comparable): boolean {
  const first = fold(a.address?.street ?? '')
  return first !== '' && first === fold(b.address?.street ?? '')
}

/** Not the home page of a chain but one page below it. */
const page = (website: string | undefined): string | null =>
  website !== undefined && new URL(website).pathname.length > 1 ? website.replace(/\/$/, '') : null

/**
 * Same name, no other domain, within 150 m: perhaps one space under two ids, for a person to decide. Never for two
 * branches of a chain, unless they give the very same street or page. An approximate position proves nothing.
 */
export function isPossibleDuplicate(a: Comparable, b: Comparable, chain: boolean): boolean {
  if (normaliseName(a.name) !== normaliseName(b.name) || otherDoor(a, b)) return false
  if (a.geoApproximate === true || b.geoApproximate === true) return false
  if (metresBetween(a.geo, b.geo) > sameSpotMetres) return false
  const [first, second] = [domainOf(a.website), domainOf(b.website)]
  if (first !== null && second !== null && first !== second) return false
  if (!chain && a.brand === undefined && b.brand === undefined) return true
  return sameStreet(a, b) || (page(a.website) !== null && page(a.website) === page(b.website))
}

/** Two rows whose name, city and domain are the same: one space written twice, or two branches in one city? */
export function isSameDoor(a: Comparable, b: Comparable): boolean {
  if (sameStreet(a, b)) return true
  if (otherDoor(a, b)) return false
  const exact = a.geoApproximate !== true && b.geoApproximate !== true
  return !exact || metresBetween(a.geo, b.geo) <= sameSpotMetres
}

/** A name that stands at three doors and more, each away from the others, is a chain's. */
export function isChain(spots: readonly Comparable[]): boolean {
  const apart: Comparable[] = []
  for (const spot of spots) {
    if (apart.every((other) => metresBetween(other.geo, spot.geo) > sameSpotMetres)) apart.push(spot)
    if (apart.length >= 3) return true
  }
  return false
}
