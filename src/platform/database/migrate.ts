import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as drizzleMigrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { addPartitions } from './partitions.ts'
import { sqlState, unavailable } from './pool.ts'

/** Migrations stand beside the sources; the built file lies one folder deeper. */
const migrationsFolder = fileURLToPath(
  new URL(
    import.meta.url.includes('/build/') ? '../../../../db/migrations' : '../../../db/migrations',
    import.meta.url,
  ),
)

/** A number of our own, so that Waggle's migrations wait for each other and for nobody else. */
const migrationLock = 7_723_401

/** A change waits this long for those who use the table; any longer, and everybody would be waiting behind it. */
const lockTimeout = '900ms'
const lockAttempts = 20

/**
 * Brings the database up to date and makes the partitions of the coming months. Several nodes may start at once: they take turns.
 * @param ownerUrl connects as the role that owns the tables
 * @param now milliseconds since 1970
 */
export const migrate = async (ownerUrl: string, now: number): Promise<void> => {
  await inTurn(ownerUrl, async (client) => {
    await drizzleMigrate(drizzle(client), { migrationsFolder })
    await addPartitions(client, now)
  })
}

/** Makes the partitions of the coming months, for a server that runs longer than the last ones reach. */
export const refreshPartitions = (ownerUrl: string, now: number): Promise<void> =>
  inTurn(ownerUrl, (client) => addPartitions(client, now))

const inTurn = async (ownerUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 10_000,
    options: '-c timezone=UTC',
  })
  await client.connect().catch((cause: unknown) => {
    throw unavailable(cause)
  })
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(`set lock_timeout = '${lockTimeout}'`)
    await untilLocked(() => work(client))
  } finally {
    await client.end()
  }
}

/** Steps aside when a table is in use, and comes again: work that was broken off has left nothing behind. */
const untilLocked = async (work: () => Promise<void>): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work()
      return
    } catch (error) {
      if (attempt === lockAttempts || sqlState(error) !== '55P03') throw error
      await delay(500)
    }
  }
}
