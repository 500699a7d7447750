import { openDatabase, type Database } from '../../src/platform/database/pool.ts'

/** A pool that lets its callers wait: races want more connections at once than a slow machine hands out in two seconds. */
export const openPatiently = (options: { url: string; size?: number }): Database => {
  const database = openDatabase({ ...options, onError: () => undefined })
  database.pool.options.connectionTimeoutMillis = 30_000
  return database
}
