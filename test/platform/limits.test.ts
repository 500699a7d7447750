import t from 'tap'
import { day, minute } from '../../src/platform/clock.ts'
import type { Problem } from '../../src/platform/errors.ts'
import { purgeLimits } from '../../src/platform/jobs/purge-limits.ts'
import { makeKeys } from '../../src/platform/keys.ts'
import { requireLeft, takeStrictly } from '../../src/platform/limits.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { query } from '../db/query.ts'

const limit = { burst: 10, perSecond: 10 / (15 * 60) }
const address = '2001:db8::/64'

const outcome = (test: TestApp, key = address) =>
  takeStrictly(test.deps, 'checks', key, limit).then(
    () => 'taken' as const,
    (problem: unknown) => problem as Problem,
  )

t.test('a strict limit lets exactly its burst through, however many nodes are asked at once', async (t) => {
  const keys = makeKeys()
  const one = await testApp(t, { keys })
  const other = await testApp(t, { keys, database: one })
  const tries = await Promise.all(Array.from({ length: 60 }, (_, index) => outcome(index % 2 ? one : other)))
  t.equal(tries.filter((each) => each === 'taken').length, 10)
  const refused = (await outcome(one)) as Problem
  t.match(refused, { code: 'too_many_requests', status: 429, extras: { headers: { 'retry-after': '90' } } })
  t.equal(await outcome(one, 'another key'), 'taken')

  for (const { deps } of [one, other]) deps.clock.advance(90_000)
  t.equal(await outcome(other), 'taken', 'after Retry-After there is one more')
  t.match(await outcome(one), { code: 'too_many_requests' })
  for (const { deps } of [one, other]) deps.clock.advance(15 * minute)
  const later = []
  for (let index = 0; index < 11; index += 1) later.push(await outcome(one))
  t.equal(later.filter((each) => each === 'taken').length, 10, 'never more than the burst')
})

t.test(
  'a limit of failures alone: whoever came out well is refused when it is used up, and counts nothing',
  async (t) => {
    const test = await testApp(t)
    const left = () => requireLeft(test.deps, 'checks', address, limit)
    for (let index = 0; index < 9; index += 1) await outcome(test)
    for (let index = 0; index < 30; index += 1) await left()
    t.equal(await outcome(test), 'taken', 'the tenth is still there')
    await t.rejects(left(), { code: 'too_many_requests', extras: { headers: { 'retry-after': '90' } } })
    test.deps.clock.advance(90_000)
    await left()
  },
)

t.test(
  'who has a whole IPv6 network has the tries of one address, and IPv4 is the same in IPv6',
  async (t) => {
    const test = await testApp(t)
    const tries = await Promise.all(
      Array.from({ length: 15 }, (_, index) => outcome(test, `2001:db8:1:2::${String(index)}`)),
    )
    t.equal(tries.filter((each) => each === 'taken').length, 10)
    t.equal(await outcome(test, '2001:db8:1:3::1'), 'taken', 'the network beside it has its own')
    for (let index = 0; index < 10; index += 1) await outcome(test, '::ffff:192.0.2.7')
    t.match(await outcome(test, '192.0.2.7'), { code: 'too_many_requests' })
  },
)

t.test('limits are stored under keyed hashes, and forgotten after a day', async (t) => {
  const test = await testApp(t)
  await outcome(test)
  const rows = await query<{ key: string }>(test.ownerUrl, 'select * from rate_limits')
  t.match(rows, [{ key: /^checks:[\w-]{43}$/ }])
  t.notMatch(JSON.stringify(rows), /2001/)
  await purgeLimits(test.deps)
  t.equal((await query(test.ownerUrl, 'select from rate_limits')).length, 1)
  test.deps.clock.advance(day + 1)
  await purgeLimits(test.deps)
  t.equal((await query(test.ownerUrl, 'select from rate_limits')).length, 0)
})
