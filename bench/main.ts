import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { migrate } from '../src/platform/database/migrate.ts'
import { readPostmasterPid } from '../src/platform/database/embedded/orphan.ts'
import { startEmbedded } from '../src/platform/database/embedded/start.ts'
import { loadKeys, makeKeys } from '../src/platform/keys.ts'
import { makeTempFolder, sweepTempFolders } from '../test/helpers/temp-folder.ts'
import { startChild } from './child.ts'
import { loadLedger } from './load-ledger.ts'
import { loadReferrals } from './load-referrals.ts'
import { loadSpaces } from './load-spaces.ts'
import { measureAll, type Stage } from './measuring.ts'
import { findReceivers, makeAcceptable, makeCallers } from './network.ts'
import { operations } from './operations.ts'
import { countPages, type PageCount, type Pages } from './pages.ts'
import { tableOf, type Report } from './report.ts'
import { readRequests, writeRequests } from './requests.ts'
import { resultOf } from './rounds.ts'
import { openSampler, takeSamples, type Samples } from './sampling.ts'
import { acceptable, connections, manySpaces, quick, usual, type Size } from './size.ts'
import { requireSameRows, writtenWith } from './written.ts'

/**
 * `npm run bench [-- --quick --large --json]`: Waggle's operations beside the limits measured in the same run. It says
 * how fast, and is no test: the exit code is 0 whatever the ratios. `--quick` takes a fifth of the data and two short
 * rounds, `--large` also counts the pages that a search reads among ten times as many spaces.
 */
const baseUrl = 'http://127.0.0.1'

const closing: (() => unknown)[] = []
const later = (fn: () => unknown) => closing.unshift(fn)
const close = async () => {
  for (const fn of closing.splice(0)) await fn()
}

const startedAt = performance.now()
const tell = (line: string) => {
  process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}\n`)
}

const openDatabaseOf = async (size: Size, now: number) => {
  await sweepTempFolders()
  const dataDir = join(await makeTempFolder({ teardown: later }), 'data')
  const embedded = await startEmbedded({ dataDir, holder: 'command', commandName: 'bench', log: tell })
  later(() => embedded.stop())
  await migrate(embedded.ownerUrl, now)
  const client = new pg.Client({ connectionString: embedded.ownerUrl })
  await client.connect()
  later(() => client.end())
  // Without the checks of foreign keys, which the rows keep by the way they are made.
  await client.query('set session_replication_role = replica')
  tell(`loading ${String(size.spaces)} spaces`)
  await loadSpaces(client, 1, size.spaces)
  tell(`loading ${String(size.referrals)} referrals, two cards each, and what follows from them`)
  await loadReferrals(client, size, now)
  await loadLedger(client, now)
  const postmaster = (await readPostmasterPid(join(dataDir, 'postgres'))) ?? 0
  return { client, ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl, postmaster }
}

const setStage = async (size: Size, now: number) => {
  const { client, postmaster, ...urls } = await openDatabaseOf(size, now)
  const keys = makeKeys()
  const sampler = await openSampler(urls, keys, { baseUrl, now })
  tell(`making ${String(acceptable(size))} referrals ready to be accepted, and clients`)
  const waiting = await makeAcceptable(client, loadKeys(keys), size)
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  const callers = await makeCallers(client, sampler)
  const receivers = await findReceivers(client)
  const half = waiting.length / 2
  tell('looking at what the product asks and writes')
  const samples = await takeSamples(client, sampler, { callers, receivers, waiting: waiting.slice(half) })
  await sampler.app.close()
  await sampler.deps.db.close()
  const sql = startChild('bare-pg.js')
  later(() => sql.end())
  await sql.ask('start', { url: urls.appUrl, plans: samples.plans })
  await checkWrites(client, sql, samples)
  const serve = async (file: string, value: unknown) => {
    const child = startChild(file)
    later(() => child.end())
    return { child, url: (await child.ask('start', value)) as string }
  }
  const stage: Stage = {
    product: await serve('product.js', { appUrl: urls.appUrl, keys, baseUrl }),
    http: await serve('bare-fastify.js', samples.bodies),
    sql,
    postmaster,
    requests: { ...readRequests(callers), ...writeRequests(callers, receivers, waiting.slice(0, half), now) },
    // Each connection may make two requests more than it is answered.
    accepts: Math.floor((half - 1) / (size.rounds + 1)) - 2 * connections,
  }
  return { client, stage, samples }
}

/** A bare write that has fallen behind the product would be too good a limit. */
const checkWrites = async (client: pg.Client, sql: Stage['sql'], samples: Samples) => {
  for (const name of ['create', 'accept'] as const) {
    const key = (await sql.ask('one', name)) as string
    requireSameRows(name, samples.writes[name].written, await writtenWith(client, key))
  }
}

const pagesOf = async (client: pg.Client, { searches }: Samples, size: Size): Promise<Pages> => {
  const few: PageCount = await countPages(client, searches, size.spaces)
  tell(`loading ${String(manySpaces)} spaces, for the pages that a search reads`)
  await loadSpaces(client, size.spaces + 1, manySpaces)
  await client.query('vacuum analyze spaces')
  const many = await countPages(client, searches, manySpaces)
  return { few, many, ratio: many.pages / few.pages }
}

const bench = async (size: Size, large: boolean): Promise<Report> => {
  const { client, stage, samples } = await setStage(size, Date.now())
  const rounds = await measureAll(stage, size, tell)
  return {
    spaces: size.spaces,
    referrals: size.referrals,
    rounds: size.rounds,
    operations: operations.map((operation) => resultOf(operation, rounds.get(operation.name) ?? [])),
    searchPages: large ? await pagesOf(client, samples, size) : null,
  }
}

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, large: { type: 'boolean' }, json: { type: 'boolean' } },
})

const life = { ending: false }
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    life.ending = true
    tell('stopping')
    void close().finally(() => process.exit(130))
  })
}

try {
  const report = await bench(options.quick ? quick : usual, options.large ?? false)
  process.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : tableOf(report)}\n`)
} catch (error) {
  // What breaks because we are leaving is no fault.
  if (!life.ending) console.error(error)
  process.exitCode = 1
} finally {
  await close()
}
