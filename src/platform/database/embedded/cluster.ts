import { execFile } from 'node:child_process'
import { chown, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { connectionUrl } from './access.ts'
import type { Access } from './access.ts'
import type { Binaries } from './binaries.ts'
import { EmbeddedUnavailable, errorCode } from './errors.ts'
import { PROGRAM_ENV } from './folder.ts'
import type { DatabaseUser } from './folder.ts'

const run = promisify(execFile)

/** Whether PGDATA is there; fails with one sentence when another major version of PostgreSQL made it. */
export async function hasCluster(pgdata: string, binaries: Binaries): Promise<boolean> {
  const version = await readFile(join(pgdata, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  })
  if (version === undefined) return false
  if (version.trim() === binaries.major) return true
  throw new EmbeddedUnavailable(
    `The folder ${pgdata} was made by PostgreSQL ${version.trim()}, and this Waggle runs PostgreSQL ${binaries.major}: ` +
      'start it with the Waggle that made it, or choose another WAGGLE_DATA_DIR.',
  )
}

/**
 * Runs initdb. It works in a folder of its own name that becomes PGDATA at the end, so that being killed midway
 * leaves nothing half made, nor anything that disturbs the next try.
 */
export async function makeCluster(
  pgdata: string,
  o: { binaries: Binaries; user: DatabaseUser; ownerPassword: string; durable: boolean },
): Promise<void> {
  await dropDrafts(pgdata)
  const draft = await mkdtemp(`${pgdata}.new-`)
  const made = join(draft, 'pgdata')
  const passwordFile = join(draft, 'password')
  await writeFile(passwordFile, o.ownerPassword, { mode: 0o600 })
  await mkdir(made, { mode: 0o700 })
  if (o.user.spawn.uid !== undefined) {
    for (const path of [draft, made, passwordFile]) await chown(path, o.user.uid, o.user.gid)
  }
  await initdb(o.binaries, made, passwordFile, o)
  await rename(made, pgdata)
  await rm(draft, { recursive: true })
}

async function initdb(
  binaries: Binaries,
  pgdata: string,
  passwordFile: string,
  o: { user: DatabaseUser; durable: boolean },
): Promise<void> {
  // Code-point order and Unicode case rules built into PostgreSQL: alike on every machine and libc.
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8']
  const access = ['--username=waggle_owner', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const args = [`--pgdata=${pgdata}`, ...access, ...locale, '--no-instructions']
  if (!o.durable) args.push('--no-sync')
  try {
    await run(join(binaries.bin, 'initdb'), args, { ...o.user.spawn, cwd: '/', env: PROGRAM_ENV })
  } catch (error) {
    const reason = /error: .*/.exec(error instanceof Error ? error.message : '')?.[0] ?? 'no reason given'
    throw new EmbeddedUnavailable(`No database could be made in ${dirname(pgdata)} (${reason}).`)
  }
}

/** Left by a start that was killed; the initdb of that start may still be busy in one, hence no complaint. */
async function dropDrafts(pgdata: string): Promise<void> {
  const folder = dirname(pgdata)
  for (const name of await readdir(folder)) {
    if (!name.startsWith('postgres.new-')) continue
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

/**
 * Makes the role of the app and the database `waggle` where they are missing; with `empty`, the database anew.
 * The database comes last: who can open it finds the rest done.
 */
export async function makeDatabase(access: Access, session: string, o: { empty: boolean }): Promise<void> {
  const client = new pg.Client({
    connectionString: connectionUrl(access, 'waggle_owner', 'postgres', session),
  })
  await client.connect()
  try {
    const role = await client.query(`select from pg_roles where rolname = 'waggle_app'`)
    if (role.rowCount === 0) {
      await client.query(`create role waggle_app login password '${access.appPassword}'`)
    }
    if (o.empty) await client.query('drop database if exists waggle')
    const database = await client.query(`select from pg_database where datname = 'waggle'`)
    if (database.rowCount === 0) await client.query('create database waggle')
  } finally {
    await client.end()
  }
}
