import { execFile } from 'node:child_process'
import { chmod, mkdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedUnavailable, errorCode } from './errors.ts'

const run = promisify(execFile)

/** `nobody` of every Linux: PostgreSQL refuses root, and needs a user that has a name. */
const NOBODY = 65534

/** The environment of every program of PostgreSQL: constant, so that nothing of ours leaks into it. */
export const PROGRAM_ENV = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Who PostgreSQL runs as. `spawn` goes into the options of a spawned program; empty when it is ourselves. */
export interface DatabaseUser {
  uid: number
  gid: number
  spawn: { uid?: number; gid?: number }
}

/** The places below one data folder. */
export interface DataFolder {
  root: string
  /** PGDATA, owned by the database user. */
  pgdata: string
  lockFile: string
  accessFile: string
  logFile: string
  socket: string
}

/** Makes the data folder when it is missing. */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const root = await makeFolder(resolve(dataDir))
  return {
    root,
    pgdata: join(root, 'postgres'),
    lockFile: join(root, 'database.lock'),
    accessFile: join(root, 'database-access.json'),
    logFile: join(root, 'postgres.log'),
    socket: join(root, 'socket'),
  }
}

/** Under root: the owner of PGDATA when there is one (a first start without root), else nobody. */
export async function findDatabaseUser(pgdata: string): Promise<DatabaseUser> {
  const uid = process.getuid?.() ?? -1
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? -1, spawn: {} }
  if (process.platform !== 'linux') {
    throw new EmbeddedUnavailable('Run Waggle as an ordinary user on this system, or set DATABASE_URL.')
  }
  const owner = await stat(pgdata).catch(() => undefined)
  const ids = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY }
  return { ...ids, spawn: ids }
}

/** Fails with one sentence when the database user may not pass through a folder on the way to `folder`. */
export async function assertEnterable(folder: string, user: DatabaseUser): Promise<void> {
  const way = ancestors(folder)
  const script = 'for folder do [ -x "$folder" ] || { printf %s "$folder"; exit 0; }; done'
  const options = { ...user.spawn, cwd: '/', env: PROGRAM_ENV }
  const { stdout: closed } = await run('/bin/sh', ['-c', script, 'sh', ...way], options)
  if (closed === '') return
  throw new EmbeddedUnavailable(
    `The database runs as user ${String(user.uid)}, who cannot enter the folder ${closed}: ` +
      'set WAGGLE_DATA_DIR to a folder elsewhere, or set DATABASE_URL.',
  )
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [...ancestors(parent), folder]
}

async function makeFolder(folder: string): Promise<string> {
  try {
    const made = await mkdir(folder, { recursive: true })
    // Under root another user must pass through to PGDATA, without seeing what else is here.
    if (made !== undefined) await chmod(folder, process.getuid?.() === 0 ? 0o711 : 0o700)
    return await realpath(folder)
  } catch (error) {
    throw new EmbeddedUnavailable(
      `The data folder ${folder} cannot be made (${errorCode(error) ?? 'unknown fault'}): set WAGGLE_DATA_DIR to another one.`,
    )
  }
}
