import t from 'tap'
import { day, minute, second, type Clock } from '../../src/platform/clock.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { makeKeys } from '../../src/platform/keys.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import { lookEvery, startSweeps, sweepReferrals } from '../../src/referrals/sweep.ts'
import { query } from '../db/query.ts'
import { testApp, testStart, type TestApp } from '../helpers/app.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import { addCaller, sendFrom } from '../helpers/network.ts'
import { until } from '../helpers/until.ts'
import { holdCard } from './card-holder.ts'

/** Sends `count` referrals, of which nobody takes notice. */
const sendMany = async (node: TestApp, count: number): Promise<string[]> => {
  const [sender, receiver] = [await addCaller(node), await addCaller(node)]
  const ids: string[] = []
  while (ids.length < count) {
    const some = Array.from({ length: Math.min(20, count - ids.length) }, () => sendFrom(sender, receiver))
    ids.push(...(await Promise.all(some)))
  }
  return ids
}

const countOf = async (node: TestApp, what: string): Promise<number> => {
  const { rows } = await node.deps.db.pool.query<{ n: number }>(`select count(*)::int as n from ${what}`)
  return rows[0]?.n ?? 0
}

const expiredCards = "referrals where status = 'expired' and role = 'sender'"

interface Line {
  readonly job?: string
  readonly [fact: string]: unknown
}

/** A log, and what was said to it. */
const notebook = () => {
  const [told, warned]: Line[][] = [[], []]
  const log = {
    info: (facts: object) => void told!.push(facts as Line),
    warn: (facts: object) => void warned!.push(facts as Line),
  }
  return { log, told: told!, warned: warned! }
}

t.test('two nodes that sweep at once bring each event about once', async (t) => {
  const database = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
  const keys = makeKeys()
  const nodes = [await testApp(t, { database, keys }), await testApp(t, { database, keys })] as const
  // Both have been at work: one that first had to connect would find that the other has done it all.
  await Promise.all(nodes.map((node) => sendMany(node, 150)))
  for (const { deps } of nodes) deps.clock.advance(7 * day)
  const swept = await Promise.all(nodes.map(({ deps }) => sweepReferrals(deps)))
  t.ok(
    swept.every(({ done }) => done > 0),
    'both had their share',
  )
  t.equal(
    swept.reduce((sum, { done }) => sum + done, 0),
    300,
  )
  t.equal(await countOf(nodes[0], expiredCards), 300)
  const { rows } = await nodes[0].deps.db.pool.query(
    `select event, count(*)::int as rows, count(distinct (space_id, referral_id))::int as cards from referral_events
      where event <> 'submit' group by event`,
  )
  t.strictSame(
    rows,
    [{ event: 'expire', rows: 600, cards: 600 }],
    'one event on each side, and no late reminder',
  )
  t.equal(await countOf(nodes[0], "outbox where topic = 'mail.expired'"), 300)
  t.equal(
    await countOf(nodes[0], "(select distinct subject_id from outbox where topic = 'mail.expired') s"),
    300,
  )
  t.strictSame(await brokenInvariants(nodes[0].deps), [])
})

