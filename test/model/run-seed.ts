/** One seed: random commands on the model and on the real thing, held against each other after each of them. */
import fc from 'fast-check'
import { command, world as worlds, type Command } from './commands.ts'
import type { House } from './house.ts'
import { settleIn } from './real.ts'
import { compareAll, Disagreement, runCommand, type Run } from './run.ts'
import type { World } from './state.ts'

/** Most commands of a run. */
const longest = 80

interface SeedReport {
  readonly seed: number
  /** Null when all held. */
  readonly failure: string | null
}

/** How long a failure is made smaller. */
const shrinkingMs = 60_000

/** Runs one seed; a failure is shrunk to the fewest commands that still show it. */
export const runSeed = async (house: House, seed: number): Promise<SeedReport> => {
  const until = performance.now() + shrinkingMs
  const stories = fc.array(command, { maxLength: longest, size: 'max' })
  const property = fc.asyncProperty(worlds, stories, async (world, commands) => {
    // What is not run any more counts as held, which ends the shrinking; fast-check's own limits leave a run behind.
    if (performance.now() < until) await runCommands(house, world, commands)
  })
  const result = await fc.check(property, { seed, numRuns: 1, unbiased: true })
  if (!result.failed) return { seed, failure: null }
  return { seed, failure: `seed ${seed}, shrunk ${result.numShrinks} times\n${textOf(result.errorInstance)}` }
}

const textOf = (error: unknown) =>
  error instanceof Disagreement ? error.message : error instanceof Error ? error.stack : String(error)

const runCommands = async (house: House, start: World, commands: readonly Command[]): Promise<void> => {
  house.logs.length = 0
  const real = await settleIn(house, start)
  const run: Run = { real, world: structuredClone(start), asked: [], story: [] }
  try {
    for (const one of commands) await runCommand(run, one)
    await compareAll(run)
  } catch (error) {
    throw new Disagreement([...storyOf(run), '', textOf(error), ...house.logs].join('\n'), { cause: error })
  }
}

const storyOf = ({ story, world }: Run) => [
  ...world.spaces.map(({ operator, probationUntil }, index) => {
    const probation =
      probationUntil === null ? '' : `, on probation until ${new Date(probationUntil).toISOString()}`
    return `s${index}: operator ${operator ?? 'of its own'}${probation}`
  }),
  ...story,
]
