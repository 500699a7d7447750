import { randomInt } from 'node:crypto'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { freePort } from '../../src/cli/free-port.ts'
import type { LogLine } from '../running/server.ts'
import { brokenInvariants, historySizes, type HistorySizes } from '../helpers/invariants.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'
import { until } from '../helpers/until.ts'
import { neverDone, openBooks, type Books } from './books.ts'
import { chanceOf, type Chance } from './chance.ts'
import { makeClient, type Client, type Round } from './client.ts'
import { wrongEffects } from './effects.ts'
import { killAndStart, start, type House, type Up, type Victim } from './kills.ts'
import { makeCallers, readServed, withDeps } from './network.ts'
import { findPostmaster } from './postgres.ts'
import { printSummary, type Recovery } from './summary.ts'

/**
 * `npm run test:crash [-- --seed N --kills N]`: a server on its embedded database, 16 clients that never rest, and
 * kill -9 at random moments, N times for Waggle and N times for PostgreSQL. After each the server must be ready within
 * 5 s, what was acknowledged must be there, what was not must be there once at most, and the invariants must hold.
 */
const size = { spaces: 8, clients: 16 }
const limitMs = 5_000

const closing: (() => unknown)[] = []
const stopping = { now: false }
/** What is begun while we stop is ended at once. */
const t = { teardown: (fn: () => unknown) => (stopping.now ? fn() : closing.unshift(fn)) }
const close = async (): Promise<void> => {
  for (const end of closing.splice(0)) await end()
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

interface Run {
  readonly house: House
  readonly clients: readonly Client[]
  readonly books: Books
  readonly chance: Chance
}

const makeHouse = async (): Promise<House> => {
  const dataDir = join(await makeTempFolder(t), 'data')
  const port = await freePort('127.0.0.1', 0)
  // Registered before any server, so that it comes after their ends.
  t.teardown(() => until(async () => (await findPostmaster(dataDir)) === undefined))
  const env = { PORT: String(port), WAGGLE_DATA_DIR: dataDir }
  return { t, url: `http://127.0.0.1:${String(port)}`, dataDir, env }
}

const makeClients = async ({ url, dataDir }: House, seed: number, books: Books): Promise<Client[]> => {
  const callers = await makeCallers(dataDir, url, size)
  const served = await readServed(url)
  return callers.map((home, index) => {
    // One caller for each other space, of the same half as this one: all of them have as much to do.
    const isFirstHalf = index < size.spaces
    const half = isFirstHalf ? callers.slice(0, size.spaces) : callers.slice(size.spaces)
    const peers = half.filter((peer) => peer !== home)
    return makeClient({ name: `client${String(index)}`, seed, url, served, home, peers, books })
  })
}

/** What must hold now that every request is answered. */
const check = ({ house, books }: Run, before: HistorySizes | undefined): Promise<HistorySizes> =>
  withDeps(house.dataDir, house.url, async (deps) => {
    const sizes = await historySizes(deps)
    for (const [table, count] of Object.entries(before ?? {})) {
      if (sizes[table as keyof HistorySizes] < count) books.broken.push(`${table} has lost rows`)
    }
    books.broken.push(...(await wrongEffects(deps, books)), ...(await brokenInvariants(deps)))
    return sizes
  })

/** Load, a kill in the midst of it, a start, and everything asked again that was not answered. */
const oneRound = async (run: Run, up: Up, victim: Victim): Promise<{ up: Up; how: string }> => {
  const { house, clients, books, chance } = run
  const round: Round = { over: false, killed: false }
  const work = Promise.all(clients.map((client) => client.work(round)))
  const afterMs = 300 + chance() * 2_700
  await delay(afterMs)
  round.killed = true
  const killed = await killAndStart(house, up, victim, chance)
  round.over = true
  await work
  books.broken.push(...killed.wrong)
  await Promise.all(clients.map((client) => client.settle()))
  const how = `${victim}, after ${seconds(afterMs)}${killed.inBetween > 0 ? ' and once more while it started' : ''}`
  return { up: killed.up, how }
}

const victimOf = (kill: number, kills: number): Victim => {
  if (kill <= kills) return 'Waggle'
  return (kill - kills) % 2 === 1 ? 'PostgreSQL' : 'one process of PostgreSQL'
}

const killAgainAndAgain = async (
  run: Run,
  kills: number,
  first: Up,
): Promise<{ up: Up; recoveries: Recovery[] }> => {
  const { books } = run
  const recoveries: Recovery[] = []
  let [up, sizes]: [Up, HistorySizes | undefined] = [first, undefined]
  for (let kill = 1; kill <= 2 * kills && books.broken.length === 0; kill += 1) {
    const victim = victimOf(kill, kills)
    const [retried, hadHappened] = [books.counts.retried, books.counts.hadHappened]
    const round = await oneRound(run, up, victim)
    books.broken.push(...new Set([...innerFaults(up), ...innerFaults(round.up)]))
    up = round.up
    recoveries.push({ victim, ms: up.readyMs, load: loadavg()[0] ?? 0 })
    sizes = await check(run, sizes)
    say(
      `kill ${String(kill)}/${String(2 * kills)} (${round.how}): ready again in ${seconds(up.readyMs)}, ` +
        `${books.counts.acknowledged.toLocaleString('en')} writes acknowledged, ${String(books.counts.retried - retried)} asked again, ` +
        `of which ${String(books.counts.hadHappened - hadHappened)} had happened`,
    )
  }
  return { up, recoveries }
}

/** Being late loses nothing, so that the run goes on; it fails in the end. */
const lateOnes = (recoveries: readonly Recovery[]): string[] =>
  recoveries
    .filter(({ ms }) => ms > limitMs)
    .map(
      ({ victim, ms, load }) =>
        `${victim} killed: ready after ${seconds(ms)}, at a load of ${load.toFixed(1)}`,
    )

/** Why a server answered 500, which its clients are not told. */
const innerFaults = ({ program }: Up): string[] =>
  program.stdout.filter((line) => (JSON.parse(line) as LogLine).msg === 'internal_error')

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, kills: { type: 'string', default: '20' } },
  })
  const [seed, kills] = [Number(values.seed ?? randomInt(1_000_000)), Number(values.kills)]
  if (!Number.isInteger(seed) || !Number.isInteger(kills))
    throw new Error('--seed and --kills take whole numbers.')
  say(
    `Seed ${String(seed)}: ${String(kills)} kills of Waggle, ${String(kills)} of PostgreSQL, ${String(size.clients)} clients`,
  )
  const began = performance.now()
  const house = await makeHouse()
  const books = openBooks()
  const first = await start(house)
  const clients = await makeClients(house, seed, books)
  const run = { house, clients, books, chance: chanceOf(`${String(seed)} kills`) }
  const { up, recoveries } = await killAgainAndAgain(run, kills, first)
  up.program.child.kill('SIGINT')
  const { code } = await up.program.ended
  books.broken.push(...lateOnes(recoveries), ...neverDone(books))
  if (code !== 0) books.broken.push(`The last server ended with ${String(code)} instead of in good order`)
  printSummary(say, { books, recoveries, tookMs: performance.now() - began })
  if (books.broken.length > 0) process.exitCode = 1
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    stopping.now = true
    void close().finally(() => process.exit(130))
  })
}

try {
  await main()
} catch (error) {
  // Whose server is taken away fails, and that is no news.
  if (!stopping.now) console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await close()
}
