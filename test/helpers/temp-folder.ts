import { chmod, mkdtemp, readFile, readdir, realpath, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRunning, readLock } from '../../src/platform/database/embedded/lock.ts'

/** What the helpers need of a tap test. */
export interface Teardown {
  teardown(fn: () => unknown): void
}

const prefix = 'waggle-test-'
const memory = '/dev/shm'

/** A folder of its own that other users may pass through (PostgreSQL, under root), gone when the test ends. */
export async function makeTempFolder(t: Teardown, parent = tmpdir()): Promise<string> {
  const folder = await realpath(await mkdtemp(join(parent, prefix)))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  await chmod(folder, 0o711)
  return folder
}

/**
 * Where a database may stand in memory: to make and drop the some 400 files of each was a third of the CPU time of all
 * tests on disk. The temporary folder where there is less than 512 MiB for it (a container), or programs may not run in it.
 */
export async function memoryFolder(): Promise<string> {
  const mounts = await readFile('/proc/mounts', 'utf8').catch(() => '')
  if (!/^\S+ \/dev\/shm tmpfs (?!\S*noexec)/m.test(mounts)) return tmpdir()
  const { bavail, bsize } = await statfs(memory)
  return bavail * bsize > 2 ** 29 ? memory : tmpdir()
}

/** Removes the embedded databases of runs that were killed: each is some 40 MB. */
export async function sweepTempFolders(): Promise<void> {
  for (const parent of new Set([tmpdir(), await memoryFolder()])) await sweep(parent)
}

async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue
    const folder = join(parent, name)
    // Those of other users stay closed to us, or refuse to go.
    const lock = await readLock(join(folder, 'data', 'database.lock')).catch(() => undefined)
    if (lock && !(await isRunning(lock)))
      await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}
