/**
 * `npm run test:soak -- [--seeds N] [--from S] [--races N] [--workers N]`: many more seeds of the model-based test than
 * `npm test` runs, and many more races. Exit code 1 when anything broke.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { appUrlName, openCluster, ownerUrlName } from '../helpers/cluster.ts'
import { sweepTempFolders } from '../helpers/temp-folder.ts'
import { races } from './races.ts'
import type { Report, Task } from './soak-worker.ts'

const mostBroken = 10
const secondsBetweenLines = 10

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    races: { type: 'string', default: '1000' },
    workers: { type: 'string', default: '2' },
  },
})

const whole = (name: 'seeds' | 'from' | 'races' | 'workers'): number => {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 0) return number
  throw new Error(`--${name} takes a whole number, not ${values[name]}.`)
}

const say = (line: string) => process.stdout.write(`${line}\n`)
const counted = (number: number) => number.toLocaleString('en')

interface Soak {
  readonly seeds: number
  readonly tasks: Iterator<Task>
  readonly startedAt: number
  saidAt: number
  done: number
  broken: number
  isStopping: boolean
}

function* tasksOf(seeds: number, from: number, pairs: number): Generator<Task> {
  if (pairs > 0) for (const race of races.keys()) yield { race, pairs }
  for (let seed = from; seed < from + seeds; seed += 1) yield { seed }
}

const newSoak = (): Soak => {
  const now = performance.now()
  const seeds = whole('seeds')
  const tasks = tasksOf(seeds, whole('from'), whole('races'))
  return { seeds, tasks, startedAt: now, saidAt: now, done: 0, broken: 0, isStopping: false }
}

/** Hands the worker its next task; sends it home when there is none. */
const handOn = (soak: Soak, worker: ChildProcess): void => {
  const next = soak.isStopping || soak.broken >= mostBroken ? null : soak.tasks.next()
  if (next && !next.done) worker.send(next.value)
  else worker.disconnect()
}

const take = (soak: Soak, { task, result, failure }: Report): void => {
  if ('seed' in task) soak.done += 1
  if (result !== null) say(result)
  if (failure !== null) {
    soak.broken += 1
    say(`\n${failure}`)
    if ('seed' in task) say(`Run it again: npm run test:soak -- --seeds 1 --from ${task.seed} --races 0\n`)
  }
  const now = performance.now()
  if (now - soak.saidAt < secondsBetweenLines * 1_000) return
  soak.saidAt = now
  say(progressOf(soak, now))
}

const progressOf = ({ seeds, done, broken, startedAt }: Soak, now: number): string => {
  const left = done === 0 ? 0 : ((now - startedAt) / done) * (seeds - done)
  const time = left < 90_000 ? `${Math.ceil(left / 1_000)} s` : `${Math.round(left / 60_000)} min`
  return `${counted(done)} / ${counted(seeds)} seeds, ${broken} broken, ${time} left`
}

const runWorker = (soak: Soak, env: NodeJS.ProcessEnv): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = fork(join(import.meta.dirname, 'soak-worker.js'), { env })
    worker.on('message', (message: Report | 'ready') => {
      if (message !== 'ready') take(soak, message)
      handOn(soak, worker)
    })
    worker.once('error', reject)
    worker.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`A worker ended with ${String(code)}.`)),
    )
  })

const closing: (() => unknown)[] = []
try {
  const soak = newSoak()
  process.on('SIGINT', () => {
    soak.isStopping = true
    say('Stopping after the seeds in hand.')
  })
  await sweepTempFolders()
  const cluster = await openCluster({ teardown: (fn) => closing.unshift(fn) })
  const env = { ...process.env, [ownerUrlName]: cluster.ownerUrl, [appUrlName]: cluster.appUrl }
  await Promise.all(Array.from({ length: whole('workers') }, () => runWorker(soak, env)))
  const took = Math.round((performance.now() - soak.startedAt) / 1_000)
  say(`${counted(soak.done)} of ${counted(soak.seeds)} seeds in ${took} s, ${soak.broken} broken.`)
  if (soak.broken > 0) process.exitCode = 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  for (const close of closing) await close()
}
