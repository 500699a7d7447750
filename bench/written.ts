import type pg from 'pg'

/** The rows that one transaction left, as text, by table. */
export type Written = ReadonlyMap<string, readonly Readonly<Record<string, string | null>>[]>

const asText = { getTypeParser: () => (text: string) => text }

/** Everything that the transaction wrote which stored this idempotency key. */
export const writtenWith = async (client: pg.Client, key: string): Promise<Written> => {
  const { rows: tables } = await client.query<{ relname: string }>(
    `select relname from pg_class where relkind in ('r', 'p') and not relispartition and relpersistence = 'p'
       and relnamespace = 'public'::regnamespace order by relname`,
  )
  const { rows } = await client.query<{ xid: string }>(
    'select xmin::text as xid from idempotency_keys where key = $1',
    [key],
  )
  const written = new Map<string, Record<string, string | null>[]>()
  for (const { relname } of tables) {
    const found = await client.query<Record<string, string | null>>({
      text: `select * from ${relname} where xmin::text = $1`,
      values: [rows[0]?.xid],
      types: asText,
    })
    if (found.rows.length > 0) written.set(relname, found.rows)
  }
  return written
}

/** @throws when two transactions did not write the same number of rows into the same tables */
export const requireSameRows = (name: string, product: Written, bare: Written): void => {
  const counts = (written: Written) =>
    JSON.stringify([...written].map(([table, rows]) => `${table} ${String(rows.length)}`))
  if (counts(product) !== counts(bare)) {
    throw new Error(`The bare ${name} is out of date. Product: ${counts(product)}. Bare: ${counts(bare)}.`)
  }
}
