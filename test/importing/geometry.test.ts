import t from 'tap'
import { positionOf } from '../../src/importing/geometry.ts'
import { profileOf, readText, verdicts } from './rows.ts'

t.test('positionOf', async (t) => {
  const near = (value: unknown, expected: number): boolean => Math.abs(Number(value) - expected) < 1e-6

  t.test('gives the centroid of an area, not the mean of its corners', async (t) => {
    const ring = [[0, 0], [10, 0], [10, 10], [9, 10], [8, 10], [7, 10], [0, 10], [0, 0]] // prettier-ignore
    const found = positionOf({ type: 'Polygon', coordinates: [ring, [[1, 1], [2, 1], [2, 2], [1, 1]]] }) // prettier-ignore
    t.ok(near(found?.lat, 5) && near(found?.lon, 5))
  })

  t.test('stays at the antimeridian', async (t) => {
    const found = positionOf({ type: 'LineString', coordinates: [[179.9, -16.8], [-179.9, -16.8]] }) // prettier-ignore
    t.ok(near(Math.abs(Number(found?.lon)), 180))
  })

  t.test('takes the largest part of several, and nothing from nonsense', async (t) => {
    const small = [[[0, 0], [0.1, 0], [0.1, 0.1], [0, 0]]] // prettier-ignore
    const large = [[[10, 10], [12, 10], [12, 12], [10, 12], [10, 10]]] // prettier-ignore
    t.ok(near(positionOf({ type: 'MultiPolygon', coordinates: [small, large] })?.lon, 11))
    for (const odd of [
      null,
      3,
      {},
      { type: 'Polygon', coordinates: [] },
      { type: 'Point', coordinates: 'x' },
    ])
      t.equal(positionOf(odd), null)
  })

  t.test('survives nesting without end', async (t) => {
    let deep: unknown = [1, 2]
    for (let n = 0; n < 20_000; n += 1) deep = [deep]
    t.equal(positionOf({ type: 'LineString', coordinates: deep }), null)
  })
})

t.test('readRows: Overpass JSON', async (t) => {
  const tags = (name: string): Record<string, string> => ({ office: 'coworking', name })
  const elements = [
    { type: 'node', id: 1, lat: 40.4, lon: -3.7, tags: tags('Nodo') },
    { type: 'way', id: 2, nodes: [11, 12, 13, 11], tags: tags('Corners') },
    { type: 'way', id: 3, center: { lat: -33.9, lon: 18.4 }, nodes: [1], tags: tags('Centre') },
    { type: 'relation', id: 4, members: [{ type: 'way', ref: 9, geometry: [{ lat: 59.3, lon: 18 }, { lat: 59.32, lon: 18.1 }] }], tags: tags('Members') },
    { type: 'relation', id: 5, members: [{ type: 'way', ref: 9 }], tags: tags('Nowhere') },
    { type: 'way', id: 6, bounds: { minlat: 35.6, minlon: 139.7, maxlat: 35.7, maxlon: 139.8 }, tags: tags('東京') },
    { type: 'node', id: 11, lat: 45.76, lon: 4.83 },
    { type: 'node', id: 12, lat: 45.77, lon: 4.83 },
    { type: 'node', id: 13, lat: 45.76, lon: 4.84 },
  ] // prettier-ignore

  t.test('places nodes, ways and relations; corners are no rows', async (t) => {
    const read = await readText(t, 'overpass.json', JSON.stringify({ version: 0.6, osm3s: {}, elements }))
    t.equal(read.rows.length, 6)
    t.strictSame(
      read.profiles.map(({ profile }) => [profile.externalId, profile.countryCode]).sort(),
      [['node/1', 'ES'], ['relation/4', 'SE'], ['way/2', 'FR'], ['way/3', 'ZA'], ['way/6', 'JP']],
    ) // prettier-ignore
    t.equal(profileOf(read, 2)?.city, 'Lyon')
    t.match(read.rows.find(({ row }) => row === 5)?.outcome, { kind: 'rejected', reason: 'no_position' })
  })

  t.test('says that the server gave up in the middle of the answer', async (t) => {
    const remark = 'runtime error: Query timed out in "query" at line 3 after 26 seconds.'
    const read = await readText(t, 'cut.json', JSON.stringify({ elements: elements.slice(0, 1), remark }))
    t.strictSame(verdicts(read), ['accepted'])
    t.match(read.fault, { code: 'incomplete_answer', message: /timed out/ })
  })
})
