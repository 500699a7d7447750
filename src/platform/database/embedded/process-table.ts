import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { errorCode } from './errors.ts'

/** A process that runs (a zombie does not). */
interface RunningProcess {
  /** When the operating system says it began: compared, never parsed. Empty when it may not be seen. */
  startedAt: string
  /** Its command line, words joined by a space. Empty when it may not be seen. */
  command: string
}

const run = promisify(execFile)

/** Looks a process up by its id; undefined when there is none or only its zombie is left. */
export function findProcess(pid: number): Promise<RunningProcess | undefined> {
  return process.platform === 'linux' ? findByProc(pid) : findByPs(pid)
}

/** The start of this very process, in the form that {@link findProcess} gives. */
export async function ownStart(): Promise<string> {
  return (await findProcess(process.pid))?.startedAt ?? ''
}

async function findByProc(pid: number): Promise<RunningProcess | undefined> {
  try {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8')
    // The name in brackets may hold spaces and brackets itself; what follows the last one is regular (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8')
    return {
      startedAt: `${await bootId()}/${fields[19] ?? ''}`,
      command: command.split('\0').join(' ').trim(),
    }
  } catch {
    // A /proc mounted with hidepid hides the processes of others: the signal 0 still finds them.
    return answersSignal(pid) ? { startedAt: '', command: '' } : undefined
  }
}

/** Ticks begin anew at each boot, so that they identify a start only together with the boot. */
async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim()
}

/** The way of systems without /proc (macOS); `ps` of Linux understands it too, which the tests use. */
export async function findByPs(pid: number): Promise<RunningProcess | undefined> {
  const args = ['-o', 'state=,lstart=,command=', '-p', String(pid)]
  const line = await run('ps', args, { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
  const parts = /^(\S+)\s+(\w{3}\s+\w{3}\s+\d+\s+[\d:]+\s+\d{4})\s+(.*)$/s.exec(line)
  if (!parts || parts[1]?.startsWith('Z') === true) return undefined
  return { startedAt: parts[2] ?? '', command: parts[3] ?? '' }
}

function answersSignal(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
