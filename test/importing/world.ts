import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Test } from 'tap'
import { importSpaces, type ImportResult } from '../../src/importing/import-spaces.ts'
import type { Accepted, RowReport, Unchanged } from '../../src/importing/row-report.ts'
import type { TestApp } from '../helpers/app.ts'
import { steward } from '../helpers/network.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'

interface Imported extends ImportResult {
  readonly reports: RowReport[]
  readonly accepted: Accepted[]
  readonly unchanged: Unchanged[]
}

/** Imports a file as the steward and keeps every report. */
export const importPath = async (
  test: TestApp,
  path: string,
  options: Parameters<typeof importSpaces>[2] = {},
): Promise<Imported> => {
  const reports: RowReport[] = []
  const result = await importSpaces(steward(test), path, options, (report) => reports.push(report))
  return {
    ...result,
    reports,
    accepted: reports.filter((report) => report.outcome === 'accepted'),
    unchanged: reports.filter((report) => report.outcome === 'unchanged'),
  }
}

/** Imports a file of that content. */
export const importText = async (t: Test, test: TestApp, name: string, content: string): Promise<Imported> =>
  importPath(test, await fileOf(t, name, content))

export const fileOf = async (t: Test, name: string, content: string): Promise<string> => {
  const path = join(await makeTempFolder(t), name)
  await writeFile(path, content)
  return path
}

/** Every row of every table, as text. */
export const wholeDatabase = async ({ deps }: TestApp): Promise<string> => {
  const { pool } = deps.db
  const tables = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  )
  const texts = tables.rows.map(async ({ name }) => {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    return rows.map(({ row }) => row).join('\n')
  })
  return (await Promise.all(texts)).join('\n')
}

export const countSpaces = async ({ deps }: TestApp): Promise<number> => {
  const { rows } = await deps.db.pool.query<{ count: string }>('select count(*) from spaces')
  return Number(rows[0]?.count)
}
