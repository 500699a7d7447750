import { getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { asRecord } from '../src/platform/database/statements.ts'

/** SQL for the columns in which the rows differ, over the row `g` of the source. */
type Differences = Readonly<Record<string, string>>

/**
 * An insert of many rows that look like `template`. The template is typed by the schema, so a new column stops the
 * build here and not the load.
 */
export const copiesOf = <T extends PgTable>(
  table: T,
  template: T['$inferInsert'],
  differences: Differences,
  source: string,
): { text: string; values: string[] } => {
  const name = getTableName(table)
  const record = asRecord(table, template)
  const unknown = Object.keys(differences).filter((column) => !(column in record))
  if (unknown.length > 0) throw new Error(`${name} has no ${unknown.join(', ')}`)
  const columns = Object.keys(record)
  const picked = columns.map((column) => differences[column] ?? `t.${column}`)
  return {
    text: `insert into ${name} (${columns.join(', ')}) select ${picked.join(', ')}
      from ${source}, jsonb_populate_record(null::${name}, $1::jsonb) t`,
    values: [JSON.stringify(record)],
  }
}

/** A UUIDv7 in SQL that is made of a time, a kind and a number. */
export const uuidOf = (ms: string, kind: number, n: string): string =>
  `(lpad(to_hex((${ms})::bigint), 12, '0') || '7${kind.toString(16).padStart(3, '0')}8' || lpad(to_hex((${n})::bigint), 15, '0'))::uuid`

/** A number from 0 to 1 in SQL that looks like chance and is the same in every run. */
export const chance = (n: string, seed: number): string =>
  `((hashint8extended((${n})::bigint, ${String(seed)}) & 2147483647) / 2147483648.0)`
