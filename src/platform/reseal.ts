import { getTableColumns, getTableName, type Column } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import type { Deps } from './context.ts'
import { carry } from './database/door.ts'
import { sqlState } from './database/pool.ts'
import { writeStatement } from './database/statements.ts'
import { seal, sealBeginning, unseal } from './sealing.ts'

/** A column of sealed values, and what each of them is bound to: the fields of its key, as the code has them. */
export interface SealedColumn {
  readonly table: PgTable
  readonly sealed: Column
  readonly boundTo: (key: never) => string
}

/** Values that are read and written together. */
const batchSize = 200

/** What a pass over a column has come to. */
interface Resealed {
  readonly resealed: number
  /** Values that no key opens: their key is missing, or they were damaged. */
  readonly unreadable: number
}

interface Passing {
  /** Told after each batch how many values it has looked at. */
  readonly onProgress?: (looked: number) => void
  /** Asked between batches. */
  readonly isStopping?: () => boolean
}

/**
 * Seals anew, by the newest key, what other keys have sealed in this column: in batches, by compare-and-set on the sealed
 * bytes, so that what is written or erased meanwhile stays as it is. What is left by a stop is found by the next call.
 */
export const reseal = async (deps: Deps, column: SealedColumn, passing: Passing = {}): Promise<Resealed> => {
  const total = { resealed: 0, unreadable: 0 }
  for (;;) {
    const pass = await passOver(deps, column, passing)
    total.resealed += pass.resealed
    total.unreadable = pass.unreadable
    // Whoever changed a value under our hands may have sealed it by an older key, too.
    if (pass.lost === 0 || passing.isStopping?.()) return total
  }
}

const passOver = async (deps: Deps, column: SealedColumn, { onProgress, isStopping }: Passing) => {
  const pass = { resealed: 0, unreadable: 0, lost: 0 }
  for (let last: Row | undefined; !isStopping?.();) {
    const rows = await staleRows(deps, column, last)
    last = rows.at(-1)
    if (!last) break
    const fresh = rows.flatMap((row) => sealedAnew(deps, column, row))
    const written = await replace(deps, column, fresh)
    pass.resealed += written
    pass.unreadable += rows.length - fresh.length
    pass.lost += fresh.length - written
    onProgress?.(rows.length)
  }
  return pass
}

/** A row as the driver gives it: its keys by their column names, and the sealed value. */
type Row = Readonly<Record<string, string>> & { readonly was: Buffer }

type Fresh = Row & { readonly fresh: Buffer }

const sealedAnew = ({ keys }: Deps, { table, boundTo }: SealedColumn, row: Row): Fresh[] => {
  const fields = keysOf(table).map(([field, key]) => [field, key.mapFromDriverValue(row[key.name])])
  const bound = boundTo(Object.fromEntries(fields) as never)
  try {
    return [{ ...row, fresh: seal(keys.seal, unseal(keys.seal, row.was, bound), bound) } as Fresh]
  } catch {
    return []
  }
}

/** The primary key, as fields and columns. */
const keysOf = (table: PgTable): [field: string, column: Column][] => {
  const composite = getTableConfig(table).primaryKeys[0]?.columns ?? []
  return Object.entries(getTableColumns(table)).filter(
    ([, column]) => column.primary || composite.some(({ name }) => name === column.name),
  )
}

const staleRows = (deps: Deps, { table, sealed }: SealedColumn, last: Row | undefined): Promise<Row[]> => {
  const keys = keysOf(table).map(([, key]) => key)
  const names = keys.map(({ name }) => name).join(', ')
  const beyond = keys.map((key, at) => `$${String(at + 2)}::${key.getSQLType()}`).join(', ')
  const text = `select ${names}, ${sealed.name} as was from ${getTableName(table)}
    where substring(${sealed.name} from 1 for length($1::bytea)) <> $1${last ? ` and (${names}) > (${beyond})` : ''}
    order by ${names} limit ${String(batchSize)}`
  const name = `reseal:read:${getTableName(table)}:${last ? 'on' : 'first'}`
  const values = [sealBeginning(deps.keys.seal.current), ...(last ? keys.map((key) => last[key.name]) : [])]
  return carry(deps, (tx) => tx.write(writeStatement<Row>(name, text), values))
}

/** @returns how many still stood as they were read */
const replace = async (
  deps: Deps,
  { table, sealed }: SealedColumn,
  rows: readonly Fresh[],
): Promise<number> => {
  const keys = keysOf(table).map(([, key]) => key)
  const arrays = [...keys.map((key) => key.getSQLType()), 'bytea', 'bytea'].map(
    (type, at) => `$${String(at + 1)}::${type}[]`,
  )
  const names = keys.map(({ name }) => name)
  const text = `update ${getTableName(table)} t set ${sealed.name} = n.fresh
    from unnest(${arrays.join(', ')}) as n (${names.join(', ')}, was, fresh)
    where ${names.map((name) => `t.${name} = n.${name}`).join(' and ')} and t.${sealed.name} = n.was
    returning true`
  const values = [...names, 'was', 'fresh'].map((name) => rows.map((row) => row[name]))
  const statement = writeStatement<unknown>(`reseal:write:${getTableName(table)}`, text)
  try {
    return (await carry(deps, (tx) => tx.write(statement, values))).length
  } catch (error) {
    // Two that lock the same rows in another order: the other one goes on, and the next pass comes back to these.
    if (sqlState(error) === '40P01') return 0
    throw error
  }
}

/** How many values of a column each key seals, by its id. */
export const sealedBy = async (deps: Deps, { table, sealed }: SealedColumn): Promise<Map<string, number>> => {
  const text = `select substring(${sealed.name} from 2 for get_byte(${sealed.name}, 0)) as key_id, count(*)::int as values
    from ${getTableName(table)} where length(${sealed.name}) > 0 group by 1`
  const name = `reseal:count:${getTableName(table)}`
  const rows = await carry(deps, (tx) =>
    tx.write(writeStatement<{ key_id: Buffer; values: number }>(name, text), []),
  )
  return new Map(rows.map(({ key_id, values }) => [key_id.toString(), values]))
}
