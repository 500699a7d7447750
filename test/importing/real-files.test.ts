import t from 'tap'
import { noSharedData, profileOf, readAll, repairsOf, sharedFile, verdicts } from './rows.ts'

const count = (list: string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const word of list) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

const osmFile = sharedFile('osm_coworking_paris_lyon.geojson')
t.test('OpenStreetMap, Paris and Lyon', { skip: osmFile === undefined && noSharedData }, async (t) => {
  const read = await readAll(osmFile ?? '')

  t.test('187 rows: 180 accepted, 7 rejected for the missing name', async (t) => {
    t.strictSame(count(verdicts(read)), { accepted: 180, no_name: 7 })
    t.equal(read.fault, undefined)
  })

  t.test('marks Flex-O and FLEX-O, 18 m apart, and no two branches of a chain', async (t) => {
    const marked = read.profiles.filter((outcome) => outcome.possibleDuplicateOf !== undefined)
    t.match(marked.find(({ profile }) => profile.externalId === 'node/6934333944')?.possibleDuplicateOf, {
      externalId: 'node/6614658642',
    })
    t.notOk(marked.some(({ profile }) => /wework|regus|spaces|wojo|morning/i.test(profile.name)))
  })

  t.test('every city, country and zone is filled, from the position where nothing is stated', async (t) => {
    for (const { profile } of read.profiles) {
      t.match(profile.city, /^(?:Paris|Lyon)$/, profile.name)
      t.equal(profile.countryCode, 'FR')
      t.equal(profile.timezone, 'Europe/Paris')
      t.equal(profile.city === 'Paris', profile.geo.lat > 47, `${profile.name} is in ${profile.city}`)
    }
    t.equal(read.profiles.filter(({ derived }) => derived.includes('city')).length, 123)
  })

  t.test('keeps all 52 opening hours, the licence and the attribution', async (t) => {
    t.equal(read.profiles.filter(({ profile }) => profile.openingHours !== undefined).length, 52)
    for (const { profile } of read.profiles)
      t.match(profile, {
        source: 'openstreetmap',
        licence: 'ODbL-1.0',
        attribution: '© OpenStreetMap contributors',
      })
  })

  t.test('is the same in a second reading', async (t) => {
    t.strictSame((await readAll(osmFile ?? '')).rows, read.rows)
  })
})

const listFile = sharedFile('coworking_spaces_2012.csv')
t.test('the owners’ list of 2012', { skip: listFile === undefined && noSharedData }, async (t) => {
  const read = await readAll(listFile ?? '')
  const geoRepair = (row: number): string | undefined => {
    const outcome = read.rows.find((candidate) => candidate.row === row)?.outcome
    return outcome?.kind === 'profile'
      ? outcome.repairs.find(({ field }) => field === 'geo')?.what
      : outcome?.kind
  }

  t.test('accounts for every one of 373 records', async (t) => {
    t.strictSame(count(verdicts(read)), { accepted: 368, duplicate: 4, closed: 1 })
    t.strictSame(
      read.rows.map(({ row }) => row),
      Array.from({ length: 373 }, (_, at) => at + 1),
    )
  })

  t.test('catches the bad coordinates', async (t) => {
    t.strictSame(
      [51, 240, 351, 88, 117, 372, 373].map(geoRepair),
      ['sign_restored', 'sign_restored', 'sign_restored', 'decimal_point_restored', 'decimal_point_restored', 'degrees_minutes', 'degrees_minutes'],
    ) // prettier-ignore
    const away = [101, 176, 224, 276, 364, 369]
    t.strictSame(
      away.map(geoRepair),
      away.map(() => 'contradiction_city_position_used'),
    )
    t.match(profileOf(read, 276), { city: 'Miami', geo: { lat: 25.77427 }, geoApproximate: true })
    t.match(profileOf(read, 369), { city: 'Peoria', geo: { lat: 40.69365 }, timezone: 'America/Chicago' })
    t.equal(profileOf(read, 56)?.countryCode, 'IN', 'Mumbai is not in England')
  })

  t.test('trusts the right point of a homonym', async (t) => {
    for (const row of [97, 243, 260]) t.equal(geoRepair(row), undefined, `row ${row}`)
  })

  t.test('leaves no e-mail, bio or advert in a profile', async (t) => {
    const text = JSON.stringify(read.profiles.map(({ profile }) => profile))
    t.notMatch(text, /[\w.]+@[\w-]+\.\w+/)
    t.notMatch(text, /xxxx|postlets|inetgiant/)
  })

  t.test('tells the double entries, however they are spelt', async (t) => {
    const pairs = read.rows.flatMap(({ row, outcome }) =>
      outcome.kind === 'duplicate' ? [[row, outcome.ofRow]] : [],
    )
    t.strictSame(pairs, [[18, 16], [42, 41], [242, 241], [353, 352]]) // prettier-ignore
  })

  t.test('names the spelling that it corrected', async (t) => {
    t.ok(
      repairsOf(read.profiles.find(({ profile }) => profile.name === 'Coworking0711')).includes(
        'city spelling',
      ),
    )
    t.equal(profileOf(read, 91)?.city, 'Stuttgart')
  })
})
