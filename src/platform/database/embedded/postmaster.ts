import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Binaries } from './binaries.ts'
import { EmbeddedUnavailable } from './errors.ts'
import { PROGRAM_ENV } from './folder.ts'
import type { DatabaseUser } from './folder.ts'

/**
 * Becomes PostgreSQL, after leaving a watcher behind that waits for the end of our standard input, which comes when
 * Waggle closes it or dies, even by kill -9, and then asks for a fast shutdown. The watcher is a grandchild, as
 * PostgreSQL takes the end of an unknown child for a crash.
 */
const SUPERVISOR = `
exec 3<&0 </dev/null
postmaster=$$
( ( read -r _ <&3; kill -INT "$postmaster" ) & )
exec 3<&- "$@"`

/** Where and how one PostgreSQL runs. */
interface PostmasterPlan {
  binaries: Binaries
  user: DatabaseUser
  pgdata: string
  socketFolder: string
  logFile: string
  /** False gives durability up for speed: tests only. */
  durable: boolean
  /** A process id in postmaster.pid that is known not to be a PostgreSQL on this folder any more. */
  stalePid: number | undefined
}

/** A running PostgreSQL. */
export interface Postmaster {
  pid: number
  /** Resolves when the process is gone, for whatever reason. */
  exited: Promise<void>
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>
}

/** Starts PostgreSQL and waits until it answers on `url`, crash recovery included. */
export async function startPostmaster(plan: PostmasterPlan, url: string): Promise<Postmaster> {
  // The backends of a killed PostgreSQL leave by themselves within moments; until then it refuses to start.
  const patience = AbortSignal.timeout(10_000)
  for (;;) {
    const postmaster = await launch(plan)
    if (await isReady(postmaster, url)) return postmaster
    const log = await readFile(plan.logFile, 'utf8')
    const lingering = log.includes('pre-existing shared memory block')
    if (!lingering || patience.aborted) throw new EmbeddedUnavailable(startFault(plan, log))
    await delay(100)
  }
}

async function launch(plan: PostmasterPlan): Promise<Postmaster> {
  await rm(plan.logFile, { force: true })
  const log = await open(plan.logFile, 'ax', 0o600)
  const command = [join(plan.binaries.bin, 'postgres'), '-D', plan.pgdata, ...settings(plan)]
  // PostgreSQL does not trust a lock file that names its "grandparent": our way to tell it that this id is stale (a
  // zombie, or reused), without taking its second guard away, the look for backends that still use the folder.
  const env =
    plan.stalePid === undefined ? PROGRAM_ENV : { ...PROGRAM_ENV, PG_GRANDPARENT_PID: String(plan.stalePid) }
  try {
    const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', ...command], {
      ...plan.user.spawn,
      cwd: '/',
      env,
      // A session of its own, so that Ctrl-C reaches Waggle alone, which drains and then stops the database.
      detached: true,
      stdio: ['pipe', log.fd, log.fd],
    })
    await once(child, 'spawn')
    return supervise(child)
  } finally {
    await log.close()
  }
}

function supervise(child: ChildProcess): Postmaster {
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      // Lets the watcher go as well, when PostgreSQL ended by itself.
      child.stdin?.destroy()
      resolve()
    })
  })
  // Neither may keep a process alive that has nothing else to do: its end stops PostgreSQL.
  child.unref()
  const stop = (): Promise<void> => {
    child.ref()
    child.stdin?.destroy()
    return exited
  }
  return { pid: child.pid ?? 0, exited, stop }
}

function settings(plan: PostmasterPlan): string[] {
  const folder = `"${plan.socketFolder.replaceAll('"', '""')}"`
  const reach = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'unix_socket_permissions=0700',
    'port=5432',
  ]
  // Refused statements carry people's data in their details; the server's own life is all that the log shall tell.
  const logging = ['log_min_messages=log', 'log_checkpoints=off', 'log_error_verbosity=terse']
  const speed = plan.durable ? ['fsync=on'] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
  return [...reach, ...logging, ...speed].flatMap((setting) => ['-c', setting])
}

async function isReady(postmaster: Postmaster, url: string): Promise<boolean> {
  const life = { over: false }
  void postmaster.exited.then(() => {
    life.over = true
  })
  while (!life.over) {
    if (await answers(url)) return true
    await delay(20)
  }
  return false
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end()
  }
}

function startFault(plan: PostmasterPlan, log: string): string {
  const reason = /FATAL: {2}(.*)/.exec(log)?.[1] ?? log.trim().split('\n').at(-1) ?? ''
  return `The database in ${plan.pgdata} does not start (${reason}); its log is ${plan.logFile}.`
}
