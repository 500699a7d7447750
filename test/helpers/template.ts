import { createHash, randomBytes } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { TestCluster } from './cluster.ts'

/** A database of its own for one test. */
export interface TestDatabase {
  ownerUrl: string
  appUrl: string
  /** Drops it; fails when somebody still has it open, which is a leak in the test. */
  drop(): Promise<void>
}

export type Migrate = (ownerUrl: string) => Promise<void>

/**
 * Clones the template `name`, which the first to ask makes by `migrate` while the others wait: 0.1 s against the
 * seconds of a migration. A template stays as it is, so its name must change with what `migrate` does.
 */
export async function cloneTemplate(
  cluster: TestCluster,
  name: string,
  migrate: Migrate,
): Promise<TestDatabase> {
  const clone = `test_${randomBytes(8).toString('hex')}`
  await withServer(cluster, async (client) => {
    await makeTemplate(client, cluster, name, migrate)
    await client.query(`create database ${clone} template ${name}`)
  })
  const drop = (): Promise<void> => withServer(cluster, (client) => dropUnused(client, clone))
  return { ownerUrl: onDatabase(cluster.ownerUrl, clone), appUrl: onDatabase(cluster.appUrl, clone), drop }
}

/** A template name that changes with the migrations in the repository. */
export async function migratedName(): Promise<string> {
  const folder = join('db', 'migrations')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  // What the job runner puts into a database follows its version, not our migrations.
  for (const file of [...files.sort(), 'package.json']) hash.update(file).update(await readFile(file))
  return `template_${hash.digest('hex').slice(0, 16)}`
}

async function makeTemplate(
  client: pg.Client,
  cluster: TestCluster,
  name: string,
  migrate: Migrate,
): Promise<void> {
  // For the session: the lock goes when the process dies, and what it half built is called a draft.
  await client.query(`select pg_advisory_lock(hashtextextended('waggle test template', 0))`)
  const found = await client.query('select from pg_database where datname = $1', [name])
  if (found.rowCount === 0) {
    const draft = `${name}_draft`
    await client.query(`drop database if exists ${draft} with (force)`)
    await client.query(`create database ${draft}`)
    await migrate(onDatabase(cluster.ownerUrl, draft))
    await client.query(`alter database ${draft} rename to ${name}`)
  }
  await client.query(`select pg_advisory_unlock(hashtextextended('waggle test template', 0))`)
}

async function dropUnused(client: pg.Client, name: string): Promise<void> {
  try {
    await client.query(`drop database if exists ${name}`)
  } catch (error) {
    await client.query(`drop database if exists ${name} with (force)`)
    throw new Error('A pool or client of this test is still open at its end.', { cause: error })
  }
}

async function withServer(cluster: TestCluster, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.ownerUrl })
  await client.connect()
  try {
    await use(client)
  } finally {
    await client.end()
  }
}

/** By hand, as no URL class takes the empty host of a Unix socket. */
function onDatabase(url: string, name: string): string {
  return url.replace(/^(\w+:\/\/[^/]*)(\/[^?]*)?/, `$1/${name}`)
}
