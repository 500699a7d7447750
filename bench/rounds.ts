import type { OperationName } from './operations.ts'

/** The product, and the two limits that it is held against. */
const variants = ['product', 'http', 'sql'] as const
export type Variant = (typeof variants)[number]

/** One variant of one operation in one round. */
export interface Measure {
  readonly perSecond: number
  /** CPU microseconds a request: of the process that was measured, and of PostgreSQL. */
  readonly cpu: number
  readonly pgCpu: number
}

export type Round = Readonly<Record<Variant, Measure>>

export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** What the rounds of one operation come to. */
export interface Result {
  readonly name: OperationName
  readonly title: string
  readonly goal: number
  readonly met: boolean
  /** Medians, requests a second. */
  readonly perSecond: Readonly<Record<Variant | 'limit', number>>
  /** The product against H = 1/(1/http + 1/sql) of the same round. */
  readonly ratio: Spread
  /** The product against bare SQL alone. */
  readonly ofSql: Spread
  /** CPU of both limits against CPU of the product, PostgreSQL's included: steadier than a rate on a busy machine. */
  readonly byCpu: Spread
  /** CPU microseconds a request, medians: of Waggle, of both limits together, of PostgreSQL under each. */
  readonly cpu: {
    readonly product: number
    readonly limit: number
    readonly pg: number
    readonly pgOfSql: number
  }
}

const limitOf = ({ http, sql }: Round): number => 1 / (1 / http.perSecond + 1 / sql.perSecond)

const cpuRatio = ({ product, http, sql }: Round): number =>
  (http.cpu + sql.cpu + sql.pgCpu) / (product.cpu + product.pgCpu)

export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return { min: sorted[0] ?? NaN, median: (low + high) / 2, max: sorted[sorted.length - 1] ?? NaN }
}

const medianOf = (rounds: readonly Round[], of: (round: Round) => number) => spreadOf(rounds.map(of)).median

/** Ratios are taken inside a round, where both sides had the same weather. */
export const resultOf = (
  { name, title, goal }: Pick<Result, 'name' | 'title' | 'goal'>,
  rounds: readonly Round[],
): Result => {
  const ratio = spreadOf(rounds.map((round) => round.product.perSecond / limitOf(round)))
  return {
    name,
    title,
    goal,
    met: ratio.median >= goal,
    perSecond: {
      product: medianOf(rounds, ({ product }) => product.perSecond),
      http: medianOf(rounds, ({ http }) => http.perSecond),
      sql: medianOf(rounds, ({ sql }) => sql.perSecond),
      limit: medianOf(rounds, limitOf),
    },
    ratio,
    ofSql: spreadOf(rounds.map(({ product, sql }) => product.perSecond / sql.perSecond)),
    byCpu: spreadOf(rounds.map(cpuRatio)),
    cpu: {
      product: medianOf(rounds, ({ product }) => product.cpu),
      limit: medianOf(rounds, ({ http, sql }) => http.cpu + sql.cpu),
      pg: medianOf(rounds, ({ product }) => product.pgCpu),
      pgOfSql: medianOf(rounds, ({ sql }) => sql.pgCpu),
    },
  }
}

/** Each variant comes first, second and last in turn. */
export const orderIn = (round: number): Variant[] => {
  const first = round % variants.length
  return [...variants.slice(first), ...variants.slice(0, first)]
}
