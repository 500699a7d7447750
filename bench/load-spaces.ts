import type pg from 'pg'
import { spaces } from '../db/schema/spaces.ts'
import { instant } from '../src/platform/clock.ts'
import { newId } from '../src/platform/ids.ts'
import { chance, copiesOf, uuidOf } from './copies.ts'

type SpaceRow = typeof spaces.$inferInsert

const founded = Date.UTC(2025, 0, 1)

const description =
  'A quiet house by the river: daylight on three sides, a kitchen where people cook together on Thursdays, and rooms ' +
  'for calls. Members of other spaces are welcome for a day or a month, with the same rights as everybody else here.'

const aSpace: SpaceRow = {
  id: newId('space', founded),
  slug: '',
  name: '',
  alsoKnownAs: [],
  operatorId: null,
  status: 'admitted',
  address: { street: '12 rue des Abeilles', postcode: '69001' },
  city: '',
  cityKey: '',
  countryCode: '',
  lat: 0,
  lon: 0,
  timezone: 'Europe/Paris',
  languages: ['en', 'fr'],
  openingHours: 'Mo-Fr 08:30-19:00',
  access: 'staffed',
  capacity: 40,
  plans: [
    { kind: 'day_pass', price: 25, currency: 'EUR', period: 'day' },
    { kind: 'fixed_desk', price: 290, currency: 'EUR', period: 'month' },
  ],
  amenities: [],
  communityTypes: ['design', 'software'],
  accessibility: { stepFree: true, toilet: true },
  hostingPolicy: {
    intake: 'open',
    accepts: ['visit', 'temporary', 'relocate', 'join'],
    noticeDays: 2,
    maxDays: 90,
  },
  description,
  website: 'https://space.example/',
  contactEmail: 'hello@space.example',
  domain: null,
  brand: null,
  source: null,
  licence: null,
  attribution: null,
  externalIds: [],
  possibleDuplicateOf: null,
  importHash: null,
  searchText: '',
  lastConfirmedAt: instant(founded),
  checkedOn: null,
  version: 1,
  createdAt: instant(founded),
  updatedAt: instant(founded),
}

/** So many cities: the first ones are large, the last ones small. A tenth of the world's land, roughly. */
const cities = 1000
const countries = 40

/** SQL of the id of space `n`, from 1 on. */
export const spaceIdOf = (n: string): string => uuidOf(`${String(founded)} + (${n}) * 1000`, 1, n)

const amenities = ['wifi', 'quiet_room', 'meeting_room', 'kitchen', 'bike_storage', 'phone_booth']

/** The spaces `from` to `to`, in cities of very different size, spread some kilometres around each centre. */
export const loadSpaces = async (client: pg.Client, from: number, to: number): Promise<void> => {
  const source = `(select n, floor(${String(cities)} * ${chance('n', 1)} ^ 2)::int as c
    from generate_series(${String(from)}, ${String(to)}) n) g`
  const around = (seed: number) => `(${chance('g.n', seed)} + ${chance('g.n', seed + 1)} - 1) * 0.2`
  const held = amenities.map(
    (amenity, index) => `case when ${chance('g.n', 20 + index)} < 0.6 then '${amenity}' end`,
  )
  const copies = copiesOf(
    spaces,
    aSpace,
    {
      id: spaceIdOf('g.n'),
      slug: `'space-' || g.n`,
      name: `'Space ' || g.n`,
      // The first spaces are those that ask; of the rest every fifth is in the directory alone.
      status: `case when g.n > 1000 and g.n % 5 = 0 then 'unclaimed' else 'admitted' end`,
      city: `'City ' || g.c`,
      city_key: `'city ' || g.c`,
      country_code: `chr(65 + g.c % ${String(countries)} / 26) || chr(65 + g.c % ${String(countries)} % 26)`,
      lat: `${chance('g.c', 2)} * 100 - 40 + ${around(4)}`,
      lon: `${chance('g.c', 3)} * 320 - 160 + ${around(6)}`,
      amenities: `array_remove(array[${held.join(', ')}]::text[], null)`,
      search_text: `'space ' || g.n || ' city ' || g.c`,
      domain: `'space-' || g.n || '.example'`,
    },
    source,
  )
  await client.query(copies)
}
