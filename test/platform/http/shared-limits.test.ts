import t, { type Test } from 'tap'
import { minute, second } from '../../../src/platform/clock.ts'
import { purgeSharedLimits } from '../../../src/platform/http/shared-limits.ts'
import { makeKeys } from '../../../src/platform/keys.ts'
import { testApp, type TestApp } from '../../helpers/app.ts'
import { rowsOf } from '../../helpers/browser.ts'

const limits = { client: { burst: 100, perSecond: 25 }, address: { burst: 20, perSecond: 5 } }

const twoNodes = async (t: Test) => {
  const keys = makeKeys()
  const one = await testApp(t, { keys, limits })
  return [one, await testApp(t, { keys, limits, database: one })] as const
}

/** How many of so many requests from one address a node lets through. */
const letThrough = async ({ app }: TestApp, many: number, remoteAddress = '192.0.2.7') => {
  const answers = await Promise.all(
    Array.from({ length: many }, () => app.inject({ url: '/v1/me', remoteAddress })),
  )
  return answers.filter(({ statusCode }) => statusCode === 401).length
}

t.test('two nodes count one caller together: what one let through, the other has no longer', async (t) => {
  const [one, other] = await twoNodes(t)
  t.equal(await letThrough(one, 15), 15)
  await one.app.shareLimits()
  t.equal(await letThrough(other, 1), 1, 'not known here yet')
  await other.app.shareLimits()
  t.equal(await letThrough(other, 20), 4, '20 together')
  t.equal(await letThrough(other, 30, '192.0.2.8'), 20, 'another caller is not held up')
})

t.test('what nodes let through too much at once is paid by the refill, so that the rate holds', async (t) => {
  const nodes = await twoNodes(t)
  let passed = 0
  for (let at = 0; at <= 30; at += 1) {
    for (const node of nodes) passed += await letThrough(node, 30)
    for (const { app } of nodes) await app.shareLimits()
    for (const { deps } of nodes) deps.clock.advance(second)
  }
  const promised = 20 + 30 * 5
  t.ok(passed >= promised, `${String(passed)} of ${String(promised)}`)
  t.ok(passed <= promised + 20 + 5, `${String(passed)}: over by one burst and one second of one other node`)
})

t.test('without a database a node goes on counting for itself, and charges nothing later', async (t) => {
  const [one, other] = await twoNodes(t)
  t.equal(await letThrough(one, 30), 20)
  const connect = one.deps.db.pool.connect.bind(one.deps.db.pool)
  one.deps.db.pool.connect = () => Promise.reject(new Error('away')) as never
  await t.rejects(one.app.shareLimits())
  t.equal(await letThrough(one, 1), 0)
  one.deps.db.pool.connect = connect as never
  await one.app.shareLimits()
  await other.app.shareLimits()
  t.strictSame(await rowsOf(one, 'rate_limits'), [])
})

t.test('nobody who asks is named in the table, and rows of requests are gone after a minute', async (t) => {
  const [one] = await twoNodes(t)
  await letThrough(one, 3, '2001:db8:1:2::1')
  await letThrough(one, 3, '2001:db8:1:2:ffff::9')
  await one.app.shareLimits()
  const rows = await rowsOf(one, 'rate_limits')
  t.equal(rows.length, 1, 'an IPv6 network of 64 bits is one caller')
  t.notMatch(rows[0], /2001|0db8/)
  one.deps.clock.advance(minute + second)
  await purgeSharedLimits(one.deps)
  t.strictSame(await rowsOf(one, 'rate_limits'), [])
})
