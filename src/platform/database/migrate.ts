import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as drizzleMigrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { addPartitions } from './partitions.ts'

/** Migrations stand beside the sources; the built file lies one folder deeper. */
const migrationsFolder = fileURLToPath(
  new URL(
    import.meta.url.includes('/build/') ? '../../../../db/migrations' : '../../../db/migrations',
    import.meta.url,
  ),
)

/** A number of our own, so that Waggle's migrations wait for each other and for nobody else. */
const migrationLock = 7_723_401

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
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c timezone=UTC' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await work(client)
  } finally {
    await client.end()
  }
}
