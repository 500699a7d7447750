import { randomUUID } from 'node:crypto'
import t from 'tap'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { testApp } from '../helpers/app.ts'
import { addCaller, newReferral, sendFrom } from '../helpers/network.ts'

t.test('50 identical POSTs at once with one Idempotency-Key make one referral', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const key = { 'idempotency-key': randomUUID() }
  const body = newReferral(receiver.spaceId)
  const answers = await Promise.all(Array.from({ length: 50 }, () => sender.post('/v1/referrals', body, key)))
  const made = answers.filter(({ status }) => status === 201)
  const early = answers.filter(({ status }) => status === 409)
  t.ok(made.length >= 1)
  t.equal(made.length + early.length, 50)
  t.ok(
    early.every(
      (answer) => answer.body.code === 'request_in_flight' && answer.headers['retry-after'] === '1',
    ),
    'whoever came meanwhile is told to come back',
  )
  t.equal(new Set(made.map(({ text }) => text)).size, 1, 'every success is the same, to the byte')
  const replay = await sender.post('/v1/referrals', body, key)
  t.equal(replay.text, made[0]?.text)
  t.equal(replay.headers['idempotent-replayed'], 'true')
  t.equal(replay.headers['etag'], made[0]?.headers['etag'])
  t.equal((await sender.get('/v1/referrals?box=sent')).body.data.length, 1)
  t.match((await sender.get('/v1/reciprocity')).body.referrals, { sent: 1 })
})

t.test(
  'the same transition with one Idempotency-Key is refused to nobody, whoever comes first',
  async (t) => {
    const test = await testApp(t)
    const [sender, receiver] = [await addCaller(test), await addCaller(test)]
    const race = async () => {
      const url = `/v1/referrals/${await sendFrom(sender, receiver)}/accept`
      const key = { 'idempotency-key': randomUUID() }
      const answers = await Promise.all([1, 2, 3, 4].map(() => receiver.post(url, {}, key)))
      return answers.filter(({ body }) => body.code !== 'request_in_flight')
    }
    for (let round = 0; round < 40; round += 4) {
      for (const answered of await Promise.all([1, 2, 3, 4].map(race))) {
        t.ok(answered.length > 0)
        t.same(new Set(answered.map(({ status }) => status)), new Set([200]))
        t.equal(new Set(answered.map(({ text }) => text)).size, 1, 'every answer is the same, to the byte')
      }
    }
  },
)

t.test('accept and withdraw raced 200 times leave one winner each and a balanced ledger', async (t) => {
  const test = await testApp(t)
  const [a, b] = [await addCaller(test), await addCaller(test)]
  const outcomes = { accepted: 0, withdrawn: 0 }
  const race = async (round: number) => {
    const [sender, receiver] = round % 2 === 0 ? [a, b] : [b, a]
    const url = `/v1/referrals/${await sendFrom(sender, receiver)}`
    const moves = [() => receiver.post(`${url}/accept`, {}), () => sender.post(`${url}/withdraw`)]
    const answers = await Promise.all((round % 3 === 0 ? moves : moves.reverse()).map((move) => move()))
    const codes = answers.map(({ status }) => status).sort()
    if (codes.join() !== '200,409')
      throw new Error(`round ${String(round)}: ${answers.map(({ text }) => text).join('\n')}`)
    const { status } = (await sender.get(url)).body as { status: 'accepted' | 'withdrawn' }
    outcomes[status] += 1
  }
  for (let first = 0; first < 200; first += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, index) => race(first + index)))
  }
  t.equal(outcomes.accepted + outcomes.withdrawn, 200)
  t.same((await verifyLedger(test.deps)).differences, [])
  const inFlight = await Promise.all(
    [a, b].map(async (one) => (await one.get('/v1/reciprocity')).body.points.inFlight as number),
  )
  t.equal(
    inFlight[0]! + inFlight[1]!,
    outcomes.accepted * 100,
    'what was accepted is in flight, what was withdrawn is not',
  )
})

t.test('referrals in opposite directions, closed at once, deadlock nobody and sum to zero', async (t) => {
  const test = await testApp(t)
  const spaces = await Promise.all([1, 2, 3].map(() => addCaller(test)))
  const pairs = spaces.flatMap((from) => spaces.filter((to) => to !== from).map((to) => [from, to] as const))
  const rounds = Array.from({ length: 10 }, () => pairs).flat()
  const walked = await Promise.all(
    rounds.map(async ([from, to]) => {
      const url = `/v1/referrals/${await sendFrom(from, to)}`
      const accepted = await to.post(`${url}/accept`, {})
      const closed = await to.post(`${url}/close`, { outcome: 'joined' })
      return [accepted.status, closed.status]
    }),
  )
  t.ok(walked.every(([accepted, closed]) => accepted === 200 && closed === 200))
  for (const space of spaces) {
    t.match((await space.get('/v1/reciprocity')).body, {
      points: { earned: 2000, owed: 2000, net: 0, directReturned: 2000 },
      returnRate: 1,
    })
  }
  t.same((await verifyLedger(test.deps)).differences, [])
})

t.test('the same transition twice at once counts once', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const url = `/v1/referrals/${await sendFrom(sender, receiver)}`
  await receiver.post(`${url}/accept`, {})
  const closes = await Promise.all(
    Array.from({ length: 8 }, () => receiver.post(`${url}/close`, { outcome: 'joined' })),
  )
  t.same(closes.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409, 409, 409])
  t.match((await sender.get('/v1/reciprocity')).body.points, { earned: 100, inFlight: 0 })
})
