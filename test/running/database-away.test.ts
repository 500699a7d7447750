import t, { type Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import { loadKeys, makeKeys } from '../../src/platform/keys.ts'
import { standardInstallation } from '../../src/platform/installation.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import { query } from '../db/query.ts'
import { baseUrl, testStart } from '../helpers/app.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'
import { until } from '../helpers/until.ts'
import { addNetwork, send, tokenOf } from './network.ts'
import { makeProxy } from './proxy.ts'
import { startServer, type Answer } from './server.ts'

const { ownerUrl, appUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
const network = await addNetwork(appUrl)
const proxy = await makeProxy(t, appUrl)
const server = await startServer(t, {
  DATABASE_URL: proxy.url,
  DATABASE_OWNER_URL: ownerUrl,
  WAGGLE_BASE_URL: baseUrl,
  WAGGLE_KEYS: JSON.stringify(makeKeys()),
  WAGGLE_DATA_DIR: await makeTempFolder(t),
})
const token = await tokenOf(server, network)

const isUnavailable = (t: Test, { status, headers, body }: Answer) => {
  t.equal(status, 503)
  t.match(body, { code: 'unavailable', status: 503 })
  t.match(headers.get('content-type'), 'application/problem+json')
  t.match(headers.get('retry-after'), /^[1-3]$/)
}

/** Every kind of request, each of which needs the database. */
const askAll = () =>
  Promise.all([
    send(server, network, token),
    server.ask('/v1/referrals?box=sent', { headers: { authorization: `Bearer ${token}` } }),
    server.ask('/v1/spaces?city=Lyon', { headers: { authorization: `Bearer ${token}` } }),
    server.ask('/readyz'),
  ])

const isBack = () => until(async () => (await server.ask('/readyz')).status === 200)

t.test(
  'without its database the server says 503 and when to come back, lives on, and recovers by itself',
  async (t) => {
    await proxy.cut()
    const deadline = AbortSignal.timeout(3_000)
    for (const answer of await askAll()) isUnavailable(t, answer)
    t.notOk(deadline.aborted, 'at once')
    t.equal((await server.ask('/livez')).status, 200)
    await proxy.mend()
    await isBack()
    t.equal((await send(server, network, token)).status, 201)
  },
)

t.test(
  'connections that the database ends are replaced, and what came between is refused as such',
  async (t) => {
    const stop = { now: false }
    const seen = new Set<number>()
    const asking = [1, 2].map(async () => {
      while (!stop.now) seen.add((await server.ask('/readyz')).status)
    })
    for (let round = 0; round < 5; round += 1) {
      await query(
        ownerUrl,
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'waggle_app' and datname = current_database()`,
      )
    }
    stop.now = true
    await Promise.all(asking)
    t.notOk(seen.has(500))
    await isBack()
    t.equal((await send(server, network, token)).status, 201)
  },
)

type Options = Parameters<typeof openDatabase>[0]

/** A node in this process, whose waits a test may shorten. */
const nodeOn = async (t: Test, options: Pick<Options, 'url'> & Partial<Options>) => {
  const db = openDatabase({ onError: () => undefined, ...options })
  const app = await buildApp({
    db,
    clock: systemClock,
    keys: loadKeys(makeKeys()),
    policy: standardPolicy,
    installation: standardInstallation,
    baseUrl,
  })
  await app.ready()
  t.teardown(async () => {
    await app.close()
    await db.close()
  })
  const ask = async (path: string) => {
    const { statusCode, headers, body } = await app.inject({ url: path })
    return { status: statusCode, retryAfter: headers['retry-after'], body }
  }
  return { db, ask }
}

const unavailable = { status: 503, retryAfter: /^[1-3]$/, body: /"code":"unavailable"/ }

t.test('when all connections are in use a request is refused after 2 s, not left to hang', async (t) => {
  const { db, ask } = await nodeOn(t, { url: appUrl, size: 2 })
  const taken = await Promise.all([db.pool.connect(), db.pool.connect()])
  const deadline = AbortSignal.timeout(4_000)
  const waiting = ask('/readyz')
  t.match(await ask('/livez'), { status: 200 })
  t.match(await waiting, unavailable)
  t.notOk(deadline.aborted)
  for (const client of taken) client.release()
  t.match(await ask('/readyz'), { status: 200 })
})

t.test(
  'a database that falls silent is given up a second after its statement should have ended',
  async (t) => {
    const silent = await makeProxy(t, appUrl)
    const { ask } = await nodeOn(t, { url: silent.url, statementTimeoutMs: 200 })
    t.match(await ask('/readyz'), { status: 200 })
    silent.stall()
    t.match(await ask('/readyz'), unavailable)
    t.match(await ask('/readyz'), { status: 200 }, 'on another connection')
  },
)

t.test('a request waits 8 s for a statement and 9 s for a silent database at most', async (t) => {
  const db = openDatabase({ url: appUrl, onError: () => undefined })
  t.teardown(() => db.close())
  t.equal(db.pool.options.query_timeout, 9_000)
  const { rows } = await db.pool.query('show statement_timeout')
  t.strictSame(rows, [{ statement_timeout: '8s' }])
})
