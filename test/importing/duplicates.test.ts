import t from 'tap'
import { isPossibleDuplicate, isSameDoor, type Comparable } from '../../src/importing/duplicates.ts'
import { geojson, readText, verdicts } from './rows.ts'

const spot = (name: string, metresNorth: number, more: Partial<Comparable> = {}): Comparable => ({
  name,
  geo: { lat: 45.76 + metresNorth / 111_195, lon: 4.85 },
  ...more,
})

t.test('isPossibleDuplicate', async (t) => {
  t.test('same name, no other domain, within 150 m', async (t) => {
    t.ok(isPossibleDuplicate(spot('Flex-O', 0), spot('FLEX O', 149), false))
    t.notOk(isPossibleDuplicate(spot('Flex-O', 0), spot('FLEX O', 151), false))
    t.notOk(isPossibleDuplicate(spot('Flex-O', 0), spot('Flex-P', 1), false))
    const site = (website: string): Partial<Comparable> => ({ website })
    t.ok(isPossibleDuplicate(spot('A', 0, site('https://www.a.org/x')), spot('A', 9, site('http://a.org/')), false))
    t.notOk(isPossibleDuplicate(spot('A', 0, site('https://a.org/')), spot('A', 9, site('https://b.org/')), false))
  }) // prettier-ignore

  t.test('never two branches of a chain, unless street or page is the same', async (t) => {
    const brand = { brand: 'Spaces' }
    t.notOk(isPossibleDuplicate(spot('Spaces', 0, brand), spot('Spaces', 90), false))
    t.notOk(isPossibleDuplicate(spot('Wojo', 0), spot('Wojo', 90), true))
    const page = { ...brand, website: 'https://spaces.com/paris/reaumur' }
    t.ok(isPossibleDuplicate(spot('Spaces', 0, page), spot('Spaces', 20, page), true))
  })

  t.test('never two doors, and never on an approximate position', async (t) => {
    const door = (street: string): Partial<Comparable> => ({ address: { street } })
    t.notOk(isPossibleDuplicate(spot('A', 0, door('3 Rue X')), spot('A', 9, door('5 Rue X')), false))
    t.notOk(isPossibleDuplicate(spot('A', 0, { geoApproximate: true }), spot('A', 0), false))
    t.ok(isSameDoor(spot('A', 0, door('35 Barnard Street')), spot('A', 0, { ...door('35 Barnard St.'), geoApproximate: true })))
  }) // prettier-ignore
})

t.test('readRows: duplicates within a file', async (t) => {
  t.test('one id twice is one space, two ids are two with a mark', async (t) => {
    const at = [4.85, 45.76]
    const read = await readText(t, 'd.geojson', geojson(
      { at, id: 'node/1', tags: { name: 'Flex-O' } },
      { at, id: 'node/1', tags: { name: 'Flex-O' } },
      { at: [4.8502, 45.76], id: 'way/1', tags: { name: 'FLEX-O' } },
    )) // prettier-ignore
    t.strictSame(verdicts(read), ['accepted', 'duplicate', 'accepted'])
    t.match(read.rows[1]?.outcome, { ofRow: 1, reason: 'same_external_id' })
    t.strictSame(read.profiles[1]?.possibleDuplicateOf, { row: 1, externalId: 'node/1' })
  })
})
