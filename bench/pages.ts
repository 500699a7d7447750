import pg from 'pg'
import type { Recorded } from './recording.ts'
import { spreadOf } from './rounds.ts'

export interface PageCount {
  readonly spaces: number
  readonly searches: number
  /** Median of the pages of 8 KiB that one search touches, in memory or not. */
  readonly pages: number
}

export interface Pages {
  readonly few: PageCount
  readonly many: PageCount
  readonly ratio: number
}

interface Plan {
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
}

/** Runs searches of the product as it runs them, by a prepared name, and counts the pages that they touch. */
export const countPages = async (
  client: pg.Client,
  searches: readonly (readonly Recorded[])[],
  spaces: number,
): Promise<PageCount> => {
  await client.query('deallocate all')
  const prepared = new Set<string>()
  const totals: number[] = []
  for (const statements of searches) {
    let total = 0
    for (const { name, text, values } of statements) {
      const quoted = pg.escapeIdentifier(name)
      if (!prepared.has(name)) await client.query(`prepare ${quoted} as ${text}`)
      prepared.add(name)
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (analyze, buffers, format json) execute ${quoted}(${values.map(literal).join(', ')})`,
      )
      const plan = rows[0]?.['QUERY PLAN'][0].Plan
      total += (plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN)
    }
    totals.push(total)
  }
  return { spaces, searches: totals.length, pages: spreadOf(totals).median }
}

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  const text = Array.isArray(value)
    ? `{${value.map((one) => JSON.stringify(one)).join(',')}}`
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)
  return pg.escapeLiteral(text)
}
