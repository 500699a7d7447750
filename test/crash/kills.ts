import { setTimeout as delay } from 'node:timers/promises'
import { killOneOfPostgres, killPostgres } from './postgres.ts'
import type { Chance } from './chance.ts'
import { run, type Program } from '../running/server.ts'
import type { Teardown } from '../helpers/temp-folder.ts'
import { until } from '../helpers/until.ts'

/** What is killed: Waggle, all of PostgreSQL, or one process of PostgreSQL, which recovers beneath a living Waggle. */
export const victims = ['Waggle', 'PostgreSQL', 'one process of PostgreSQL'] as const
export type Victim = (typeof victims)[number]

/** Where the server lives; the port stays, as its clients know it. */
export interface House {
  readonly t: Teardown
  readonly url: string
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
}

/** A server that is ready. */
export interface Up {
  readonly program: Program
  /** From its start to the first 200 of /readyz. */
  readonly readyMs: number
}

const isReady = (url: string) =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ status }) => status === 200,
    () => false,
  )

const patienceMs = 30_000

/** Waits for /readyz. @throws when the server ends before, or needs more than 30 s */
const untilReady = async ({ url }: House, program: Program, since: number): Promise<Up> => {
  const life = { over: false }
  void program.ended.then(() => (life.over = true))
  await until(async () => life.over || (await isReady(url)), patienceMs)
  if (life.over) throw new Error(`The server has ended: ${(await program.ended).stderr}`)
  return { program, readyMs: performance.now() - since }
}

export const start = (house: House): Promise<Up> => {
  const since = performance.now()
  return untilReady(house, run(house.t, 'serve', { ...house.env }), since)
}

/** Starts a server that does not come to serve. */
const killWhileStarting = async (house: House, chance: Chance): Promise<void> => {
  const program = run(house.t, 'serve', { ...house.env })
  await delay(chance() * 1_000)
  program.child.kill('SIGKILL')
  await program.ended
}

/** Kills and starts again, at times being killed once more while it starts. @returns how often, and what was found wrong beside */
export const killAndStart = async (
  house: House,
  { program }: Up,
  victim: Victim,
  chance: Chance,
): Promise<{ up: Up; inBetween: number; wrong: string[] }> => {
  const since = performance.now()
  if (victim === 'one process of PostgreSQL') {
    await killOneOfPostgres(house.dataDir, chance)
    return { up: await untilReady(house, program, since), inBetween: 0, wrong: [] }
  }
  if (victim === 'Waggle') program.child.kill('SIGKILL')
  else await killPostgres(house.dataDir)
  const ended = await program.ended
  const wrong = victim === 'PostgreSQL' ? faultsOfLoss(ended.code, program) : []
  const inBetween = chance() < 0.2 ? 1 : 0
  if (inBetween > 0) await killWhileStarting(house, chance)
  return { up: await start(house), inBetween, wrong }
}

/** A server that has lost its own database says so and ends, for whoever starts it again. */
const faultsOfLoss = (code: number | null, { stdout }: Program): string[] => {
  const said = stdout.some((line) => line.includes('The database stopped by itself'))
  return code === 1 && said
    ? []
    : [`Without its database the server ended with ${String(code)}, said: ${String(said)}`]
}
