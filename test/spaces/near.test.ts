import fc from 'fast-check'
import t from 'tap'
import { settled, windowsOf, type Hit } from '../../src/spaces/near.ts'

const degree = 111_195
const northing = (lat: number) => (Math.asinh(Math.tan((lat * Math.PI) / 180)) * 180) / Math.PI
const hit = (id: string, metres: number, onMap: number): Hit => ({ id, metres, onMap })
const equator = { lat: 0, lon: 0, radius: 25_000 }

t.test('settled', async (t) => {
  t.test('holds back what a row that was not read could still overtake', async (t) => {
    const hits = [hit('a', 0.1 * degree, 0.1), hit('b', 0.2 * degree, 0.2), hit('c', 0.3 * degree, 0.3)]
    t.same(
      settled(equator, [hits], 3).map(({ id }) => id),
      ['a', 'b'],
    )
    t.same(
      settled(equator, [hits], 4).map(({ id }) => id),
      ['a', 'b', 'c'],
      'there is nothing more to read',
    )
    const north = { ...equator, lat: 60 }
    t.same(
      settled(north, [hits], 3).map(({ id }) => id),
      ['a'],
      'a degree of the map is half as long on the ground there',
    )
  })

  t.test('waits for the window that has been read the least far', async (t) => {
    const [left, right] = [[hit('a', 2_000, 0.02)], [hit('b', 9_000, 0.09)]]
    t.same(settled(equator, [left, right], 1), left)
    t.same(settled(equator, [left, []], 2).length, 1)
  })

  t.test('orders equals by id and shows the same row once', async (t) => {
    const [a, b] = [hit('a', 5, 0.001), hit('b', 5, 0.0001)]
    t.same(settled(equator, [[b, a], [a]], 9), [a, b])
  })
})

t.test('windowsOf', async (t) => {
  t.test('hold every place within the radius', async (t) => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const walk = fc.record({
      north: share,
      east: share,
      radius: fc.integer({ min: 100, max: 500_000 }),
      turn: share,
      way: share,
    })
    const isHeld = ({
      north,
      east,
      radius,
      turn,
      way,
    }: typeof walk extends fc.Arbitrary<infer W> ? W : never) => {
      const from = { lat: north * 180 - 90, lon: east * 360 - 180 }
      const to = destination(from, turn * 2 * Math.PI, (radius * way) / 6_371_008.8)
      return windowsOf({ ...from, radius }).some(
        ({ west, east, south, north }) =>
          to.lon >= west && to.lon <= east && northing(to.lat) >= south && northing(to.lat) <= north,
      )
    }
    t.doesNotThrow(() => fc.assert(fc.property(walk, isHeld), { numRuns: 2_000, seed: 1 }))
  })

  t.test('are two only where the circle crosses the antimeridian', async (t) => {
    const count = (lat: number, lon: number) => windowsOf({ lat, lon, radius: 25_000 }).length
    t.same([count(45, 4), count(0, 179.9), count(0, -179.9), count(0, 179.7)], [1, 2, 2, 1])
  })
})

/** Where a walk on the sphere ends: bearing and length in radians. */
const destination = (from: { lat: number; lon: number }, bearing: number, angle: number) => {
  const [lat, lon] = [(from.lat * Math.PI) / 180, (from.lon * Math.PI) / 180]
  const toLat = Math.asin(
    Math.max(
      -1,
      Math.min(1, Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(bearing)),
    ),
  )
  const toLon =
    lon +
    Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * Math.cos(lat),
      Math.cos(angle) - Math.sin(lat) * Math.sin(toLat),
    )
  return { lat: (toLat * 180) / Math.PI, lon: (((((toLon * 180) / Math.PI + 540) % 360) + 360) % 360) - 180 }
}
