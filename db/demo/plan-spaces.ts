import { cities, type City } from './cities.ts'
import { away, closed, operators, places, unclaimed, type Place } from './places.ts'
import type { Random } from './random.ts'
import { amenities, communities } from './trades.ts'

/** How a space takes guests; days count from the end of the history. */
export interface PlannedPolicy {
  readonly intake: 'open' | 'limited'
  readonly accepts?: readonly ('visit' | 'temporary' | 'relocate' | 'join')[]
  readonly noticeDays?: number
  readonly maxDays?: number
  readonly proof?: 'none' | 'attested' | 'vetted'
  readonly terms?: string
  readonly contactRole?: string
  readonly expiresInDays?: number
  readonly blackoutInDays?: readonly [number, number]
}

export interface PlannedSpace {
  readonly key: string
  readonly name: string
  readonly city: City
  readonly street: string
  readonly geo: { readonly lat: number; readonly lon: number }
  /** The name of its operator; null when it stands alone. */
  readonly operator: string | null
  /** Unclaimed ones are in the directory and not in the network. */
  readonly isClaimed: boolean
  /** The day on which it came to the network; below zero for those who were there before the history begins. */
  readonly joinedOn: number
  /** How many days before the end it last confirmed its profile. */
  readonly confirmedDaysAgo: number
  /** What it says at the end of the history. */
  readonly pause: 'away' | 'closed' | null
  readonly languages: readonly string[]
  readonly capacity: number
  readonly access: 'staffed' | 'extended' | '24_7'
  readonly openingHours: string
  readonly plans: readonly {
    readonly kind: 'day_pass' | 'flex_desk' | 'fixed_desk'
    readonly price: number
  }[]
  readonly amenities: readonly string[]
  readonly communityTypes: readonly string[]
  readonly isStepFree: boolean
  readonly policy: PlannedPolicy | null
}

const policies: readonly (PlannedPolicy | null)[] = [
  null,
  {
    intake: 'open',
    proof: 'none',
    terms: 'Three free days, then our day rate.',
    contactRole: 'Community manager',
    expiresInDays: 150,
  },
  {
    intake: 'open',
    noticeDays: 2,
    maxDays: 30,
    proof: 'attested',
    terms: 'Half price for the first week.',
    contactRole: 'Front desk',
    expiresInDays: 90,
  },
  {
    intake: 'limited',
    accepts: ['visit', 'temporary'],
    noticeDays: 5,
    maxDays: 10,
    proof: 'vetted',
    terms: 'Our day rate.',
    contactRole: 'Host of the week',
    expiresInDays: 40,
  },
  {
    intake: 'open',
    accepts: ['temporary', 'relocate', 'join'],
    proof: 'attested',
    terms: 'Full price; the first coffee is ours.',
    contactRole: 'Founder',
    expiresInDays: 200,
  },
  {
    intake: 'limited',
    noticeDays: 1,
    maxDays: 60,
    proof: 'none',
    contactRole: 'Community manager',
    expiresInDays: 15,
    blackoutInDays: [20, 34],
  },
]

const openingHours = [
  'Mo-Fr 08:30-19:00',
  'Mo-Fr 09:00-18:00',
  'Mo-Fr 08:00-20:00; Sa 10:00-16:00',
  '24/7',
] as const

export const planSpaces = (random: Random, days: number): PlannedSpace[] => [
  ...places.map((place) => planSpace(random, place, { days, isClaimed: true })),
  ...unclaimed.map((place) => planSpace(random, place, { days, isClaimed: false })),
]

const planSpace = (
  random: Random,
  [key, name, cityKey, street, lat, lon]: Place,
  { days, isClaimed }: { days: number; isClaimed: boolean },
): PlannedSpace => {
  const city = cities[cityKey]
  const hours = random.pick(openingHours)
  return {
    key,
    name,
    city,
    street,
    geo: { lat, lon },
    operator: operators.find((one) => one.places.includes(key))?.name ?? null,
    isClaimed,
    // Most were there from the beginning; the network has grown since.
    joinedOn: random.chance(0.6) ? -random.int(1, 90) : random.int(1, Math.floor(days * 0.7)),
    confirmedDaysAgo: random.weighted([
      [random.int(1, 45), 4],
      [random.int(46, 150), 1],
    ]),
    pause: away.includes(key) ? 'away' : closed.includes(key) ? 'closed' : null,
    languages: city.languages.slice(0, random.int(1, city.languages.length)),
    capacity: random.int(12, 120),
    access: hours === '24/7' ? '24_7' : random.pick(['staffed', 'extended'] as const),
    openingHours: hours,
    plans: planPrices(random, city),
    amenities: ['wifi', ...random.some(amenities.slice(1), random.int(4, 9))],
    communityTypes: random.some(communities, random.int(1, 3)),
    isStepFree: random.chance(0.6),
    policy: random.pick(policies),
  }
}

/** A month costs what nine days cost at a flexible desk, and fourteen at a fixed one; prices end in noughts as prices do. */
const planPrices = (random: Random, { dayPrice }: City): PlannedSpace['plans'] => {
  const step = dayPrice >= 1_000 ? 100 : dayPrice >= 100 ? 10 : 1
  const level = 0.8 + random.fraction() * 0.4
  const price = (daysWorth: number) => Math.round((dayPrice * level * daysWorth) / step) * step
  return [
    { kind: 'day_pass', price: price(1) },
    { kind: 'flex_desk', price: price(9) },
    { kind: 'fixed_desk', price: price(14) },
  ]
}