t.test('what a worker held when it was killed is done by the sweep that waits for it', async (t) => {
  const node = await testApp(t)
  const [id] = await sendMany(node, 1)
  const holder = await holdCard(t, node.appUrl, toUuid(id!))
  node.deps.clock.advance(7 * day)
  const sweeping = sweepReferrals(node.deps)
  const waiting = `pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  await until(async () => (await countOf(node, waiting)) > 0)
  t.equal(await countOf(node, expiredCards), 0, 'as long as the worker lives')
  holder.kill()
  t.strictSame(await sweeping, { done: 1, failed: 0 })
  t.equal(await countOf(node, expiredCards), 1)
  t.strictSame(await brokenInvariants(node.deps), [])
})

t.test('a worker that fell silent loses its cards within a minute: 5 s, and one look later', async (t) => {
  const node = await testApp(t)
  const { rows } = await node.deps.db.pool.query('show idle_in_transaction_session_timeout')
  t.strictSame(rows, [{ idle_in_transaction_session_timeout: '5s' }])
  const { rows: longest } = await node.deps.db.pool.query('show statement_timeout')
  t.strictSame(longest, [{ statement_timeout: '8s' }])
  t.ok((5 + 8) * second + lookEvery < minute)
})

t.test('a card that cannot be worked on stops no other, and is told of by id and code alone', async (t) => {
  const node = await testApp(t)
  const ids = await sendMany(node, 12)
  const [unreadable, unknown] = ids as [string, string]
  await query(node.ownerUrl, `update referral_texts set sealed = '\\x00' where referral_id = $1`, [
    toUuid(unreadable),
  ])
  await query(node.ownerUrl, `update referrals set next_due = 'dance' where id = $1`, [toUuid(unknown)])
  node.deps.clock.advance(7 * day)
  const { log, warned } = notebook()
  t.strictSame(await sweepReferrals(node.deps, { log }), { done: 10, failed: 2 })
  t.equal(await countOf(node, expiredCards), 10)
  const codes = new Map(warned.map(({ referralId, code }) => [referralId, code]))
  t.strictSame(
    codes,
    new Map([
      [unreadable, 'unknown_sealing_key'],
      [unknown, 'unknown'],
    ]),
  )
  for (const line of warned) t.strictSame(Object.keys(line).sort(), ['code', 'event', 'job', 'referralId'])
  t.notMatch(JSON.stringify(warned), /ada|lovelace|example\.org|illustrator/i)
})

t.test(
  'the first look comes with the start; a stop ends it between two cards, and the next start goes on',
  async (t) => {
    const node = await testApp(t)
    await sendMany(node, 60)
    node.deps.clock.advance(7 * day)
    const { log, warned } = notebook()
    const first = startSweeps(node.deps, log)
    await until(async () => (await countOf(node, expiredCards)) > 0, lookEvery / 2)
    const began = performance.now()
    await first.stop()
    t.ok(performance.now() - began < second)
    const left = 60 - (await countOf(node, expiredCards))
    t.ok(left > 0, 'there was more to do')
    t.strictSame(await brokenInvariants(node.deps), [], 'nothing is half done')
    await new Promise(setImmediate)
    t.equal(60 - (await countOf(node, expiredCards)), left, 'nothing is done after the stop')

    const second_ = startSweeps(node.deps, log)
    await until(async () => (await countOf(node, expiredCards)) === 60, lookEvery / 2)
    await second_.stop()
    t.strictSame(warned, [])
  },
)

t.test('a first look that fails does not end the looking', async (t) => {
  const node = await testApp(t)
  const { log, warned } = notebook()
  t.intercept(node.deps.db.pool, 'connect', {
    value: () => Promise.reject(Object.assign(new Error('ada@example.org'), { code: 'ECONNREFUSED' })),
  })
  const sweeps = startSweeps(node.deps, log)
  await until(() => warned.length > 0)
  t.strictSame(warned, [{ job: 'sweep', code: 'unavailable' }])
  await sweeps.stop()
})

/** A clock by which everything takes its time. */
const slowClock = (start: number): Clock => {
  let now = start
  return { now: () => (now += 100) }
}

t.test('a long sweep says how much is done, how much is left and how fast it goes', async (t) => {
  const node = await testApp(t)
  await sendMany(node, 40)
  const { log, told } = notebook()
  await sweepReferrals({ ...node.deps, clock: slowClock(testStart + 7 * day) }, { log })
  t.match(told, [
    { job: 'sweep', done: 40, failed: 0, remaining: 0, perSecond: Number },
    { job: 'sweep', done: 40, failed: 0 },
  ])
  t.ok((told[0]?.['perSecond'] as number) > 0)
})

t.test('the periods are those of the policy', async (t) => {
  const node = await testApp(t, { policy: { ...standardPolicy, response: 2 * day } })
  await sendMany(node, 1)
  node.deps.clock.advance(2 * day - 1)
  await sweepReferrals(node.deps)
  t.equal(await countOf(node, expiredCards), 0)
  node.deps.clock.advance(1)
  await sweepReferrals(node.deps)
  t.equal(await countOf(node, expiredCards), 1)
})
