import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readPostmasterPid } from '../../src/platform/database/embedded/orphan.ts'
import { findProcess } from '../../src/platform/database/embedded/process-table.ts'
import { until } from '../helpers/until.ts'
import { pick, type Chance } from './chance.ts'

const run = promisify(execFile)

/** The postmaster of a data folder; undefined when none runs. */
export const findPostmaster = async (dataDir: string): Promise<number | undefined> => {
  const pgdata = join(dataDir, 'postgres')
  const pid = await readPostmasterPid(pgdata)
  if (pid === undefined) return undefined
  const found = await findProcess(pid)
  return found?.command.includes(`-D ${pgdata} `) ? pid : undefined
}

const childrenOf = async (parent: number): Promise<number[]> => {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid='])
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number))
  return pairs.flatMap(([pid, ppid]) => (pid !== undefined && ppid === parent ? [pid] : []))
}

/** @returns false when it was gone before */
const kill = (pid: number): boolean => {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    return false
  }
}

const runningPostmaster = async (dataDir: string): Promise<number> => {
  const pid = await findPostmaster(dataDir)
  if (pid === undefined) throw new Error(`No PostgreSQL runs in ${dataDir}`)
  return pid
}

/** `kill -9` for all of PostgreSQL: the postmaster first, so that it cannot see its children die. */
export const killPostgres = async (dataDir: string): Promise<void> => {
  const postmaster = await runningPostmaster(dataDir)
  for (const pid of [postmaster, ...(await childrenOf(postmaster))]) kill(pid)
}

/** `kill -9` for one process of PostgreSQL; resolves when the postmaster has ended all the others for it. */
export const killOneOfPostgres = async (dataDir: string, chance: Chance): Promise<void> => {
  const postmaster = await runningPostmaster(dataDir)
  const former = await childrenOf(postmaster)
  if (!kill(pick(chance, former))) return killOneOfPostgres(dataDir, chance)
  await until(async () => !(await childrenOf(postmaster)).some((pid) => former.includes(pid)), 30_000)
}
