import t from 'tap'
import { hour, minute } from '../../src/platform/clock.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addCaller, addSpace, callerOf, sendFrom, tokenFor } from '../helpers/network.ts'

/** Who opened whose contact, in order. */
const openings = async ({ deps }: TestApp): Promise<string[]> => {
  const { rows } = await deps.db.pool.query<{ kind: string }>(
    `select actor_kind as kind from audit_log where action = 'openContact' order by at, id`,
  )
  return rows.map(({ kind }) => kind)
}

t.test('getReferral: one viewer who opens a contact many times at once leaves one row', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const url = `/v1/referrals/${await sendFrom(sender, receiver)}`
  const answers = await Promise.all(Array.from({ length: 12 }, () => sender.get(url)))
  t.ok(
    answers.every(({ body }) => body.member?.name === 'Ada Lovelace'),
    'each is answered',
  )
  t.strictSame(await openings(test), ['client'])
  test.deps.clock.advance(hour - 1)
  await sender.get(url)
  t.equal((await openings(test)).length, 1, 'within the hour it is the same opening')
})

t.test(
  'getReferral: each viewer leaves a row of their own, a person like a program, and anew each hour',
  async (t) => {
    const test = await testApp(t)
    const spaceId = await addSpace(test)
    const receiver = await addCaller(test)
    const people = [
      await addManager(test, { spaceId, role: 'owner' }),
      await addManager(test, { spaceId, role: 'manager' }),
    ]
    const scopes = ['referrals:read', 'referrals:write', 'members:read'] as const
    const program = callerOf(test, spaceId, await tokenFor(test, { spaceId }, [...scopes]))
    const id = await sendFrom(program, receiver)
    await Promise.all([...people, program].map((who) => who.get(`/v1/referrals/${id}`)))
    t.strictSame((await openings(test)).sort(), ['client', 'manager', 'manager'])
    test.deps.clock.advance(hour + minute)
    await people[0]!.get(`/v1/referrals/${id}`)
    t.equal((await openings(test)).length, 4)
  },
)

t.test('getReferral: a viewer is shown no contact, so reading leaves no row', async (t) => {
  const test = await testApp(t)
  const sender = await addCaller(test)
  const viewer = await addManager(test, { spaceId: sender.spaceId, role: 'viewer' })
  const id = await sendFrom(sender, await addCaller(test))
  const { status, text, body } = await viewer.get(`/v1/referrals/${id}`)
  t.equal(status, 200)
  t.equal(body.member, null)
  t.notMatch(text, /Ada|Lovelace|@example\.org/)
  t.strictSame(await openings(test), [])
})

t.test('getReferral: when the row cannot be written, nobody is shown the contact', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const url = `/v1/referrals/${await sendFrom(sender, receiver)}`
  const { pool } = test.deps.db
  const connect = pool.connect.bind(pool) as () => Promise<import('pg').PoolClient>
  let taken = 0
  // The one that reads is given, the one that would note it is not.
  t.intercept(pool, 'connect', {
    value: () => {
      taken += 1
      return taken === 1
        ? connect()
        : Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
    },
  })
  const answer = await sender.get(url)
  t.equal(answer.status, 503)
  t.notMatch(answer.text, 'Lovelace')
})

t.test('lists never carry a contact, whoever asks', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const id = await sendFrom(sender, receiver)
  await receiver.post(`/v1/referrals/${id}/accept`, {})
  for (const [who, box] of [
    [sender, 'sent'],
    [receiver, 'received'],
  ] as const)
    t.notMatch((await who.get(`/v1/referrals?box=${box}`)).text, /Ada|Lovelace|@example\.org|"member"/)
  t.strictSame(await openings(test), [])
})
