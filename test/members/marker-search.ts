import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { simpleParser } from 'mailparser'
import { sealedColumns } from '../../src/cli/sealed-columns.ts'
import type { Deps } from '../../src/platform/context.ts'
import type { SealedColumn } from '../../src/platform/reseal.ts'
import { unseal } from '../../src/platform/sealing.ts'

/** Where a search looks: everything that Waggle writes down. */
export interface Places {
  readonly deps: Pick<Deps, 'db' | 'keys'>
  readonly logs: () => readonly string[]
  readonly folder: string
  readonly metrics: () => Promise<string>
}

/** Finds a mark wherever Waggle keeps anything. @returns the places, such as `table outbox` or `sealed referral_texts` */
export const findMark = async (mark: string, { deps, logs, folder, metrics }: Places): Promise<string[]> => {
  const found = new Set<string>()
  const look = (place: string, text: string) => {
    if (text.toLowerCase().includes(mark.toLowerCase())) found.add(place)
  }
  for (const table of await tablesIn(deps)) {
    for (const text of await rowsIn(deps, table)) look(`table ${table}`, text)
  }
  for (const column of sealedColumns) {
    for (const text of await openedIn(deps, column)) look(`sealed ${getTableName(column.table)}`, text)
  }
  for (const line of logs()) look('log', line)
  for (const [path, text] of await filesBelow(folder)) look(`file ${path}`, text)
  look('metrics', await metrics())
  return [...found].sort()
}

/** By the catalogue: a new table is searched by itself; partitions through the table that they are parts of. */
const tablesIn = async ({ db }: Pick<Deps, 'db'>): Promise<string[]> => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition
       and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'`,
  )
  return rows.map(({ name }) => name)
}

/** Every column as text; bytes also as the characters that they may be. */
const rowsIn = async ({ db }: Pick<Deps, 'db'>, table: string): Promise<string[]> => {
  const { rows } = await db.pool.query<Record<string, unknown>>(`select * from ${table}`)
  const textOf = (value: unknown) =>
    Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)
  return rows.map((row) => Object.values(row).map(textOf).join('\n'))
}

const openedIn = async ({ db, keys }: Places['deps'], { table, sealed, boundTo }: SealedColumn) => {
  const { rows } = await db.pool.query<Record<string, unknown>>(
    `select * from ${getTableName(table)} where ${sealed.name} is not null`,
  )
  return rows.map((row) => {
    const fields = Object.entries(getTableColumns(table)).map(([field, column]) => {
      const value = row[column.name]
      return [field, typeof value === 'string' ? column.mapFromDriverValue(value) : value]
    })
    return unseal(keys.seal, row[sealed.name] as Buffer, boundTo(Object.fromEntries(fields) as never))
  })
}

/** Mails as they are stored and as they are read. */
const filesBelow = async (folder: string): Promise<[string, string][]> => {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    files.map(async (path): Promise<[string, string]> => {
      // It may be deleted between the two looks.
      const raw = await readFile(path).catch(() => Buffer.of())
      if (!path.endsWith('.eml')) return [path, raw.toString('latin1')]
      const { text, html, headerLines } = await simpleParser(raw)
      return [path, [raw.toString('latin1'), text, html, JSON.stringify(headerLines)].join('\n')]
    }),
  )
}
