import { connectionUrl, newPassword, readAccess, writeAccess } from './access.ts'
import type { Access } from './access.ts'
import { findNative, prepareBinaries } from './binaries.ts'
import type { Binaries } from './binaries.ts'
import { hasCluster, makeCluster, makeDatabase } from './cluster.ts'
import { EmbeddedUnavailable } from './errors.ts'
import { assertEnterable, findDatabaseUser, openDataFolder } from './folder.ts'
import type { DataFolder, DatabaseUser } from './folder.ts'
import { holdOrJoin } from './hold.ts'
import type { Joined } from './hold.ts'
import { newRecord, release, rewrite } from './lock.ts'
import type { Holder, LockRecord } from './lock.ts'
import { endOrphan } from './orphan.ts'
import { startPostmaster } from './postmaster.ts'
import type { Postmaster } from './postmaster.ts'
import { countOthers, openSession, waitForOthers } from './sessions.ts'
import { dropSocketFolder, makeSocketFolder } from './socket.ts'

export type { Holder } from './lock.ts'

/** A PostgreSQL that we run, or that we joined. */
export interface Embedded {
  /** For `pg`, as waggle_owner: migrations, partitions, the job schema. */
  ownerUrl: string
  /** For `pg`, as waggle_app: everything else. */
  appUrl: string
  /** True when this process runs it, false when it joined that of another process. */
  started: boolean
  /** Resolves with one sentence when the PostgreSQL that we run ends without having been stopped. */
  lost: Promise<string>
  /** Leaves, or stops it and waits until it is gone. End your own sessions before. A second call is the first one. */
  stop(): Promise<void>
}

interface StartOptions {
  dataDir: string
  /**
   * What this process does. `serve`, `demo` and `test` must own the data folder; `command` joins a running database.
   * `demo` begins with an empty database each time; `test` gives durability up for speed.
   */
  holder: Holder
  commandName?: string
  /** Takes one line for a person. */
  log: (line: string) => void
}

/** How long a server waits for a command to finish with the folder. */
const COMMAND_PATIENCE_MS = 10_000

/**
 * Runs PostgreSQL for a data folder, or joins it (design §10). It listens on a Unix socket only and dies with this
 * process, however that ends. Throws `DataFolderHeld` when another process owns the folder, `EmbeddedUnavailable`
 * when there is no running it here; both carry one sentence to print.
 */
export async function startEmbedded(o: StartOptions): Promise<Embedded> {
  const native = findNative()
  const folder = await openDataFolder(o.dataDir)
  const record = await newRecord(o.holder, o.commandName)
  const hold = await holdOrJoin(folder, record, { patienceMs: COMMAND_PATIENCE_MS, log: o.log })
  if (hold !== 'held') return joined(hold, record)
  try {
    return await start({ native, folder, record, log: o.log })
  } catch (error) {
    await release(folder.lockFile)
    throw error
  }
}

/** What the steps of a start share. */
interface Start {
  native: string
  folder: DataFolder
  record: LockRecord
  log: (line: string) => void
}

async function start(s: Start): Promise<Embedded> {
  const { folder, record } = s
  const user = await findDatabaseUser(folder.pgdata)
  if (user.spawn.uid !== undefined) await assertEnterable(folder.root, user)
  const binaries = await prepareBinaries(s.native, folder.root, user)
  const access = await openAccess(s, binaries, user)
  const stalePid = await endOrphan(folder)
  const { pgdata, logFile } = folder
  const durable = record.holder !== 'test'
  const plan = { binaries, user, pgdata, logFile, socketFolder: access.socketFolder, durable, stalePid }
  const postmaster = await startPostmaster(
    plan,
    connectionUrl(access, 'waggle_owner', 'postgres', record.nonce),
  )
  try {
    await makeDatabase(access, record.nonce, { empty: record.holder === 'demo' })
  } catch (error) {
    await postmaster.stop()
    throw error
  }
  return running(s, access, postmaster)
}

/** Passwords and socket folder; makes PGDATA when there is none. */
async function openAccess(s: Start, binaries: Binaries, user: DatabaseUser): Promise<Access> {
  const { folder, record } = s
  const known = await readAccess(folder.accessFile)
  const made = await hasCluster(folder.pgdata, binaries)
  if (made && !known) {
    throw new EmbeddedUnavailable(
      `The file ${folder.accessFile} is missing, without whose passwords the database in ${folder.pgdata} stays closed: ` +
        'put it back from a backup, or choose another WAGGLE_DATA_DIR.',
    )
  }
  const access = {
    ownerPassword: known?.ownerPassword ?? newPassword(),
    appPassword: known?.appPassword ?? newPassword(),
    socketFolder: await makeSocketFolder(folder, known?.socketFolder, user),
  }
  // Before PGDATA: there never is a database whose passwords nobody knows. Unchanged it stays the file of its owner, who
  // need not be the one that starts today (root).
  if (known?.socketFolder !== access.socketFolder) await writeAccess(folder.accessFile, access)
  if (!made) {
    s.log(`Preparing a database in ${folder.root} ...`)
    const { ownerPassword } = access
    await makeCluster(folder.pgdata, { binaries, user, ownerPassword, durable: record.holder !== 'test' })
  }
  return access
}

function joined(hold: Joined, record: LockRecord): Embedded {
  let stopping: Promise<void> | undefined
  return {
    ...urls(hold.access, record),
    started: false,
    lost: new Promise(() => undefined),
    stop: () => (stopping ??= hold.presence.end()),
  }
}

function running(s: Start, access: Access, postmaster: Postmaster): Embedded {
  let stopping: Promise<void> | undefined
  const lost = new Promise<string>((resolve) => {
    void postmaster.exited.then(() => {
      if (!stopping) resolve(`The database stopped by itself; its log is ${s.folder.logFile}.`)
    })
  })
  return {
    ...urls(access, s.record),
    started: true,
    lost,
    stop: () => (stopping ??= stopRunning(s, access, postmaster)),
  }
}

async function stopRunning(s: Start, access: Access, postmaster: Postmaster): Promise<void> {
  if (s.record.holder !== 'test') await letOthersFinish(s, access)
  await postmaster.stop()
  await dropSocketFolder(s.folder, access.socketFolder)
  await release(s.folder.lockFile)
}

/** A server must leave in time for whoever stops it; a command has nobody waiting but the person who typed it. */
const SERVER_PATIENCE_MS = 5_000

/** Closes the door to newcomers once nobody is inside; opens it again when somebody slipped in. */
async function letOthersFinish(s: Start, access: Access): Promise<void> {
  const { folder, record } = s
  const patience = record.holder === 'command' ? undefined : AbortSignal.timeout(SERVER_PATIENCE_MS)
  const client = await openSession(connectionUrl(access, 'waggle_owner', 'postgres', record.nonce)).catch(
    () => undefined,
  )
  if (!client) return
  try {
    for (;;) {
      await waitForOthers(client, record.nonce, patience, s.log)
      await rewrite(folder.lockFile, { ...record, stopping: true })
      if (patience?.aborted === true || (await countOthers(client, record.nonce)) === 0) return
      await rewrite(folder.lockFile, record)
    }
  } catch {
    // The database is gone already: nobody is left to wait for.
  } finally {
    await client.end()
  }
}

function urls(access: Access, record: LockRecord): Pick<Embedded, 'ownerUrl' | 'appUrl'> {
  return {
    ownerUrl: connectionUrl(access, 'waggle_owner', 'waggle', record.nonce),
    appUrl: connectionUrl(access, 'waggle_app', 'waggle', record.nonce),
  }
}
