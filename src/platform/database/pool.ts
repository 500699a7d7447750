import { availableParallelism } from 'node:os'
import type { Writable } from 'node:stream'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { Problem } from '../errors.ts'

export type Drizzle = NodePgDatabase

/** The pool of connections, as the role that cannot rewrite history. */
export interface Database {
  readonly pool: pg.Pool
  close(): Promise<void>
}

interface PoolOptions {
  readonly url: string
  /** Connections at most; four a core is where reads stop gaining. */
  readonly size?: number
  /** 0 for none. */
  readonly statementTimeoutMs?: number
  readonly onError: (error: Error) => void
}

/**
 * Opens the pool. Connections are pipelined: statements that do not wait for each other's results share a round trip.
 * Times are UTC, waits are bounded: 2 s for a connection, 8 s for a statement, a second more for a database that has
 * fallen silent, 5 s idle in a transaction.
 */
export const openDatabase = (options: PoolOptions): Database => {
  const timeout = options.statementTimeoutMs ?? 8_000
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.size ?? 4 * availableParallelism(),
    connectionTimeoutMillis: 2_000,
    ...(timeout > 0 && { query_timeout: timeout + 1_000 }),
    pipeline: true,
    options: [
      '-c timezone=UTC',
      `-c statement_timeout=${String(timeout)}`,
      '-c idle_in_transaction_session_timeout=5000',
    ].join(' '),
  })
  pool.on('error', options.onError)
  // A connection may break while it is handed out and silent. The next statement tells; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { pool, close: () => pool.end() }
}

/** Hands out a connection for the time of `use`; a connection whose use failed in transport is thrown away. */
export const withConnection = async <T>(
  db: Database,
  use: (client: pg.PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await db.pool.connect().catch((error: unknown) => {
    throw unavailable(error)
  })
  let broken = false
  try {
    return await use(client)
  } catch (error) {
    broken = isConnectionFault(error)
    throw broken ? unavailable(error) : error
  } finally {
    client.release(broken)
  }
}

/** The database cannot be reached, or has no answer: everybody may ask again. */
export const unavailable = (cause: unknown): Problem => {
  const problem = new Problem('unavailable', 'The database does not answer. Try again shortly.', {
    headers: { 'retry-after': '2' },
  })
  problem.cause = cause
  return problem
}

/**
 * SQLSTATE classes 08 (connection), 57P (shutdown), 53 (no resources), 57014 (took too long), 25P03 (idle for too long in
 * a transaction), 25006 (the server has become a standby), and faults without an SQLSTATE: the socket's.
 */
const isConnectionFault = (error: unknown): boolean => {
  if (!(error instanceof Error) || error instanceof Problem) return false
  const code = sqlState(error)
  if (code === undefined) return /connection|timeout|socket|terminated/i.test(rootOf(error).message)
  return /^(08|57P|57014|25P03|25006|53|E[A-Z]+$)/.test(code)
}

/** What a library has wrapped; its own message holds the whole statement. */
const rootOf = (error: Error): Error => (error.cause instanceof Error ? rootOf(error.cause) : error)

/** The SQLSTATE (or the system's code) of a failure, also where a library has wrapped it. */
export const sqlState = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return sqlState(error.cause)
}

/** The name of the constraint that was broken, if one was. */
export const brokenConstraint = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  if ('constraint' in error && typeof error.constraint === 'string') return error.constraint
  return brokenConstraint(error.cause)
}

const drizzles = new WeakMap<pg.PoolClient, Drizzle>()

/** One Drizzle a connection: statements prepared on it stay prepared. */
export const drizzleOf = (client: pg.PoolClient): Drizzle => {
  let found = drizzles.get(client)
  if (!found) {
    found = drizzle(client)
    drizzles.set(client, found)
  }
  return found
}

/** The socket of a connection, which pg keeps out of its types. */
interface Wired {
  readonly connection: { readonly stream: Writable }
}

/**
 * Lets the statements of this moment leave together. Pipelined or not, pg hands each one to the system by itself, and
 * with a database beside us those calls were a third of what a write cost.
 */
export const gather = (client: pg.PoolClient): pg.PoolClient => {
  const { stream } = (client as unknown as Wired).connection
  if (stream.writableCorked === 0) {
    stream.cork()
    process.nextTick(() => {
      stream.uncork()
    })
  }
  return client
}
