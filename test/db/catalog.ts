import type pg from 'pg'

/**
 * What a database is made of, one line a fact, so that two of them can be compared. A partitioned table counts as a
 * table and its partitions are left out: they come with time. The order of columns is left out too, since a column that
 * is added later stands last.
 */
export const factsOf = async (client: pg.Client): Promise<string[]> => {
  const facts: string[] = []
  for (const text of [relations, columns, constraints, indexes, types]) {
    const { rows } = await client.query<{ fact: string }>(text)
    facts.push(...rows.map(({ fact }) => fact))
  }
  return facts.sort()
}

/** One list that says what each side has and the other lacks. */
export const differences = (schema: readonly string[], migrated: readonly string[]): string[] => [
  ...schema.filter((fact) => !migrated.includes(fact)).map((fact) => `only in db/schema: ${fact}`),
  ...migrated.filter((fact) => !schema.includes(fact)).map((fact) => `only in db/migrations: ${fact}`),
]

const ours = `c.relnamespace = 'public'::regnamespace and not c.relispartition`

const relations = `
  select case c.relkind when 'p' then 'table' when 'r' then 'table' when 'S' then 'sequence' else 'relation of kind ' || c.relkind::text end
      || ' ' || c.relname as fact
    from pg_class c where ${ours} and c.relkind not in ('i', 'I', 't')`

const columns = `
  select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
      || case when a.attidentity <> '' then ' identity' else '' end
      || case when a.attgenerated <> '' then ' generated' else '' end as fact
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and ${ours} and c.relkind in ('r', 'p')
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped`

// PostgreSQL 18 keeps NOT NULL as a constraint with a name of its own making; the column says it already.
const constraints = `
  select 'constraint ' || c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid) as fact
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid and ${ours}
    where k.contype <> 'n'`

const indexes = `
  select 'index ' || replace(pg_get_indexdef(x.indexrelid), ' ON ONLY ', ' ON ') as fact
    from pg_index x join pg_class c on c.oid = x.indrelid and ${ours}`

const types = `
  select 'type ' || t.typname || coalesce(' ' || (select string_agg(e.enumlabel, ', ' order by e.enumsortorder)
      from pg_enum e where e.enumtypid = t.oid), '') as fact
    from pg_type t where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd', 'r')`
