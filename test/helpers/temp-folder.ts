import { chmod, mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRunning, readLock } from '../../src/platform/database/embedded/lock.ts'

/** What the helpers need of a tap test. */
export interface Teardown {
  teardown(fn: () => unknown): void
}

const prefix = 'waggle-test-'

/** A folder of its own that other users may pass through (PostgreSQL, under root), gone when the test ends. */
export async function makeTempFolder(t: Teardown): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), prefix)))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  await chmod(folder, 0o711)
  return folder
}

/** Removes the embedded databases of runs that were killed: each is some 40 MB. */
export async function sweepTempFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const folder = join(tmpdir(), name)
    // Those of other users stay closed to us, or refuse to go.
    const lock = await readLock(join(folder, 'data', 'database.lock')).catch(() => undefined)
    if (lock && !(await isRunning(lock)))
      await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}
