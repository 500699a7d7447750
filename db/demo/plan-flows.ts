import { friends, generous, oneSided, popular, rings } from './flows.ts'
import type { PlannedSpace } from './plan-spaces.ts'
import type { Random } from './random.ts'

/** Who sends to whom: a few send much, most send a little; near goes before far, and habits go before both. */
export interface Flows {
  senderOn(day: number): PlannedSpace
  receiverOn(day: number, from: PlannedSpace): PlannedSpace
}

export const planFlows = (random: Random, spaces: readonly PlannedSpace[]): Flows => {
  const members = spaces.filter(({ isClaimed }) => isClaimed)
  const busy = members.map(
    (space) => [space, (generous[space.key] ?? 1) * (0.3 + random.fraction())] as const,
  )
  const targets = new Map(
    members.map((from) => [
      from.key,
      members.filter((to) => to !== from).map((to) => [to, likelihood(from, to)] as const),
    ]),
  )
  const drawOn = (day: number, from: readonly (readonly [PlannedSpace, number])[]) =>
    random.weighted(from.filter(([{ joinedOn }]) => joinedOn < day))
  return {
    senderOn: (day) => drawOn(day, busy),
    receiverOn: (day, from) => drawOn(day, targets.get(from.key) ?? []),
  }
}

const likelihood = (from: PlannedSpace, to: PlannedSpace): number => {
  const sharesLanguage = to.city.languages.some((language) => from.city.languages.includes(language))
  return (popular[to.key] ?? 1) * nearness(from, to) * (sharesLanguage ? 1.5 : 1) * habit(from.key, to.key)
}

const nearness = (from: PlannedSpace, to: PlannedSpace): number => {
  if (from.city === to.city) return 6
  const km = distanceKm(from.geo, to.geo)
  return km < 700 ? 3 : km < 3_000 ? 1 : 0.35
}

const strong = 40
const mutual = 12
const rare = 0.05

const habit = (from: string, to: string): number => {
  const isPair = ([first, second]: readonly [string, string], a: string, b: string) =>
    first === a && second === b
  const follows = (ring: readonly string[], a: string, b: string) =>
    ring.some((key, index) => key === a && ring[(index + 1) % ring.length] === b)
  const goes = (a: string, b: string) =>
    rings.some((ring) => follows(ring, a, b)) || oneSided.some((pair) => isPair(pair, a, b))
  if (goes(from, to)) return strong
  if (goes(to, from)) return rare
  return friends.some((pair) => isPair(pair, from, to) || isPair(pair, to, from)) ? mutual : 1
}

interface Geo {
  readonly lat: number
  readonly lon: number
}

/** On a sphere, by the haversine formula: near enough to tell neighbours from strangers. */
const distanceKm = (a: Geo, b: Geo): number => {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const part = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon)
  return 2 * 6_371 * Math.asin(Math.sqrt(part))
}
