import { getTableColumns, getTableName, sql, type Column, type Placeholder, type SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import { drizzleOf, gather, type Drizzle } from './pool.ts'

/** The part of Drizzle that only reads. */
export type Reader = Pick<Drizzle, 'select' | 'selectDistinct' | 'with' | '$with'>

interface Prepared<R> {
  execute(values: Record<string, unknown>): Promise<R>
}

/** A read that is planned once for each connection and then run by its name. */
export interface Statement<R> {
  readonly name: string
  readonly build: (db: Reader) => { prepare(name: string): Prepared<R> }
}

/** A write in SQL of our own, for what the builder cannot say; `Row` is what it returns. */
export interface WriteStatement<Row> {
  readonly name: string
  readonly text: string
  readonly row?: Row
}

const taken = new Map<string, object | string>()

/** On a connection a name is one plan: two statements of one name would run each other's. */
const unique = (name: string, plan: object | string): string => {
  if ((taken.get(name) ?? plan) !== plan) throw new Error(`Two statements are named ${name}`)
  taken.set(name, plan)
  return name
}

export const statement = <R>(name: string, build: Statement<R>['build']): Statement<R> => ({
  name: unique(name, build),
  build,
})

export const writeStatement = <Row = never>(name: string, text: string): WriteStatement<Row> => ({
  name: unique(name, text),
  text,
})

/** A placeholder that is sent as `column` stores it: a TypeID as a uuid. */
export const arg = (column: Column, name: string): SQL | Placeholder =>
  sql`${sql.param(sql.placeholder(name), column)}`

const prepared = new WeakMap<pg.PoolClient, Map<string, Prepared<unknown>>>()

export const runStatement = <R>(
  client: pg.PoolClient,
  { name, build }: Statement<R>,
  values: Record<string, unknown>,
): Promise<R> => {
  let known = prepared.get(client)
  if (!known) {
    known = new Map()
    prepared.set(client, known)
  }
  let ready = known.get(name)
  if (!ready) {
    ready = build(drizzleOf(client)).prepare(name)
    known.set(name, ready)
  }
  gather(client)
  return ready.execute(values) as Promise<R>
}

/** Rows for one table, with the types that its schema gives them. */
export interface Rows<T extends PgTable = PgTable> {
  readonly table: T
  readonly rows: readonly T['$inferInsert'][]
}

export const rowsOf = <T extends PgTable>(table: T, rows: readonly T['$inferInsert'][]): Rows<T> => ({
  table,
  rows,
})

interface Insert {
  /** Absent for bulk: a plan for each number of rows would crowd the connection. */
  readonly name?: string
  readonly text: string
  readonly values: unknown[]
}

/** More rows than a write of one request has. */
const bulk = 16

/** Inserts into several tables in one statement: what a write costs follows the number of statements (ADR 0006). */
export const insertAll = (groups: readonly Rows[]): Insert => {
  const filled = groups.filter(({ rows }) => rows.length > 0)
  const values = filled.flatMap(valuesOf)
  if (filled.some(({ rows }) => rows.length > bulk)) return { text: insertText(filled), values }
  const key = filled.map(({ table, rows }) => `${shapeOf(table).name} ${String(rows.length)}`).join(' ')
  let known = inserts.get(key)
  if (!known) {
    known = { name: `insert${String(inserts.size)}`, text: insertText(filled) }
    inserts.set(key, known)
  }
  return { ...known, values }
}

/** Prepared by name, one for each set of tables and numbers of rows. */
const inserts = new Map<string, { name: string; text: string }>()

const insertText = (groups: readonly Rows[]): string => {
  let last = 0
  const placeholder = () => `$${String((last += 1))}`
  const texts = groups.map(({ table, rows }) => {
    const { name, columns, fields } = shapeOf(table)
    const tuples = rows.map(() => `(${fields.map(placeholder).join(', ')})`)
    return `insert into ${name} (${columns}) values ${tuples.join(', ')}`
  })
  const end = texts.pop() ?? ''
  const steps = texts.map((text, index) => `w${String(index)} as (${text})`)
  return steps.length > 0 ? `with ${steps.join(', ')} ${end}` : end
}

const valuesOf = ({ table, rows }: Rows): unknown[] =>
  rows.flatMap((row: Record<string, unknown>) =>
    shapeOf(table).fields.map(([field, column]) => parameter(column, row[field])),
  )

const parameter = (column: Column, value: unknown): unknown => {
  if (value === null || value === undefined) return null
  if (column.columnType === 'PgJsonb') return JSON.stringify(value)
  return column.columnType === 'PgCustomColumn' ? column.mapToDriverValue(value) : value
}

interface Shape {
  readonly name: string
  readonly columns: string
  readonly fields: readonly (readonly [string, Column])[]
}

const shapes = new WeakMap<PgTable, Shape>()

const shapeOf = (table: PgTable): Shape => {
  let shape = shapes.get(table)
  if (!shape) {
    const fields = Object.entries(getTableColumns(table)) as [string, Column][]
    const columns = fields.map(([, column]) => column.name).join(', ')
    shape = { name: getTableName(table), columns, fields }
    shapes.set(table, shape)
  }
  return shape
}

/** The rows of each table together, tables without rows left out. */
export const gathered = (groups: readonly Rows[]): Rows[] => {
  const byTable = new Map<PgTable, Rows['rows'][number][]>()
  for (const { table, rows } of groups) {
    if (rows.length > 0) byTable.set(table, [...(byTable.get(table) ?? []), ...rows])
  }
  return [...byTable].map(([table, rows]) => ({ table, rows }))
}

/** A row, or a part of one, as the JSON that `jsonb_populate_record` reads: column names, driver values. */
export const asRecord = (table: PgTable, row: Record<string, unknown>): Record<string, unknown> => {
  const record: Record<string, unknown> = {}
  for (const [field, column] of shapeOf(table).fields) {
    const value = row[field]
    if (value !== undefined) record[column.name] = value === null ? null : driverValue(column, value)
  }
  return record
}

const driverValue = (column: Column, value: unknown): unknown => {
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  return column.columnType === 'PgCustomColumn' ? column.mapToDriverValue(value) : value
}
