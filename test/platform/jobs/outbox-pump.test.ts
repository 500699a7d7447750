import t, { type Test } from 'tap'
import { hour, instant, minute, second } from '../../../src/platform/clock.ts'
import type { Deps } from '../../../src/platform/context.ts'
import { mutate } from '../../../src/platform/database/door.ts'
import { networkSpaceId, newId, type Id } from '../../../src/platform/ids.ts'
import { purgeIdempotencyKeys } from '../../../src/platform/jobs/purge-idempotency-keys.ts'
import type { JobLog } from '../../../src/platform/jobs/every.ts'
import { startPump, type Handler } from '../../../src/platform/jobs/outbox-pump.ts'
import { testApp } from '../../helpers/app.ts'

const quiet: JobLog = { warn: () => undefined }

/** Promises `count` deliveries for each of some spaces. */
const promise = (deps: Deps, count: number, spaceIds: readonly Id<'space'>[] = [networkSpaceId]) =>
  mutate(
    { ...deps, actor: { kind: 'steward', id: 'test' }, requestId: 'test' },
    'network:admin',
    async () => ({
      result: undefined,
      events: spaceIds.flatMap((spaceId) =>
        Array.from({ length: count }, (_, index) => ({
          spaceId,
          topic: 'mail.test',
          subjectId: String(index),
          deliver: true,
        })),
      ),
      audit: { action: 'test', objectId: 'test' },
    }),
  )

const pumpOf = (t: Test, deps: Deps, handler: Handler, log = quiet) => {
  const pump = startPump(deps, { 'mail.test': handler }, log)
  t.teardown(() => pump.stop())
  return pump
}

const outboxOf = async ({ db }: Deps) => {
  const { rows } = await db.pool.query<{ due_at: Date | null; attempts: number; last_fault: string | null }>(
    'select due_at, attempts, last_fault from outbox',
  )
  return rows.map(({ due_at, ...row }) => ({ ...row, due_at: due_at?.toISOString() ?? null }))
}

t.test('two pumps at once carry each row once', async (t) => {
  const { deps } = await testApp(t)
  const spaceIds = Array.from({ length: 6 }, () => newId('space', deps.clock.now()))
  await promise(deps, 20, spaceIds)
  const carried: string[] = []
  const handler: Handler = async ({ id }) => {
    carried.push(id)
    await new Promise(setImmediate)
    return 'done'
  }
  const counts = await Promise.all([1, 2].map(() => pumpOf(t, deps, handler).drain()))
  t.equal(carried.length, 120)
  t.equal(new Set(carried).size, 120)
  t.ok(Math.min(...counts) > 0, 'both had their share')
  t.strictSame(
    (await outboxOf(deps)).filter(({ due_at }) => due_at !== null),
    [],
  )
})

t.test('a failure is tried again, less and less often, and given up in the end', async (t) => {
  const { deps } = await testApp(t)
  await promise(deps, 1)
  const lines: object[] = []
  const fail: Handler = () =>
    Promise.reject(Object.assign(new Error('no such user <ada@example.org>'), { code: 'EENVELOPE' }))
  const pump = pumpOf(t, deps, fail, { warn: (facts: object) => void lines.push(facts) })
  const waits: number[] = []
  for (;;) {
    await pump.drain()
    const [row] = await outboxOf(deps)
    if (row?.due_at === null) break
    waits.push(Date.parse(row?.due_at ?? '') - deps.clock.now())
    deps.clock.advance(waits.at(-1) ?? 0)
  }
  t.strictSame(waits, [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour])
  t.strictSame(await outboxOf(deps), [{ due_at: null, attempts: 8, last_fault: 'EENVELOPE' }])
  t.equal(lines.length, 8)
  t.notMatch(JSON.stringify(lines), '@')
})

t.test('what was put off is not a failure', async (t) => {
  const { deps } = await testApp(t)
  await promise(deps, 1)
  const later = deps.clock.now() + hour
  t.equal(await pumpOf(t, deps, () => Promise.resolve({ notBefore: later })).drain(), 0)
  t.strictSame(await outboxOf(deps), [{ due_at: instant(later), attempts: 0, last_fault: null }])
})

t.test('the row of a worker that died comes due again after a minute', async (t) => {
  const { deps } = await testApp(t)
  await promise(deps, 1)
  let letGo: (() => void) | undefined
  const stuck = startPump(
    deps,
    { 'mail.test': () => new Promise((done) => (letGo = () => done('done'))) },
    quiet,
  )
  const hanging = stuck.drain()
  while (!letGo) await new Promise(setImmediate)
  const carried: string[] = []
  const other = pumpOf(t, deps, ({ id }) => Promise.resolve(carried.push(id)).then(() => 'done' as const))
  await other.drain()
  t.strictSame(carried, [], 'in hand')
  deps.clock.advance(minute)
  t.equal(await other.drain(), 1)
  t.equal(carried.length, 1)
  letGo()
  await hanging
  await stuck.stop()
  t.match(await outboxOf(deps), [{ due_at: null, attempts: 2 }])
})

t.test('rows of topics that nobody carries here are left alone', async (t) => {
  const { deps } = await testApp(t)
  await promise(deps, 1)
  const other = startPump(deps, { 'webhook.test': () => Promise.resolve('done') }, quiet)
  t.teardown(() => other.stop())
  t.equal(await other.drain(), 0)
  t.match(await outboxOf(deps), [{ attempts: 0, due_at: instant(deps.clock.now()) }])
})

t.test('answers kept for replay are dropped after a day', async (t) => {
  const { deps } = await testApp(t)
  const keep = (key: string) =>
    deps.db.pool.query(
      `insert into idempotency_keys (space_id, caller_id, key, fingerprint, at) values ($1, 'x', $2, 'x', $3)`,
      ['00000000-0000-0000-0000-000000000000', key, instant(deps.clock.now())],
    )
  await keep('old')
  deps.clock.advance(23 * hour)
  await keep('young')
  deps.clock.advance(2 * hour)
  await purgeIdempotencyKeys(deps)
  const { rows } = await deps.db.pool.query('select key from idempotency_keys')
  t.strictSame(rows, [{ key: 'young' }])
})
