import t from 'tap'
import { admitSpace } from '../../src/network/admit-space.ts'
import { importSpaces } from '../../src/importing/import-spaces.ts'
import type { Caller } from '../helpers/network.ts'
import { addCaller, addSpace, steward } from '../helpers/network.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { foundIn, idsIn, spaceIn } from '../spaces/world.ts'
import { geojson, noSharedData, sharedFile } from './rows.ts'
import { countSpaces, fileOf, importPath, importText, wholeDatabase } from './world.ts'

/** Somewhere else for each test, so that they do not meet: [lon, lat] around Lyon's latitude. */
const at = (index: number): [number, number] => [4.85, 45.76 + index / 100]

const manyTags = (count: number) =>
  geojson(
    ...Array.from({ length: count }, (_, index) => ({
      at: [4.85 + index / 1000, 45.7],
      tags: { name: `Ruche ${index}` },
    })),
  )

const spaceOfRow = async (caller: Caller, spaceId: string) =>
  spaceIn(await caller.get(`/v1/spaces/${spaceId}`))

const osmFile = sharedFile('osm_coworking_paris_lyon.geojson')
t.test('OpenStreetMap, Paris and Lyon', { skip: osmFile === undefined && noSharedData }, async (t) => {
  const test = await testApp(t)
  const first = await importPath(test, osmFile ?? '')
  t.strictSame(first.summary, { rows: 187, accepted: 180, repaired: 3, duplicates: 0, rejected: 7, unchanged: 0 }) // prettier-ignore
  const again = await importPath(test, osmFile ?? '')
  t.strictSame(again.summary, { rows: 187, accepted: 0, repaired: 0, duplicates: 0, rejected: 7, unchanged: 180 }) // prettier-ignore
  t.strictSame(
    again.unchanged.map(({ spaceId, externalId }) => [externalId, spaceId]),
    first.accepted.map(({ spaceId, externalId }) => [externalId, spaceId]),
    'the ids stay',
  )
  t.equal(await countSpaces(test), 180)

  const caller = await addCaller(test)
  const flexO = first.accepted.find(({ externalId }) => externalId === 'node/6934333944')!
  t.match(await spaceOfRow(caller, flexO.spaceId), {
    status: 'unclaimed',
    claimed: false,
    source: 'openstreetmap',
    licence: 'ODbL-1.0',
    attribution: '© OpenStreetMap contributors',
    externalIds: [{ system: 'openstreetmap', id: 'node/6934333944' }],
    possibleDuplicateOf: flexO.possibleDuplicateOf?.spaceId,
    timezone: 'Europe/Paris',
    lastConfirmedAt: null,
  })
  for (const { spaceId } of first.accepted) await spaceOfRow(caller, spaceId)
  t.match(foundIn(await caller.get('/v1/spaces?near=48.86,2.35&radiusKm=20&limit=100')).data.length, 100)
})

const listFile = sharedFile('coworking_spaces_2012.csv')
t.test('the owners’ list of 2012', { skip: listFile === undefined && noSharedData }, async (t) => {
  const test = await testApp(t)
  const first = await importPath(test, listFile ?? '')
  t.match(first.summary, { rows: 373, accepted: 368, duplicates: 4, rejected: 1, unchanged: 0 })
  t.strictSame(
    first.reports.map(({ row }) => row),
    Array.from({ length: 373 }, (_, index) => index + 1),
    'every record is accounted for, in order',
  )
  const again = await importPath(test, listFile ?? '')
  t.match(again.summary, { rows: 373, accepted: 0, repaired: 0, duplicates: 4, rejected: 1, unchanged: 368 })
  const caller = await addCaller(test)
  for (const { spaceId } of first.accepted) await spaceOfRow(caller, spaceId)
})

