import { spawn, type ChildProcess } from 'node:child_process'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Teardown } from '../helpers/temp-folder.ts'
import { until } from '../helpers/until.ts'

/** A line of the log. */
export interface LogLine {
  readonly level: number
  readonly msg: string
  readonly reqId?: string
  readonly [fact: string]: unknown
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly body: any
}

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stderr: string
}

/** A program of its own, as a person or a supervisor starts it. */
export interface Program {
  readonly child: ChildProcess
  readonly stdout: string[]
  readonly stderr: string[]
  readonly ended: Promise<Ended>
}

const main = join(import.meta.dirname, '../../src/main.js')

/** Runs `waggle <command>` with this environment and nothing of ours, in a process group of its own, as a shell does. */
export const run = (
  t: Teardown,
  command: string,
  env: Record<string, string>,
  args: readonly string[] = [],
): Program => {
  const { PATH = '', TMPDIR = '/tmp' } = process.env
  const child = spawn(process.execPath, [main, command, ...args], {
    detached: true,
    env: { PATH, TMPDIR, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr]: string[][] = [[], []]
  createInterface(child.stdout).on('line', (line) => stdout?.push(line))
  createInterface(child.stderr).on('line', (line) => stderr?.push(line))
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stderr: (stderr ?? []).join('\n') }))
  })
  t.teardown(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, stdout: stdout ?? [], stderr: stderr ?? [], ended }
}

/** Written by PostgreSQL, and removed by it when it is gone. */
export const postmasterFile = (dataDir: string) => join(dataDir, 'postgres', 'postmaster.pid')

export const isGone = (path: string): Promise<boolean> =>
  access(path).then(
    () => false,
    () => true,
  )

export interface Server extends Program {
  /** Where it listens. */
  readonly url: string
  /** The log so far. */
  logs(): LogLine[]
  ask(path: string, init?: RequestInit): Promise<Answer>
}

/** Starts a server on a port of its own, and waits until it serves. */
export const startServer = async (t: Teardown, env: Record<string, string>): Promise<Server> => {
  const { WAGGLE_DATA_DIR: dataDir } = env
  // An embedded PostgreSQL leaves by itself, and must be gone before its folder is removed.
  if (dataDir) t.teardown(() => until(() => isGone(postmasterFile(dataDir))))
  const program = run(t, 'serve', { PORT: '0', ...env })
  const logs = () => program.stdout.map((line) => JSON.parse(line) as LogLine)
  const listening = 'Server listening at '
  const address = () =>
    logs()
      .find(({ msg }) => msg.startsWith(listening))
      ?.msg.slice(listening.length)
  const isUp = () =>
    program.stderr.some((line) => line.startsWith('Waggle is at ')) && address() !== undefined
  let ended: Ended | undefined
  void program.ended.then((how) => (ended = how))
  await until(() => isUp() || ended !== undefined, 20_000)
  if (ended) throw new Error(`The server did not start: ${ended.stderr}`)
  const url = address() ?? ''
  return { ...program, url, logs, ask: (path, init) => ask(`${url}${path}`, init) }
}

const ask = async (url: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(15_000) })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  }
}
