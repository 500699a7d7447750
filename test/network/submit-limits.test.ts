import { randomUUID } from 'node:crypto'
import t from 'tap'
import { hour, minute } from '../../src/platform/clock.ts'
import { testApp, type TestApp } from '../helpers/app.ts'

const submit = ({ app }: TestApp, remoteAddress: string, email: string, key = randomUUID()) =>
  app.inject({
    method: 'POST',
    url: '/v1/applications',
    remoteAddress,
    headers: { 'idempotency-key': key },
    payload: {
      contact: { name: 'Léa Martin', email },
      space: { name: 'Nave', city: 'Lyon', countryCode: 'FR' },
    },
  })

const someone = () => `${randomUUID()}@nave.example`

t.test('one network address applies five times an hour, and is told when it may again', async (t) => {
  const test = await testApp(t)
  const statuses = []
  for (let times = 0; times < 6; times += 1)
    statuses.push((await submit(test, '192.0.2.1', someone())).statusCode)
  t.strictSame(statuses, [201, 201, 201, 201, 201, 429])
  const refused = await submit(test, '192.0.2.1', someone())
  t.match(refused.json(), { code: 'too_many_requests' })
  t.equal(refused.headers['retry-after'], String((12 * minute) / 1000))
  t.equal((await submit(test, '192.0.2.2', someone())).statusCode, 201, 'others apply meanwhile')
  test.deps.clock.advance(12 * minute)
  t.equal((await submit(test, '192.0.2.1', someone())).statusCode, 201)
})

t.test('one mailbox is written to three times an hour, wherever that was asked for', async (t) => {
  const test = await testApp(t)
  const email = someone()
  const statuses = []
  for (let times = 1; times <= 4; times += 1)
    statuses.push((await submit(test, `192.0.2.${String(times)}`, email.toUpperCase())).statusCode)
  t.strictSame(statuses, [201, 201, 201, 429])
  test.deps.clock.advance(hour / 3)
  t.equal((await submit(test, '192.0.2.9', email)).statusCode, 201)
})

t.test('a request that is made again, or refused, costs nothing', async (t) => {
  const test = await testApp(t)
  const [email, key] = [someone(), randomUUID()]
  const first = await submit(test, '192.0.2.1', email, key)
  for (let times = 0; times < 6; times += 1)
    t.equal((await submit(test, '192.0.2.1', email, key)).body, first.body)
  t.equal((await submit(test, '192.0.2.1', 'no address')).statusCode, 422)
  t.equal((await submit(test, '192.0.2.1', email)).statusCode, 201)
})

t.test('of many at once no more pass than are allowed', async (t) => {
  const test = await testApp(t)
  const answers = await Promise.all(Array.from({ length: 12 }, () => submit(test, '192.0.2.1', someone())))
  t.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 5)
  t.ok(answers.every(({ statusCode }) => statusCode === 201 || statusCode === 429))
})
