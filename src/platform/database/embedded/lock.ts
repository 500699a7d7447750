import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { errorCode } from './errors.ts'
import { findProcess, ownStart } from './process-table.ts'

const lockRecord = z.object({
  pid: z.number(),
  /** As the operating system tells it, so that a reused process id is not taken for the holder. */
  startedAt: z.string(),
  holder: z.enum(['serve', 'demo', 'command', 'test']),
  commandName: z.string().optional(),
  /** Names this one holding; every claim makes a new one. */
  nonce: z.string(),
  /** The holder is about to stop the database: nobody may join any more. */
  stopping: z.boolean(),
})

/** What the lock file says: who holds the data folder. */
export type LockRecord = z.infer<typeof lockRecord>
export type Holder = LockRecord['holder']

/** What a power cut leaves of a file that was never flushed to disk. */
const TORN: LockRecord = { pid: 0, startedAt: '', holder: 'command', nonce: 'torn', stopping: false }

/** A record of this process, for one claim. */
export async function newRecord(holder: Holder, commandName: string | undefined): Promise<LockRecord> {
  const nonce = randomBytes(6).toString('hex')
  const record = { pid: process.pid, startedAt: await ownStart(), holder, nonce, stopping: false }
  return commandName === undefined ? record : { ...record, commandName }
}

/** What a holder does, in words for a message. */
export function describeHolder(record: LockRecord): string {
  if (record.holder !== 'command') return record.holder
  return record.commandName === undefined ? 'a command' : `the command ${record.commandName}`
}

/**
 * Claims the lock file, replacing the lock of a dead process.
 * Returns `record` itself when the lock is ours now, else the record of the living holder.
 */
export async function claim(file: string, record: LockRecord): Promise<LockRecord> {
  for (;;) {
    if (await create(file, record)) return record
    const found = await readLock(file)
    if (!found) continue
    if (await isRunning(found)) return found
    if (await replaceDead(file, found, record)) return record
    await delay(5)
  }
}

/** Reads the lock file; undefined when there is none. */
export async function readLock(file: string): Promise<LockRecord | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : parseRecord(text)
}

/** Whether the process that wrote the record still runs. */
export async function isRunning(record: LockRecord): Promise<boolean> {
  if (record.pid === 0) return false
  const found = await findProcess(record.pid)
  return found !== undefined && (found.startedAt === '' || found.startedAt === record.startedAt)
}

/** Rewrites our own lock, which nobody else touches as long as we live. */
export async function rewrite(file: string, record: LockRecord): Promise<void> {
  const draft = await writeDraft(file, record)
  await rename(draft, file)
}

/** Gives our own lock up. */
export async function release(file: string): Promise<void> {
  await rm(file, { force: true })
}

/**
 * Only the owner of the ticket that is named after a dead lock may replace that lock. Simply deleting it would let a
 * slow second process delete the lock of a quick first one. The ticket is itself such a lock, so that the death of its
 * owner blocks nobody either.
 */
async function replaceDead(file: string, dead: LockRecord, record: LockRecord): Promise<boolean> {
  const ticket = `${file}.${dead.nonce}`
  const owner = await claim(ticket, record)
  if (owner !== record) return false
  const current = await readLock(file)
  if (current?.nonce === dead.nonce) {
    await rename(ticket, file)
    return true
  }
  await unlink(ticket)
  return false
}

/** A link appears whole or not at all, and only where there is nothing yet. */
async function create(file: string, record: LockRecord): Promise<boolean> {
  const draft = await writeDraft(file, record)
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  } finally {
    await unlink(draft)
  }
}

async function writeDraft(file: string, record: LockRecord): Promise<string> {
  const draft = `${file}.${record.nonce}.draft`
  await writeFile(draft, JSON.stringify(record))
  return draft
}

function parseRecord(text: string): LockRecord {
  try {
    return lockRecord.parse(JSON.parse(text))
  } catch {
    return TORN
  }
}
