import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { connectionUrl, readAccess } from './access.ts'
import type { Access } from './access.ts'
import { DataFolderHeld } from './errors.ts'
import type { DataFolder } from './folder.ts'
import { claim, describeHolder, readLock } from './lock.ts'
import type { LockRecord } from './lock.ts'
import { openSession } from './sessions.ts'

/** A command's part in a database that another process runs. */
export interface Joined {
  access: Access
  /** Open as long as we take part: by it the starter sees that it must wait. */
  presence: pg.Client
}

/**
 * Takes hold of the data folder for `record` and returns 'held', or, for a command, joins the database of the living
 * holder. Throws {@link DataFolderHeld} when neither is possible: at once, or after `patienceMs` when a command, which
 * will finish, holds it.
 */
export async function holdOrJoin(
  folder: DataFolder,
  record: LockRecord,
  o: { patienceMs: number; log: (line: string) => void },
): Promise<'held' | Joined> {
  const patience = AbortSignal.timeout(o.patienceMs)
  let told = false
  for (;;) {
    const found = await claim(folder.lockFile, record)
    if (found === record) return 'held'
    const joined = record.holder === 'command' ? await tryJoin(folder, found, record.nonce) : undefined
    if (joined) return joined
    if (!mayWait(record, found, patience))
      throw new DataFolderHeld(folder.root, found.pid, describeHolder(found))
    if (!told)
      o.log(`Waiting for process ${String(found.pid)} (${describeHolder(found)}) and its database ...`)
    told = true
    await delay(50)
  }
}

/** A command waits as long as the holder lives: it is opening or closing the database. */
function mayWait(record: LockRecord, found: LockRecord, patience: AbortSignal): boolean {
  if (record.holder === 'command') return true
  return found.holder === 'command' && !patience.aborted
}

/**
 * The order matters: first be visible, then see that the holder is not stopping. The holder does it the other way
 * round, so that one of the two always sees the other.
 */
async function tryJoin(folder: DataFolder, holder: LockRecord, session: string): Promise<Joined | undefined> {
  const access = await readAccess(folder.accessFile)
  if (!access || holder.stopping) return undefined
  const url = connectionUrl(access, 'waggle_owner', 'waggle', session)
  const presence = await openSession(url).catch(() => undefined)
  if (!presence) return undefined
  const now = await readLock(folder.lockFile)
  if (now?.nonce === holder.nonce && !now.stopping) return { access, presence }
  await presence.end()
  return undefined
}
