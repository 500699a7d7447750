import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../src/platform/database/embedded/start.ts'
import { makeTempFolder, memoryFolder } from './temp-folder.ts'
import type { Teardown } from './temp-folder.ts'

/** A PostgreSQL for tests. Either URL leads to a database that nobody minds; take the server, not the database. */
export interface TestCluster {
  /** As a superuser. */
  ownerUrl: string
  /** As waggle_app, the plain role of the app. */
  appUrl: string
}

/** How a test process learns of the cluster that its runner (test/run.ts) started. */
export const ownerUrlName = 'WAGGLE_TEST_OWNER_URL'
export const appUrlName = 'WAGGLE_TEST_APP_URL'

/**
 * The cluster of this run: the runner's; else that of DATABASE_URL, which is for tests alone (its user must be a
 * superuser, and without DATABASE_OWNER_URL beside it the password of waggle_app is set anew); else an embedded one
 * that lives as long as `t`, or as this process if that is shorter.
 */
export async function openCluster(t: Teardown): Promise<TestCluster> {
  const { [ownerUrlName]: ownerUrl, [appUrlName]: appUrl, DATABASE_URL, DATABASE_OWNER_URL } = process.env
  if (ownerUrl && appUrl) return { ownerUrl, appUrl }
  if (DATABASE_URL && DATABASE_OWNER_URL) return { ownerUrl: DATABASE_OWNER_URL, appUrl: DATABASE_URL }
  if (DATABASE_URL) return { ownerUrl: DATABASE_URL, appUrl: await openAppRole(DATABASE_URL) }
  const dataDir = join(await makeTempFolder(t, await memoryFolder()), 'data')
  const embedded = await startEmbedded({ dataDir, holder: 'test', log: () => undefined })
  t.teardown(() => embedded.stop())
  return embedded
}

/** Makes waggle_app where it is missing, and gives it a password that this run knows. */
async function openAppRole(ownerUrl: string): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const found = await client.query(`select from pg_roles where rolname = 'waggle_app'`)
    const verb = found.rowCount === 0 ? 'create' : 'alter'
    await client.query(`${verb} role waggle_app login password '${password}'`)
  } finally {
    await client.end()
  }
  // By hand, as no URL class takes the empty host of a Unix socket.
  return ownerUrl.replace(/^(\w+:\/\/)([^/@]*@)?/, `$1waggle_app:${password}@`)
}