t.test('importSpaces', async (t) => {
  const test = await testApp(t)
  const caller = await addCaller(test)
  const one = (index: number, tags: Record<string, unknown>, id = `node/${index}`) =>
    geojson({ at: at(index), id, tags: { name: 'Ruche', website: `https://ruche${index}.example`, ...tags } })

  t.test('a changed row changes what its source says, and nothing else', async (t) => {
    const { accepted } = await importText(t, test, 'a.geojson', one(1, { opening_hours: 'Mo-Fr 09:00-18:00' })) // prettier-ignore
    const id = accepted[0]!.spaceId
    const changed = await importText(t, test, 'a.geojson', one(1, { name: 'La Ruche', wheelchair: 'yes' }))
    t.match(changed.reports, [{ outcome: 'accepted', change: 'updated', spaceId: id }])
    const space = await spaceOfRow(caller, id)
    t.match(space, { name: 'La Ruche', slug: 'ruche-lyon', version: 2, accessibility: { stepFree: true } })
    t.equal(space.openingHours, null, 'what the source no longer says is gone')
    t.strictSame(idsIn(await caller.get('/v1/spaces?q=la+ruche')), [id], 'and is found by its new words')
  })

  t.test('leaves a space alone that speaks for itself', async (t) => {
    const { accepted } = await importText(t, test, 'b.geojson', one(2, {}))
    const id = accepted[0]!.spaceId
    await admitSpace(steward(test), id)
    const changed = await importText(t, test, 'b.geojson', one(2, { name: 'Another' }))
    t.match(changed.reports, [{ outcome: 'unchanged', because: 'claimed', spaceId: id }])
    t.match(await spaceOfRow(caller, id), { name: 'Ruche', status: 'admitted', version: 2 })
  })

  t.test('two spaces of one name in one city have two slugs', async (t) => {
    const both = geojson(
      { at: at(20), id: 'node/21', tags: { name: 'Alveare' } },
      { at: at(24), id: 'node/22', tags: { name: 'Alveare' } },
    )
    const { accepted } = await importText(t, test, 'c.geojson', both)
    const slugs = await Promise.all(accepted.map(async ({ spaceId }) => (await spaceOfRow(caller, spaceId)).slug))
    t.equal(new Set(slugs).size, 2)
  }) // prettier-ignore

  t.test('marks what may be a space of the directory, whoever entered it, and merges nothing by itself', async (t) => {
    const [lon, lat] = at(30)
    const known = await addSpace(test, { name: 'Nave', slug: 'nave-30', lon, lat, searchText: 'nave lyon', website: 'https://nave.example/' }) // prettier-ignore
    const rows = [
      { at: [lon + 0.0005, lat], id: 'node/31', tags: { name: 'NAVE', website: 'https://www.nave.example' } },
      { at: [lon + 0.0005, lat], id: 'node/32', tags: { name: 'NAVE', website: 'https://elsewhere.example' } },
      { at: [lon + 0.003, lat], id: 'node/33', tags: { name: 'Nave' } },
    ]
    const { accepted } = await importText(t, test, 'd.geojson', geojson(...rows))
    t.strictSame(
      accepted.map((report) => report.possibleDuplicateOf?.spaceId ?? null),
      [known, null, null],
      'not at another domain, not 230 m away',
    )
    t.equal((await spaceOfRow(caller, accepted[0]!.spaceId)).possibleDuplicateOf, known)
    t.equal((await spaceOfRow(caller, known)).version, 1)
  }) // prettier-ignore

  t.test('never marks a branch of a chain that the directory knows', async (t) => {
    const [lon, lat] = at(40)
    for (const east of [0, 0.01, 0.02])
      await addSpace(test, { name: 'Hexagone', lon: lon + east, lat, searchText: 'hexagone lyon' })
    const next = geojson({ at: [lon + 0.001, lat], id: 'node/41', tags: { name: 'Hexagone' } })
    t.match((await importText(t, test, 'e.geojson', next)).accepted, [{ possibleDuplicateOf: null }])
  })

  t.test('keeps no phone, e-mail or personal account in any column', async (t) => {
    const marker = 'geheim7391'
    const tags = {
      name: 'Wabe',
      phone: `+33 4 12 34 56 78 ${marker}`,
      email: `${marker}@wabe.example`,
      'contact:email': `info.${marker}@wabe.example`,
      'contact:facebook': `https://facebook.com/${marker}`,
      'contact:instagram': marker,
      'contact:mobile': `0612345678 ${marker}`,
      description: `Write to ${marker}@wabe.example or call 04 12 34 56 78`,
      website: `https://www.facebook.com/${marker}`,
    }
    const head = 'Name,City,Country,Latitude,Longitude,Phone,Email,Twitter,Contact Person,Bio'
    const cells = ['Arna', 'Lyon', 'France', '45.2', '4.8', `04 12 34 56 78 ${marker}`, `${marker}@arna.example`]
    const csv = `${head}\n${[...cells, `@${marker}`, `Ada ${marker}`, `mail ${marker}@arna.example`].join(',')}\n`
    const osm = await importText(t, test, 'f.geojson', geojson({ at: at(50), id: 'node/50', tags }))
    const list = await importText(t, test, 'f.csv', csv)
    t.equal(osm.summary.accepted + list.summary.accepted, 2)
    const everything = await wholeDatabase(test)
    t.match(everything, /Wabe[^]*Arna|Arna[^]*Wabe/)
    t.notMatch(everything, new RegExp(`${marker}|12 34 56 78|0612345678`))
    t.notMatch(JSON.stringify([osm.reports, list.reports]), new RegExp(marker), 'nor in the report')
  }) // prettier-ignore

  t.test('is for the steward', async (t) => {
    const path = await fileOf(t, 'g.geojson', one(3, {}))
    const actor = {
      kind: 'client',
      id: 'cli_x',
      owner: 'network',
      spaceId: null,
      operatorId: null,
      standing: null,
    } as const
    const ctx = { ...steward(test), actor: { ...actor, scopes: new Set(['network:read']) } }
    await t.rejects(
      importSpaces(ctx, path, {}, () => undefined),
      { code: 'insufficient_scope' },
    )
  })
})

