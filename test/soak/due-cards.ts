import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs, promisify } from 'node:util'
import pg from 'pg'
import { hour, instant, minute, second, systemClock } from '../../src/platform/clock.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import { loadKeys, makeKeys } from '../../src/platform/keys.ts'
import { standardInstallation } from '../../src/platform/installation.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { openCluster } from '../helpers/cluster.ts'
import { cloneTemplate, migratedName } from '../helpers/template.ts'
import { makeTempFolder, sweepTempFolders } from '../helpers/temp-folder.ts'
import { startServer, type LogLine, type Server } from '../running/server.ts'
import { fillWithDue } from './fill.ts'

/**
 * `npm run test:soak [-- --cards N --nodes N --same]`: servers on one database in which N referrals (100,000) are
 * overdue at once, as after a long outage; with `--same` all since the same millisecond. One server is stopped in the
 * midst of it and started again. In the end each referral must have expired once, with one mail; memory, speed and what
 * the log told are printed.
 */
const closing: (() => unknown)[] = []
const t = { teardown: (fn: () => unknown) => closing.unshift(fn) }
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const seconds = (ms: number): string => `${(ms / second).toFixed(1)} s`

/** Resident memory of a process in MB. */
const memoryOf = async ({ child }: Server): Promise<number> => {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(child.pid)])
  return Number(stdout) / 1_024
}

interface Watched {
  /** The most that one server had beyond what it had first, in MB. */
  readonly growth: number
  readonly peak: number
  /** The slowest answer of a server that is busy with its clocks. */
  readonly slowest: number
}

/** Looks at the servers, and asks them, until nothing is due. */
const watch = async (servers: readonly Server[], left: () => Promise<number>): Promise<Watched> => {
  const first = await Promise.all(servers.map(memoryOf))
  let [growth, peak, slowest] = [0, 0, 0]
  while ((await left()) > 0) {
    for (const [index, server] of servers.entries()) {
      const asked = performance.now()
      const { status } = await server.ask('/readyz')
      if (status !== 200) throw new Error(`/readyz answers ${String(status)}`)
      slowest = Math.max(slowest, performance.now() - asked)
      const now = await memoryOf(server)
      growth = Math.max(growth, now - (first[index] ?? 0))
      peak = Math.max(peak, now)
    }
    await delay(500)
  }
  return { growth, peak, slowest }
}

/** Ends a server as Ctrl-C does. @returns how long it took, in milliseconds */
const stop = async (server: Server): Promise<number> => {
  const asked = performance.now()
  server.child.kill('SIGINT')
  const { code } = await server.ended
  if (code !== 0) throw new Error(`The server ended with ${String(code)}`)
  return performance.now() - asked
}

const tellLog = (name: string, lines: readonly LogLine[]) => {
  const told = lines.filter(({ job, level }) => job === 'sweep' && level === 30)
  const times = told.map(({ time }) => Number(time))
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  say(
    `${name}: ${String(told.length)} lines of progress, ${seconds(Math.max(0, ...gaps))} apart at most, such as`,
  )
  for (const line of [told[1] ?? told[0], told.at(-1)]) if (line) say(`  ${JSON.stringify(line)}`)
  const faults = lines.filter(({ level }) => level >= 40)
  for (const line of faults.slice(0, 5)) say(`  ${JSON.stringify(line)}`)
  // Want of a connection passes: the same sweep takes the card up again.
  return faults.filter(({ code }) => code !== 'unavailable').length
}

/** What is wrong at the end: every referral expired once, on both sides, with one mail, and the ledger is whole. */
const wrongs = `
  select 'referrals that have not expired' as what, count(*)::int as n from referrals where status <> 'expired' or next_due_at is not null
  union all select 'referrals without one event on each side', count(*)::int from (
    select from referrals r left join referral_events e on e.space_id = r.space_id and e.referral_id = r.id and e.event = 'expire'
    group by r.space_id, r.id having count(e.id) <> 1) s
  union all select 'events beside these', count(*)::int from referral_events where event <> 'expire'
  union all select 'mails too many or too few', abs(count(*) - (select count(*) from referrals where role = 'sender'))::int
    + (count(*) - count(distinct subject_id))::int from outbox where topic = 'mail.expired'`

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      cards: { type: 'string', default: '100000' },
      nodes: { type: 'string', default: '1' },
      same: { type: 'boolean', default: false },
    },
  })
  const [cards, nodes] = [Number(values.cards), Number(values.nodes)]
  await sweepTempFolders()
  const cluster = await openCluster(t)
  const database = await cloneTemplate(cluster, await migratedName(), (url) =>
    migrate(url, systemClock.now()),
  )
  t.teardown(() => database.drop())
  await migrate(database.ownerUrl, systemClock.now())
  const keys = makeKeys()
  const db = openDatabase({ url: database.appUrl, size: 2, statementTimeoutMs: 0, onError: () => undefined })
  t.teardown(() => db.close())
  const deps = {
    db,
    clock: systemClock,
    keys: loadKeys(keys),
    policy: standardPolicy,
    installation: standardInstallation,
    baseUrl: 'https://waggle.test',
  }
  const began = performance.now()
  const outage = systemClock.now() - hour
  await fillWithDue(deps, database.ownerUrl, cards, (n) =>
    instant(values.same ? outage : outage - (n % (24 * 60)) * minute - n),
  )
  say(`${String(cards)} referrals are overdue, made in ${seconds(performance.now() - began)}`)

  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  t.teardown(() => client.end())
  const left = async () => {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from referrals where role = 'sender' and next_due_at is not null`,
    )
    return rows[0]?.n ?? 0
  }
  const env = {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    WAGGLE_BASE_URL: deps.baseUrl,
    WAGGLE_KEYS: JSON.stringify(keys),
  }
  const start = async () => startServer(t, { ...env, TMPDIR: await makeTempFolder(t) })

  const first = await start()
  while ((await left()) > cards * 0.98) await delay(50)
  const stopped = await stop(first)
  const afterStop = await left()
  say(`Stopped in the midst: ended after ${seconds(stopped)}, ${String(afterStop)} left`)

  const since = performance.now()
  const servers = await Promise.all(Array.from({ length: nodes }, start))
  const { growth, peak, slowest } = await watch(servers, left)
  const took = performance.now() - since
  say(
    `${String(nodes)} node(s): ${String(afterStop)} in ${seconds(took)}, ${(afterStop / (took / second)).toFixed(0)} a second; ` +
      `memory ${peak.toFixed(0)} MB at most, grown by ${growth.toFixed(0)} MB; slowest /readyz ${slowest.toFixed(0)} ms`,
  )
  let faults = 0
  for (const [index, server] of servers.entries()) {
    await stop(server)
    faults += tellLog(`node ${String(index + 1)}`, server.logs())
  }
  const { rows } = await client.query<{ what: string; n: number }>(wrongs)
  const found = rows.filter(({ n }) => n > 0).map(({ what, n }) => `${String(n)} ${what}`)
  const { differences } = await verifyLedger(deps)
  found.push(...differences.slice(0, 5).map(({ check, where }) => `${check}: ${where}`))
  if (faults > 0) found.push(`${String(faults)} warnings in the log`)
  say(
    found.length > 0
      ? `BROKEN\n${found.join('\n')}`
      : 'Each expired once, with one mail; the ledger is whole.',
  )
  if (found.length > 0) process.exitCode = 1
}

try {
  await main()
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  for (const end of closing) await end()
}
