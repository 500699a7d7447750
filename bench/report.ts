import type { Pages } from './pages.ts'
import type { Result, Spread } from './rounds.ts'

export interface Report {
  readonly spaces: number
  readonly referrals: number
  readonly rounds: number
  readonly operations: readonly Result[]
  /** Pages that a search reads; null when they were not counted. */
  readonly searchPages: Pages | null
}

const whole = (value: number): string => (Number.isNaN(value) ? '-' : String(Math.round(value)))
const part = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(2))
const spread = ({ min, median, max }: Spread): string => [min, median, max].map(part).join(' / ')

const header = [
  'operation',
  'req/s',
  'http',
  'sql',
  'H',
  'ratio to H (min / med / max)',
  'goal',
  'met',
  'by cpu',
  'of sql',
  'cpu: app',
  'http+sql',
  'pg',
  'pg of sql',
]

const rowOf = (result: Result): string[] => {
  const { title, perSecond, ratio, goal, met, byCpu, ofSql, cpu } = result
  const rates = [perSecond.product, perSecond.http, perSecond.sql, perSecond.limit].map(whole)
  const verdict = [
    spread(ratio),
    `>= ${String(goal)}`,
    met ? 'yes' : 'no',
    part(byCpu.median),
    part(ofSql.median),
  ]
  return [title, ...rates, ...verdict, ...[cpu.product, cpu.limit, cpu.pg, cpu.pgOfSql].map(whole)]
}

/** The report as a Markdown table with a few words. */
export const tableOf = ({ spaces, referrals, rounds, operations, searchPages }: Report): string => {
  const rows = [header, ...operations.map(rowOf)]
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  const [head = [], ...body] = rows
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [
    `${String(spaces)} spaces, ${String(referrals)} referrals, ${String(rounds)} rounds.`,
    'H = 1/(1/http + 1/sql): a bare Fastify with the same answer, and bare pg with the same rows in pipelined round trips.',
    'Ratios are taken inside a round; columns without a spread are medians. CPU in microseconds a request.',
    'By cpu: CPU of both limits / CPU of the product, PostgreSQL included. Of sql: req/s / sql.',
    '',
    line(head),
    line(rule),
    ...body.map(line),
    ...(searchPages ? ['', pagesLine(searchPages)] : []),
  ].join('\n')
}

const pagesLine = ({ few, many, ratio }: Pages): string =>
  `Pages that a search reads (median of ${String(few.searches)}): ${whole(few.pages)} with ${String(few.spaces)} spaces, ` +
  `${whole(many.pages)} with ${String(many.spaces)}: ${ratio.toFixed(2)} times as many (goal <= 2: ${ratio <= 2 ? 'met' : 'not met'}).`
