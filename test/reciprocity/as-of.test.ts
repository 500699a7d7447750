import pg from 'pg'
import t from 'tap'
import { day, instant } from '../../src/platform/clock.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import { testApp, testStart } from '../helpers/app.ts'
import { acceptedFrom, addLastingCaller, balanceOf, join, pointsOf, step, year } from './world.ts'

t.test('GET /v1/reciprocity?asOf= tells the balance as it stood at any moment', async (t) => {
  const test = await testApp(t)
  const [a, b] = [await addLastingCaller(test), await addLastingCaller(test)]
  const at = (days: number) => balanceOf(a, `?asOf=${instant(testStart + days * day)}`)
  test.deps.clock.set(testStart + day)
  const id = await acceptedFrom(a, b)
  test.deps.clock.set(testStart + 3 * day)
  await step(b, id, 'record-visit', { on: '2026-11-23' })
  test.deps.clock.set(testStart + 5 * day)
  await join(b, id)
  const now = await balanceOf(a)
  test.deps.clock.set(testStart + 7 * day)

  const nothing = { earned: 0, owed: 0, net: 0, held: 0, provisional: 0, inFlight: 0, unreturned: 0 }
  t.match(await at(0), {
    asOf: instant(testStart),
    lockVersion: 0,
    points: nothing,
    returnRate: null,
    limit: 300,
  })
  t.match(await at(0), { referrals: { sent: 0, sentActive: 0, sentJoined: 0 } })
  t.match(await at(1), { points: { earned: 0, inFlight: 100 }, referrals: { sent: 1, sentActive: 1 } }, 'at')
  t.match(await at(2), { points: { earned: 0, inFlight: 100 } }, 'between')
  t.match(await at(3), { points: { earned: 10, inFlight: 90 } })
  t.match(await at(5 - 1 / day), { points: { earned: 10, inFlight: 90 } }, 'a millisecond before')
  t.match(await at(5), {
    points: { earned: 100, provisional: 75, inFlight: 0 },
    referrals: { sentJoined: 1 },
  })
  const { asOf, ...after } = await at(6)
  t.equal(asOf, instant(testStart + 6 * day))
  t.same(after, (({ asOf: _moment, ...rest }) => rest)(now), 'the same as was answered then')
  t.match(await balanceOf(b, `?asOf=${instant(testStart + 4 * day)}`), { points: { owed: 10, net: -10 } })
  t.match(await at(7), { points: { earned: 100 } }, 'now is not the future')
})

t.test('a moment that is yet to come, or none, is refused with 422', async (t) => {
  const test = await testApp(t)
  const a = await addLastingCaller(test)
  for (const asOf of [instant(testStart + 1), '2026-11-20', 'yesterday', '2026-11-20T25:00:00Z', '']) {
    const answer = await a.get(`/v1/reciprocity?asOf=${asOf}`)
    t.match(
      answer,
      { status: 422, body: { code: 'validation_failed', errors: [{ pointer: '?asOf' }] } },
      asOf,
    )
  }
})

t.test('lockVersion grows by one with each change, and the ETag with it', async (t) => {
  const test = await testApp(t)
  const [a, b] = [await addLastingCaller(test), await addLastingCaller(test)]
  const seen: [number, unknown][] = []
  const look = async () => {
    const { body, headers } = await a.get('/v1/reciprocity')
    seen.push([body.lockVersion, headers['etag']])
  }
  await look()
  const id = await acceptedFrom(a, b)
  await look()
  await step(b, id, 'record-visit', { on: '2026-11-20' })
  await look()
  await step(b, id, 'start-trial')
  await join(b, id)
  await look()
  await look()
  t.same(
    seen.map(([version]) => version),
    [0, 2, 3, 5, 5],
    'sent, accepted; visited; trial, joined; nothing',
  )
  t.equal(new Set(seen.map(([, etag]) => etag)).size, 4)
  const same = await a.get('/v1/reciprocity', { 'if-none-match': String(seen.at(-1)?.[1]) })
  t.equal(same.status, 304)
  const { rows } = await test.deps.db.pool.query<{ lock_version: string }>(
    'select lock_version from balance_versions where space_id = $1 order by 1',
    [toUuid(a.spaceId)],
  )
  t.same(
    rows.map(({ lock_version }) => Number(lock_version)),
    [1, 2, 3, 4, 5],
    'one row for each',
  )
  for (const change of ['update balance_versions set earned = 0', 'delete from balance_versions']) {
    await t.rejects(test.deps.db.pool.query(change), { code: '42501' }, change)
  }
  t.same(await brokenInvariants(test.deps), [])
})

interface Node {
  readonly 'Node Type': string
  readonly 'Actual Rows': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Relation Name'?: string
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly Node[]
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

t.test('a balance costs the same after 20,000 changes: each part of it is one row by an index', async (t) => {
  const test = await testApp(t)
  const a = await addLastingCaller(test)
  const owner = new pg.Client({ connectionString: test.ownerUrl })
  await owner.connect()
  t.teardown(() => owner.end())
  const id = toUuid(a.spaceId)
  const fill = async (versions: number) => {
    await owner.query(
      `insert into balance_versions select $1, timestamptz '2025-01-01Z' + n * interval '30 minutes', n, n, 0, 0, 0, 0, n, 0, 0, 0, 0, 0, 0
       from generate_series((select coalesce(max(lock_version), 0) + 1 from balance_versions), $2::int) n`,
      [id, versions],
    )
    await owner.query('analyze balance_versions')
  }
  /** What the statement that answered last costs when its connection runs it again. */
  const costOf = async (asOf: string) => {
    t.equal((await a.get(`/v1/reciprocity?asOf=${asOf}`)).status, 200)
    const since = instant(Date.parse(asOf) - year)
    const values = [id, since, id, asOf].map((value) => `'${value}'`).join(', ')
    const client = await test.deps.db.pool.connect()
    const { rows } = await client
      .query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
        `explain (analyze, buffers, format json) execute "balanceAt"(${values}, 1)`,
      )
      .finally(() => client.release())
    const { Plan: plan } = rows[0]!['QUERY PLAN'][0]
    const scans = nodesOf(plan).filter((node) => node['Relation Name'] === 'balance_versions')
    return { scans, blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] }
  }
  await fill(100)
  const few = await costOf('2025-01-01T12:00:00.000Z')
  await fill(20_000)
  for (const asOf of ['2025-01-01T12:00:00.000Z', '2025-09-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']) {
    const { scans, blocks } = await costOf(asOf)
    t.equal(scans.length, 2, 'the balance, and what was earned before its year')
    for (const scan of scans) {
      t.match(scan['Node Type'], /^Index/, asOf)
      t.ok(scan['Actual Rows'] <= 1 && !scan['Rows Removed by Filter'], asOf)
    }
    t.ok(blocks <= few.blocks + 6, `${blocks} pages, ${few.blocks} among 100 changes`)
  }
  t.match(await balanceOf(a, '?asOf=2025-01-01T12:00:00Z'), { lockVersion: 24, points: { earned: 24 } })
  t.match(await balanceOf(a, '?asOf=2026-02-01T00:00:00Z'), { limit: 2_000, points: { earned: 19_008 } })
  t.match(await pointsOf(a), { earned: 0 }, 'and the versions are not the balance')
})
