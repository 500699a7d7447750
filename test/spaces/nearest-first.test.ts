import t from 'tap'
import { spaces } from '../../db/schema/spaces.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { newId } from '../../src/platform/ids.ts'
import { spaceRow } from '../../src/spaces/profile.ts'
import { testApp, testStart, type TestApp } from '../helpers/app.ts'
import { addCaller } from '../helpers/network.ts'
import { allPages } from './world.ts'

interface Place {
  readonly id: string
  readonly lat: number
  readonly lon: number
}

/** Radius in kilometres, and rows on a page. */
const pages = [
  [0.5, 7],
  [25, 7],
  [500, 40],
] as const

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** By the law of haversines, in metres. */
const distance = (a: { lat: number; lon: number }, b: { lat: number; lon: number }) => {
  const square = (angle: number) => Math.sin(angle / 2) ** 2
  const across = Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * square(radians(b.lon - a.lon))
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(Math.min(1, square(radians(b.lat - a.lat)) + across)))
}

/** The same numbers in every run. */
const randomly = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}

/** Around these the spaces stand, close and far, and searches begin. */
const centres = [
  { lat: 45.76, lon: 4.84 },
  { lat: -17.7, lon: 179.98 },
  { lat: 66, lon: -179.9 },
  { lat: 89.5, lon: 30 },
  { lat: -89.99, lon: -120 },
  { lat: 69.65, lon: 18.96 },
  { lat: 0, lon: 0 },
]

const clamp = (value: number, most: number) => Math.max(-most, Math.min(most, value))
const wrap = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180

const addPlaces = async ({ deps }: TestApp, count: number): Promise<Place[]> => {
  const random = randomly(7)
  const rows = Array.from({ length: count }, (_, index) => {
    const centre = centres[index % centres.length]!
    const reach = 10 ** (random() * 3 - 2)
    const geo = {
      lat: clamp(centre.lat + (random() - 0.5) * reach, 90),
      lon: wrap(centre.lon + ((random() - 0.5) * reach) / Math.max(0.01, Math.cos(radians(centre.lat)))),
    }
    const id = newId('space', testStart)
    const facts = { id, slug: id.replace('_', '-'), status: 'admitted', operatorId: null } as const
    const now = '2026-11-20T09:30:00.000Z'
    return spaceRow({ name: 'Space', city: 'City', countryCode: 'FR', geo }, { ...facts, now })
  })
  // Two at the very same spot, and on both names of one meridian: only the id decides between them.
  for (const [index, lon] of [180, -180, 180].entries()) Object.assign(rows[index]!, { lat: -17.7, lon })
  await deps.db.pool.query(insertAll([rowsOf(spaces, rows)]))
  return rows
}

t.test('searchSpaces near a place', async (t) => {
  const test = await testApp(t)
  const places = await addPlaces(test, 1_400)
  // Far from all of them.
  const asker = await addCaller(test, { lat: -45, lon: 100 })

  for (const centre of [
    ...centres,
    { lat: -17.7, lon: -179.97 },
    { lat: 90, lon: 0 },
    { lat: 52, lon: -180 },
  ]) {
    for (const [radiusKm, limit] of pages) {
      const near = `${String(centre.lat)},${String(centre.lon)}`
      const query = `near=${near}&radiusKm=${String(radiusKm)}&limit=${String(limit)}`
      t.test(`covers each space within the radius once, nearest first: ${query}`, async (t) => {
        const found = await allPages(asker, `/v1/spaces?${query}`)
        const metres = new Map(places.map((place) => [place.id, distance(centre, place)]))
        const surely = places.filter(({ id }) => metres.get(id)! <= radiusKm * 1000 - 1).map(({ id }) => id)
        const ids = found.map(({ id }) => id as string)
        t.equal(new Set(ids).size, ids.length, 'none twice')
        t.same(
          surely.filter((id) => !ids.includes(id)),
          [],
          'none is missing',
        )
        t.ok(
          ids.every((id) => metres.get(id)! <= radiusKm * 1000 + 1),
          'none is outside',
        )
        const order = found.map(({ distanceKm, id }) => [distanceKm ?? NaN, id] as const)
        t.same(
          [...order].sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1)),
          order,
          'nearest first, then by id',
        )
        t.ok(
          order.every(([km, id]) => Math.abs(km * 1000 - metres.get(id)!) <= 1),
          'to the metre',
        )
      })
    }
  }
})
