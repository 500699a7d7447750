import pg from 'pg'
import t from 'tap'
import { addPartitions } from '../../src/platform/database/partitions.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { day } from '../../src/platform/clock.ts'
import { testStart } from '../helpers/app.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { query } from './query.ts'

const appendOnly = ['audit_log', 'balance_versions', 'ledger_entries', 'referral_events']
const refused = { code: '42501' }

/** The table and all of its partitions, whoever made them. */
const withPartitions = (url: string, table: string) =>
  query<{ name: string }>(
    url,
    'select $1::text as name union select relid::regclass::text from pg_partition_tree($1::text::regclass) order by 1',
    [table],
  )

t.test('what has happened stays as it was written', async (t) => {
  const { ownerUrl, appUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await addPartitions(owner, testStart + 365 * day)
  await owner.end()

  const app = new pg.Client({ connectionString: appUrl })
  await app.connect()
  t.teardown(() => app.end())
  for (const table of appendOnly) {
    const parts = await withPartitions(ownerUrl, table)
    t.equal(
      parts.length,
      ['balance_versions', 'ledger_entries'].includes(table) ? 1 : 8,
      `${table}: itself, the default, six quarters`,
    )
    for (const { name } of parts) {
      await t.rejects(app.query(`update ${name} set space_id = space_id`), refused, `update ${name}`)
      await t.rejects(app.query(`delete from ${name}`), refused, `delete from ${name}`)
      await t.rejects(app.query(`truncate ${name}`), refused, `truncate ${name}`)
      await t.rejects(app.query(`drop table ${name}`), refused, `drop ${name}`)
      await t.resolves(app.query(`select from ${name}`), `select from ${name}`)
    }
  }
})

t.test('the role of the app may read and write all other tables, and make none', async (t) => {
  const { ownerUrl, appUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
  const missing = await query(
    ownerUrl,
    `select relname as table, need from pg_class, unnest(array['select', 'insert', 'update', 'delete']) as need
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and not has_table_privilege('waggle_app', oid, need)
        and not (relname = any($1) and need in ('update', 'delete'))`,
    [appendOnly],
  )
  t.strictSame(missing, [])
  await t.rejects(query(appUrl, 'create table secret_copy (id integer)'), refused)
})
