/** A process of the soak: runs what it is handed, one after the other, on a database of its own. */
import { openCluster } from '../helpers/cluster.ts'
import { openHouse } from './house.ts'
import { races, resultOf, runRace } from './races.ts'
import { runSeed } from './run-seed.ts'

export type Task = { readonly seed: number } | { readonly race: number; readonly pairs: number }

export interface Report {
  readonly task: Task
  /** What a race came to; null for a seed. */
  readonly result: string | null
  /** Null when all held. */
  readonly failure: string | null
}

/** Ctrl-C reaches every process of the terminal; it is the first one that decides. */
process.on('SIGINT', () => undefined)

const house = await openHouse(await openCluster({ teardown: () => undefined }))

const carryOut = async (task: Task): Promise<Report> => {
  if ('seed' in task) return { task, result: null, failure: (await runSeed(house, task.seed)).failure }
  const race = races[task.race]
  if (!race) throw new Error(`There is no race ${task.race}`)
  try {
    return { task, result: resultOf(race, await runRace(house, race, task.pairs)), failure: null }
  } catch (error) {
    return {
      task,
      result: null,
      failure: `${race.name}: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

let working = Promise.resolve()
process.on('message', (task: Task) => {
  working = working.then(async () => {
    process.send?.(await carryOut(task))
  })
})
process.once('disconnect', () => {
  void working.then(() => house.close()).finally(() => process.exit())
})
process.send?.('ready')
