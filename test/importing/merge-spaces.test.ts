import t from 'tap'
import { createClient } from '../../src/access/create-client.ts'
import { mergeSpaces } from '../../src/importing/merge-spaces.ts'
import { admitSpace } from '../../src/network/admit-space.ts'
import { toTypeId } from '../../src/platform/ids.ts'
import { testApp } from '../helpers/app.ts'
import { addCaller, newReferral, steward } from '../helpers/network.ts'
import { idsIn, spaceIn } from '../spaces/world.ts'
import { geojson } from './rows.ts'
import { importText, wholeDatabase } from './world.ts'

t.test('mergeSpaces', async (t) => {
  const test = await testApp(t)
  const ctx = steward(test)
  const caller = await addCaller(test)
  let place = 0

  /** Two rows some 40 m apart, of which the second is marked, unless the tags say otherwise. */
  const pair = async (
    t: Parameters<typeof importText>[0],
    first: Record<string, unknown>,
    second: Record<string, unknown>,
    east = 0.0005,
  ) => {
    place += 1
    const lat = 45 + place / 20
    const file = (changes: Record<string, unknown> = {}) =>
      geojson(
        { at: [4.85, lat], id: `node/${place}1`, tags: { name: 'Flex-O', ...first, ...changes } },
        { at: [4.85 + east, lat], id: `way/${place}2`, tags: { name: 'FLEX-O', ...second } },
      )
    const name = `pair${place}.geojson`
    const { accepted } = await importText(t, test, name, file())
    const again = (changes?: Record<string, unknown>) => importText(t, test, name, file(changes))
    return { kept: accepted[0]!.spaceId, duplicate: accepted[1]!.spaceId, mark: accepted[1]!.possibleDuplicateOf, lat, again } // prettier-ignore
  }
  const space = async (id: string) => spaceIn(await caller.get(`/v1/spaces/${id}`))

  t.test('moves ids, fills what is empty, and takes the duplicate out of the directory', async (t) => {
    const { kept, duplicate, mark, lat, again } = await pair(
      t,
      { website: 'https://flex-o.example' },
      { opening_hours: '24/7', website: 'http://flex-o.example/autre', alt_name: 'Flexo' },
    )
    t.equal(mark?.spaceId, kept)
    t.equal(await mergeSpaces(ctx, duplicate, kept), true)
    t.match(await space(kept), {
      name: 'Flex-O',
      website: 'https://flex-o.example/',
      openingHours: '24/7',
      attribution: '© OpenStreetMap contributors',
      externalIds: [{ id: 'node/11' }, { id: 'way/12' }],
      possibleDuplicateOf: null,
    })
    t.equal((await caller.get(`/v1/spaces/${duplicate}`)).status, 404)
    const around = `/v1/spaces?near=${String(lat)},4.85&radiusKm=1`
    t.strictSame(idsIn(await caller.get(around)), [kept])
    t.strictSame(idsIn(await caller.get(`${around}&q=flexo`)), [kept], 'found by the other’s names')

    const later = await again()
    t.match(later.reports, [
      { outcome: 'unchanged', because: 'same', spaceId: kept },
      { outcome: 'unchanged', because: 'other_source', spaceId: kept },
    ])
    const changed = await again({ name: 'Flex-O Lyon' })
    t.match(changed.reports, [{ outcome: 'accepted', change: 'updated' }, { outcome: 'unchanged' }])
    t.match(await space(kept), { name: 'Flex-O Lyon', openingHours: '24/7', externalIds: { length: 2 } })
  })

  t.test('changes nothing the second time', async (t) => {
    const { kept, duplicate } = await pair(t, {}, {})
    t.equal(await mergeSpaces(ctx, duplicate, kept), true)
    const { version } = await space(kept)
    t.equal(await mergeSpaces(ctx, duplicate, kept), false)
    t.equal(await mergeSpaces(ctx, kept, kept), false)
    t.equal((await space(kept)).version, version)
  })

  t.test('leaves an audit row', async (t) => {
    const { kept, duplicate } = await pair(t, {}, {})
    await mergeSpaces(ctx, duplicate, kept)
    const { rows } = await test.deps.db.pool.query(
      `select actor_kind, action from audit_log where object_id = $1`,
      [duplicate],
    )
    t.strictSame(rows, [{ actor_kind: 'steward', action: 'mergeSpaces' }])
  })

  t.test('into a space of the network adds ids and empty fields, and keeps its own words', async (t) => {
    const { kept, duplicate } = await pair(t, { name: 'Own' }, { opening_hours: '24/7' })
    await admitSpace(ctx, kept)
    t.equal(await mergeSpaces(ctx, duplicate, kept), true)
    t.match(await space(kept), { name: 'Own', status: 'admitted', openingHours: '24/7' })
  })

  t.test('refuses a duplicate that speaks for itself or that something points at', async (t) => {
    const admitted = await pair(t, {}, {})
    await admitSpace(ctx, admitted.duplicate)
    const referred = await pair(t, {}, {})
    const sent = await caller.post('/v1/referrals', newReferral(referred.duplicate, { draft: true }))
    t.equal(sent.status, 201, sent.text)
    const withClient = await pair(t, {}, {})
    const owner = { spaceId: withClient.duplicate }
    await createClient(ctx, { name: 'test', owner, scopes: ['spaces:read'] })
    const before = await wholeDatabase(test)
    for (const { kept, duplicate } of [admitted, referred, withClient])
      await t.rejects(mergeSpaces(ctx, duplicate, kept), { code: 'illegal_transition' })
    t.equal(await wholeDatabase(test), before, 'nothing has moved')
  })

  t.test('refuses two branches of a chain, and what lies in another city', async (t) => {
    const branches = await pair(t, { brand: 'Spaces' }, { brand: 'Spaces' }, 0.02)
    await t.rejects(mergeSpaces(ctx, branches.duplicate, branches.kept), {
      message: /two branches of Spaces/,
    })
    const far = await pair(t, {}, {}, 2)
    await t.rejects(mergeSpaces(ctx, far.duplicate, far.kept), {
      message: /\d km apart: they are two spaces/,
    })
  })

  t.test('says when there is no such space', async (t) => {
    const { kept, duplicate } = await pair(t, {}, {})
    const unknown = toTypeId('space', '00000000-0000-7000-8000-000000000001')
    await t.rejects(mergeSpaces(ctx, unknown, kept), { code: 'not_found' })
    await t.rejects(mergeSpaces(ctx, duplicate, unknown), { code: 'not_found' })
  })
})
