import { chmod, chown, lstat, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataFolder, DatabaseUser } from './folder.ts'

/** The kernel's limit for the path of a Unix socket, its closing zero included: 108 on Linux, 104 on macOS. */
const MAX_PATH = 103

/**
 * Makes the folder of the Unix socket, open to the database user alone: in the data folder, or in the temporary
 * folder when the path would be too long. `former` is the one that an earlier start used.
 */
export async function makeSocketFolder(
  folder: DataFolder,
  former: string | undefined,
  user: DatabaseUser,
): Promise<string> {
  const path = await chooseFolder(folder, former, user)
  await chmod(path, 0o700)
  if (user.spawn.uid !== undefined) await chown(path, user.uid, user.gid)
  return path
}

/** Takes a socket folder outside the data folder away again. */
export async function dropSocketFolder(folder: DataFolder, path: string): Promise<void> {
  if (path !== folder.socket) await rm(path, { recursive: true, force: true })
}

async function chooseFolder(
  folder: DataFolder,
  former: string | undefined,
  user: DatabaseUser,
): Promise<string> {
  if (Buffer.byteLength(join(folder.socket, '.s.PGSQL.5432')) <= MAX_PATH) {
    await mkdir(folder.socket, { recursive: true })
    return folder.socket
  }
  if (former !== undefined && (await belongsTo(former, user))) return former
  return mkdtemp(join(tmpdir(), 'waggle-'))
}

/** The temporary folder is everybody's: what stands there under a known name may be a trap. */
async function belongsTo(path: string, user: DatabaseUser): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  return found?.isDirectory() === true && found.uid === user.uid
}