t.test('an import that ends in the middle', async (t) => {
  const fresh = async (t: Parameters<typeof testApp>[0]): Promise<{ test: TestApp; path: string }> => ({
    test: await testApp(t),
    path: await fileOf(t, 'many.geojson', manyTags(450)),
  })

  t.test('is stopped after the batch in hand, and continued by the next', async (t) => {
    const { test, path } = await fresh(t)
    const stop = new AbortController()
    const ctx = steward(test)
    const part = await importSpaces(
      ctx,
      path,
      { signal: stop.signal },
      ({ row }) => row === 7 && stop.abort(),
    )
    t.match(part, { interrupted: true, summary: { rows: 200, accepted: 200 } })
    t.equal(await countSpaces(test), 200)
    const rest = await importPath(test, path)
    t.match(rest.summary, { rows: 450, accepted: 250, unchanged: 200 })
    t.equal(await countSpaces(test), 450)
  })

  t.test('leaves whole batches when it dies, and nothing that a second run would double', async (t) => {
    const { test, path } = await fresh(t)
    const die = ({ row }: { row: number }) => {
      if (row === 300) throw new Error('killed')
    }
    await t.rejects(importSpaces(steward(test), path, {}, die), { message: 'killed' })
    t.equal(await countSpaces(test), 400)
    t.match((await importPath(test, path)).summary, { rows: 450, accepted: 50, unchanged: 400 })
    t.equal(await countSpaces(test), 450)
  })

  t.test('keeps and reports the rows before a fault of the file', async (t) => {
    const { test } = await fresh(t)
    const whole = manyTags(10)
    const cut = await importText(t, test, 'cut.geojson', whole.slice(0, whole.lastIndexOf('{"type":"Feature"') + 30))
    t.match(cut, { fault: { code: 'truncated' }, summary: { rows: 9, accepted: 9 } })
    t.equal(await countSpaces(test), 9)
  }) // prettier-ignore
})

t.test('two imports of one file at once make no doubles', async (t) => {
  const test = await testApp(t)
  const path = await fileOf(t, 'many.geojson', manyTags(450))
  const both = await Promise.all([importPath(test, path), importPath(test, path)])
  t.equal(await countSpaces(test), 450)
  t.strictSame(
    both.map(({ summary }) => summary.rows),
    [450, 450],
  )
  t.equal(both[0].summary.accepted + both[1].summary.accepted, 450)
})
