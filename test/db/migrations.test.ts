import pg from 'pg'
import t, { type Test } from 'tap'
import { auditLog } from '../../db/schema/events.ts'
import { migrate, refreshPartitions } from '../../src/platform/database/migrate.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { networkSpaceId, newId } from '../../src/platform/ids.ts'
import { testStart } from '../helpers/app.ts'
import { createEmptyDatabase, createTestDatabase } from '../helpers/database.ts'
import { until } from '../helpers/until.ts'
import { query } from './query.ts'

/** Every relation with the file that it lies in: a table that was made again or rewritten shows. */
const relations = (url: string) =>
  query(
    url,
    `select relname, oid, relfilenode from pg_class
      where relnamespace in (select oid from pg_namespace where nspname in ('public', 'drizzle')) order by relname`,
  )

const applied = (url: string) => query(url, 'select hash from drizzle.__drizzle_migrations order by id')

/**
 * How the content of each migration hashes, in their order. What has landed was carried out by databases that exist, and
 * is never carried out there again: a change of the schema is a migration more, with a line more here.
 */
const landed = [
  '2fedf4623582345d',
  '925e8697f658f962',
  'e8fa9b75d8d2f644',
  '0165c4119ef2f53d',
  '2b9ecb17aeab3c8d',
  '59aa00044168c2b0',
  '4265d2d2ad33e273',
  '597019623fe73322',
  '151a6b6b37052102',
  '70aa707b24cce758',
]

const auditRow = (at: string) => ({
  spaceId: networkSpaceId,
  at,
  id: newId('audit', Date.parse(at)),
  actorKind: 'clock',
  actorId: 'test',
  action: 'test',
  objectId: at,
  requestId: 'test',
})

/** Writes audit rows of these moments as the app does. @returns the partition of each */
const land = async (appUrl: string, moments: string[]): Promise<Record<string, string>> => {
  const { text, values } = insertAll([rowsOf(auditLog, moments.map(auditRow))])
  await query(appUrl, text, values)
  const rows = await query<{ at: string; partition: string }>(
    appUrl,
    'select object_id as at, tableoid::regclass::text as partition from audit_log',
  )
  return Object.fromEntries(rows.map(({ at, partition }) => [at, partition]))
}

t.test('five nodes that start at once on an empty database all come up, and one migrates', async (t) => {
  const { ownerUrl } = await createEmptyDatabase(t)
  await Promise.all([1, 2, 3, 4, 5].map(() => migrate(ownerUrl, testStart)))
  const hashes = await applied(ownerUrl)
  t.equal(new Set(hashes.map(({ hash }) => hash)).size, hashes.length, 'each migration once')
  t.strictSame(await query(ownerUrl, 'select epoch from revocation_epoch'), [{ epoch: 0 }])
})

t.test('no migration that has landed is changed afterwards', async (t) => {
  const { ownerUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
  const hashes = await applied(ownerUrl)
  t.same(
    hashes.map(({ hash }) => (hash as string).slice(0, 16)),
    landed,
  )
})

t.test('migrating again changes nothing', async (t) => {
  const { ownerUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
  const before = [await relations(ownerUrl), await applied(ownerUrl)]
  await migrate(ownerUrl, testStart)
  t.strictSame([await relations(ownerUrl), await applied(ownerUrl)], before)
})

t.test(
  'a row lands in the partition of its quarter, and in the default one when there is none',
  async (t) => {
    const { appUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
    const partitions = {
      '2026-09-30T23:59:59.999Z': 'audit_log_default',
      '2026-10-01T00:00:00.000Z': 'audit_log_2026_q4',
      '2026-12-31T23:59:59.999Z': 'audit_log_2026_q4',
      '2027-01-01T00:00:00.000Z': 'audit_log_2027_q1',
      '2027-04-01T00:00:00.000Z': 'audit_log_2027_q2',
      '2027-06-30T23:59:59.999Z': 'audit_log_2027_q2',
      '2027-07-01T00:00:00.000Z': 'audit_log_default',
    }
    t.strictSame(await land(appUrl, Object.keys(partitions)), partitions)
  },
)

t.test(
  'a quarter whose rows are in the default partition already stays there, and the others are made',
  async (t) => {
    const { ownerUrl, appUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
    await land(appUrl, ['2028-05-01T00:00:00.000Z'])
    await refreshPartitions(ownerUrl, Date.parse('2028-03-31T12:00:00.000Z'))
    t.match(
      await land(appUrl, [
        '2028-05-02T00:00:00.000Z',
        '2028-03-31T00:00:00.000Z',
        '2028-07-01T00:00:00.000Z',
      ]),
      {
        '2028-05-02T00:00:00.000Z': 'audit_log_default',
        '2028-03-31T00:00:00.000Z': 'audit_log_2028_q1',
        '2028-07-01T00:00:00.000Z': 'audit_log_2028_q3',
      },
    )
  },
)

const nextYear = Date.parse('2028-03-31T12:00:00.000Z')

const begin = async (t: Test, url: string, text: string, values: unknown[] = []): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  await client.query('begin')
  await client.query(text, values)
  return client
}

t.test('partitions are made without waiting for transactions that write', async (t) => {
  const { ownerUrl, appUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
  const { text, values } = insertAll([rowsOf(auditLog, [auditRow('2026-11-20T09:30:00.000Z')])])
  const writer = await begin(t, appUrl, text, values)
  await t.resolves(refreshPartitions(ownerUrl, nextYear))
  await writer.query('commit')
})

t.test(
  'a change that has to wait for a long read steps aside, so that others are not held up behind it',
  async (t) => {
    const { ownerUrl, appUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
    const reader = await begin(t, appUrl, 'select from audit_log')
    const change = refreshPartitions(ownerUrl, nextYear)
    const waiting =
      'select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())'
    await until(async () => (await query(ownerUrl, waiting)).length > 0)
    await t.resolves(query(appUrl, 'select from audit_log'), 'another reader comes through')
    await reader.query('commit')
    await t.resolves(change)
    t.match(await land(appUrl, ['2028-03-31T00:00:00.000Z']), {
      '2028-03-31T00:00:00.000Z': 'audit_log_2028_q1',
    })
  },
)
