import { randomUUID } from 'node:crypto'
import t from 'tap'
import { minute, second } from '../../src/platform/clock.ts'
import { makeKeys } from '../../src/platform/keys.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addClient, addSpace, basic } from './world.ts'

const askFrom = async (
  { app }: TestApp,
  remoteAddress: string,
  client: Parameters<typeof basic>[0],
): Promise<number> => {
  const answer = await app.inject({
    method: 'POST',
    url: '/oauth/token',
    remoteAddress,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(client) },
    payload: 'grant_type=client_credentials',
  })
  if (answer.statusCode === 429) t.match(answer.headers['retry-after'], /^\d+$/)
  return answer.statusCode
}

const [attacker, home] = ['192.0.2.1', '192.0.2.2']

t.test('credential stuffing', async (t) => {
  const keys = makeKeys()
  const one = await testApp(t, { keys })
  const other = await testApp(t, { keys, database: one })
  const client = await addClient(one.deps, { spaceId: await addSpace(one.deps) })
  const wrong = () => ({ ...client, clientSecret: `waggle_${randomUUID()}` })
  const count = (statuses: number[], status: number) => statuses.filter((each) => each === status).length

  t.test(
    'of forty guesses at once on two nodes ten are checked, and then the right one is refused too',
    async (t) => {
      const guesses = await Promise.all(
        Array.from({ length: 40 }, (_, index) => askFrom(index % 2 ? one : other, attacker, wrong())),
      )
      t.equal(count(guesses, 401), 10)
      t.equal(count(guesses, 429), 30)
      t.equal(await askFrom(one, attacker, client), 429)
      t.equal(await askFrom(other, attacker, client), 429)
    },
  )

  t.test('the client itself is not locked out by what others do elsewhere', async (t) => {
    for (let index = 0; index < 3; index += 1) t.equal(await askFrom(one, home, client), 200)
  })

  t.test('other clients are not to be tried from that address either', async (t) => {
    const another = await addClient(one.deps, { spaceId: await addSpace(one.deps) })
    t.equal(await askFrom(one, attacker, { ...another, clientSecret: 'waggle_guess' }), 429)
  })

  t.test('after 15 minutes there are ten again, and a minute and a half gives one back', async (t) => {
    for (const { deps } of [one, other]) deps.clock.advance(90 * second)
    t.equal(await askFrom(one, attacker, client), 200, 'the right one counts nothing')
    t.equal(await askFrom(one, attacker, wrong()), 401)
    t.equal(await askFrom(one, attacker, wrong()), 429)
    for (const { deps } of [one, other]) deps.clock.advance(15 * minute)
    const guesses = []
    for (let index = 0; index < 12; index += 1) guesses.push(await askFrom(other, attacker, wrong()))
    t.equal(count(guesses, 401), 10)
  })

  t.test('tokens that are right are given without end', async (t) => {
    const asked = await Promise.all(Array.from({ length: 30 }, () => askFrom(one, home, client)))
    t.equal(count(asked, 200), 30)
  })

  t.test('whatever is no check counts for none', async (t) => {
    for (let index = 0; index < 12; index += 1) {
      const answer = await one.app.inject({
        method: 'POST',
        url: '/oauth/token',
        remoteAddress: '192.0.2.3',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'grant_type=client_credentials',
      })
      t.equal(answer.statusCode, 401)
    }
    t.equal(await askFrom(one, '192.0.2.3', client), 200)
  })
})
