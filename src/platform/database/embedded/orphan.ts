import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DataFolderHeld } from './errors.ts'
import type { DataFolder } from './folder.ts'
import { findProcess } from './process-table.ts'

/** How long an earlier PostgreSQL may take to write its memory out and leave. */
const PATIENCE_MS = 10_000

/**
 * Waits for the PostgreSQL of a killed Waggle to leave the folder, and asks it to, in case its watcher was killed too.
 * Returns the process id in postmaster.pid, which no living PostgreSQL of this folder has any more; undefined when
 * the last one left in good order.
 */
export async function endOrphan(folder: DataFolder): Promise<number | undefined> {
  const pid = await readPostmasterPid(folder.pgdata)
  if (pid === undefined || !(await servesFolder(pid, folder.pgdata))) return pid
  process.kill(pid, 'SIGINT')
  const patience = AbortSignal.timeout(PATIENCE_MS)
  while (await servesFolder(pid, folder.pgdata)) {
    if (patience.aborted) {
      throw new DataFolderHeld(folder.root, pid, 'the PostgreSQL of a Waggle that was killed')
    }
    await delay(50)
  }
  return readPostmasterPid(folder.pgdata)
}

/** The first line of postmaster.pid; undefined when there is no such file. */
export async function readPostmasterPid(pgdata: string): Promise<number | undefined> {
  const text = await readFile(join(pgdata, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  return Number.isNaN(pid) ? undefined : pid
}

async function servesFolder(pid: number, pgdata: string): Promise<boolean> {
  const found = await findProcess(pid)
  return found?.command.includes(`-D ${pgdata} `) === true
}
