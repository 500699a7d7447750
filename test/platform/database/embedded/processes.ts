import { spawn } from 'node:child_process'
import type { ChildProcessByStdio, SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { access, readFile, watch } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Teardown } from '../../../helpers/temp-folder.ts'

/** A line that `holding.ts` prints. */
interface Told {
  started?: boolean
  ownerUrl?: string
  one?: number
  error?: string
  message?: string
}

/** Another process that holds a data folder, or tries to. */
interface HoldingProcess {
  child: ChildProcessByStdio<Writable, Readable, null>
  pid: number
  nextLine(): Promise<Told>
  /** Ends it in good order. */
  finish(): Promise<void>
}

/** Starts `holding.ts` in a process group of its own, as a shell does with what is typed in. */
export function holdElsewhere(t: Teardown, dataDir: string, holder: string): HoldingProcess {
  const program = join(import.meta.dirname, 'holding.js')
  const child = spawn(process.execPath, [program, dataDir, holder], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const finish = async (): Promise<void> => {
    const exit = once(child, 'exit')
    child.stdin.end()
    await exit
  }
  const nextLine = async (): Promise<Told> => JSON.parse((await lines.next()).value as string) as Told
  return { child, pid: child.pid ?? 0, nextLine, finish }
}

/** Kills with -9 and waits for the end of the process, not for what it leaves behind. */
export async function killHard(holding: HoldingProcess): Promise<void> {
  const exit = once(holding.child, 'exit')
  holding.child.kill('SIGKILL')
  await exit
}

/** The process id in postmaster.pid. */
export async function postmasterPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

/** Resolves when a file is gone; rejects when it is still there after `limitMs`. */
export async function vanished(path: string, limitMs: number): Promise<void> {
  const events = watch(dirname(path), { signal: AbortSignal.timeout(limitMs) })[Symbol.asyncIterator]()
  for (;;) {
    const event = events.next()
    const present = await access(path).then(
      () => true,
      () => false,
    )
    if (!present) {
      event.catch(() => undefined)
      return
    }
    await event
  }
}

/** The id of a process that has ended and that its parent never reaps; Linux only. */
export async function makeZombie(t: Teardown, options: Pick<SpawnOptions, 'uid' | 'gid'>): Promise<number> {
  // `cat` takes the place of the shell and knows nothing of its child, which ends when it is told to.
  const script = '(read -r _ <&3) & echo $!; exec cat 3<&-'
  const parent = spawn('sh', ['-c', script], {
    ...options,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
  })
  t.teardown(() => parent.kill('SIGKILL'))
  const lines = createInterface(parent.stdout!)[Symbol.asyncIterator]()
  const line = (await lines.next()).value as string
  parent.stdin!.write('are you cat?\n')
  await lines.next()
  ;(parent.stdio[3] as Writable).end()
  while (!(await readFile(`/proc/${line}/stat`, 'utf8')).includes(') Z ')) await access('/proc')
  return Number(line)
}
