import t from 'tap'
import { migrate } from '../../src/platform/database/migrate.ts'
import { testStart } from '../helpers/app.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { query } from './query.ts'

/** Rows that a space owns: `space_id` leads whatever is unique, so that they can lie with their space on one node. */
const spaceOwned = [
  'audit_log',
  'balance_versions',
  'idempotency_keys',
  'ledger_entries',
  'outbox',
  'pair_balances',
  'pendings',
  'referral_events',
  'referral_texts',
  'referrals',
  'space_balances',
  'space_managers',
]

/** Small, read often, copied to every node; global uniques are allowed here alone. */
const reference = [
  'applications',
  'clients',
  'managers',
  'operators',
  'passkeys',
  'personal_tokens',
  'revocation_epoch',
  'sessions',
  'sign_ins',
  'space_external_ids',
  'spaces',
  'used_assertions',
  'vouches',
]

/** Neither of the two, and why. */
const exceptions: Record<string, string> = {
  links: 'keyed by the hash of the link: whoever opens one knows no space (ADR 0007)',
  rate_limits: 'keyed by a hash of who is counted, who may be nobody yet',
  person_earnings: 'keyed by the person: one person is worth one credit a year over the whole network',
}

const { ownerUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })

/** Tables and partitioned parents of ours; a partition follows its parent. */
const tables = (
  await query<{ name: string }>(
    ownerUrl,
    `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
  )
).map(({ name }) => name)

interface Key {
  readonly table: string
  readonly name: string
  readonly leading: string
}

/** Everything that is unique, constraint or index, with its first column (an expression: empty). */
const uniques = await query<Key>(
  ownerUrl,
  `select c.relname as table, i.relname as name, coalesce(a.attname, '') as leading
    from pg_index x
    join pg_class c on c.oid = x.indrelid and not c.relispartition and c.relnamespace = 'public'::regnamespace
    join pg_class i on i.oid = x.indexrelid
    left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]
    where x.indisunique`,
)

interface ForeignKey {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly leading: string
  readonly leadingAt: string
}

const foreignKeys = await query<ForeignKey>(
  ownerUrl,
  `select k.conname as name, f.relname as from, g.relname as to, a.attname as leading, b.attname as "leadingAt"
    from pg_constraint k
    join pg_class f on f.oid = k.conrelid and not f.relispartition and f.relnamespace = 'public'::regnamespace
    join pg_class g on g.oid = k.confrelid
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
    where k.contype = 'f' and k.conparentid = 0`,
)

t.test('every table is classified: owned by a space, a reference table, or a named exception', async (t) => {
  t.strictSame(tables, [...spaceOwned, ...reference, ...Object.keys(exceptions)].sort())
})

t.test('whatever is unique in a table that spaces own is led by space_id', async (t) => {
  const owned = uniques.filter(({ table }) => spaceOwned.includes(table))
  for (const table of spaceOwned)
    t.ok(
      owned.some((key) => key.table === table),
      `${table} has a key`,
    )
  for (const { table, name, leading } of owned) t.equal(leading, 'space_id', `${table}: ${name}`)
})

t.test('a foreign key between tables that spaces own goes from space_id to space_id', async (t) => {
  const inner = foreignKeys.filter(({ from, to }) => spaceOwned.includes(from) && spaceOwned.includes(to))
  t.not(inner.length, 0)
  for (const { name, leading, leadingAt } of inner) {
    t.strictSame([leading, leadingAt], ['space_id', 'space_id'], name)
  }
})

t.test('reference tables and exceptions never point at what a space owns', async (t) => {
  const upward = foreignKeys.filter(({ from, to }) => !spaceOwned.includes(from) && !reference.includes(to))
  t.strictSame(upward, [])
  const toException = foreignKeys.filter(({ to }) => to in exceptions)
  t.strictSame(toException, [], 'nor does anything point at an exception')
})

t.test(
  'the database makes up nothing: no default, identity, sequence, generated column, trigger, rule',
  async (t) => {
    const made = await query(
      ownerUrl,
      `select c.relname as table, a.attname as name from pg_attribute a
      join pg_class c on c.oid = a.attrelid and c.relnamespace = 'public'::regnamespace
      where a.attnum > 0 and (a.atthasdef or a.attidentity <> '' or a.attgenerated <> '')
    union all select relname, 'sequence' from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace
    union all select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal
    union all select tablename, rulename from pg_rules where schemaname = 'public'`,
    )
    t.strictSame(made, [])
  },
)

t.test('no table leans on row-level security, which returns no rows in silence on Citus', async (t) => {
  const secured = await query(
    ownerUrl,
    'select relname as table from pg_class where relrowsecurity or relforcerowsecurity',
  )
  t.strictSame(secured, [])
  t.strictSame(await query(ownerUrl, 'select * from pg_policies'), [])
})

t.test('beside ours there is only the book of the migrations', async (t) => {
  const others = await query(
    ownerUrl,
    `select schemaname || '.' || tablename as table from pg_tables
      where schemaname not in ('public', 'pg_catalog', 'information_schema')`,
  )
  t.strictSame(others, [{ table: 'drizzle.__drizzle_migrations' }])
})
