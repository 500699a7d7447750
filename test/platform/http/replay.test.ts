import t from 'tap'
import { testApp } from '../../helpers/app.ts'
import { addCaller, addSpace, newReferral } from '../../helpers/network.ts'

t.test('the same key with another request is a 422, whatever differs', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const headers = { 'idempotency-key': '"quoted-\\"key"' }
  const first = await sender.post('/v1/referrals', newReferral(receiver.spaceId), headers)
  t.equal(first.status, 201)
  const other = await sender.post(
    '/v1/referrals',
    newReferral(receiver.spaceId, { note: 'Another.' }),
    headers,
  )
  t.match(other.body, { status: 422, code: 'idempotency_key_reused' })
  const elsewhere = await sender.post(`/v1/referrals/${String(first.body.id)}/withdraw`, undefined, headers)
  t.match(elsewhere.body, { status: 422, code: 'idempotency_key_reused' })
  const bare = await sender.post('/v1/referrals', newReferral(receiver.spaceId), {
    'idempotency-key': 'quoted-"key',
  })
  t.equal(bare.text, first.text, 'a quoted key and the bare one are the same key')
  const another = await receiver.post('/v1/referrals', newReferral(sender.spaceId), headers)
  t.equal(another.status, 201, 'the key of another caller is another key')
})

t.test('a refusal is not kept: the same key may be used again once the cause is gone', async (t) => {
  const test = await testApp(t)
  const sender = await addCaller(test)
  const receiver = await addSpace(test, { hostingPolicy: { intake: 'closed' } })
  const headers = { 'idempotency-key': 'try' }
  t.equal((await sender.post('/v1/referrals', newReferral(receiver), headers)).status, 409)
  await test.deps.db.pool.query(`update spaces set hosting_policy = '{"intake":"open"}'`)
  t.equal((await sender.post('/v1/referrals', newReferral(receiver), headers)).status, 201)
})

t.test('an answer is kept for 24 hours', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const headers = { 'idempotency-key': 'day' }
  const first = await sender.post('/v1/referrals', newReferral(receiver.spaceId), headers)
  t.equal(first.status, 201)
  await test.deps.db.pool.query(`update idempotency_keys set at = at - interval '23:59'`)
  t.equal((await sender.post('/v1/referrals', newReferral(receiver.spaceId), headers)).text, first.text)
  await test.deps.db.pool.query(`update idempotency_keys set at = at - interval '1 minute'`)
  const later = await sender.post('/v1/referrals', newReferral(receiver.spaceId), headers)
  t.equal(later.status, 201)
  t.not(later.body.id, first.body.id, 'after that the key is fresh')
})

t.test('an ETag saves reading again (304) and guards a transition (412)', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const sent = await sender.post('/v1/referrals', newReferral(receiver.spaceId))
  const url = `/v1/referrals/${String(sent.body.id)}`
  const etag = String((await receiver.get(url)).headers['etag'])
  t.match(etag, /^"[^"]+"$/, 'strong')
  t.equal((await receiver.get(url, { 'if-none-match': etag })).status, 304)
  t.match((await receiver.post(`${url}/accept`, {}, { 'if-match': '"other"' })).body, {
    status: 412,
    code: 'precondition_failed',
  })
  t.equal((await receiver.post(`${url}/accept`, {}, { 'if-match': etag })).status, 200)
  t.equal((await receiver.get(url, { 'if-none-match': etag })).status, 200, 'it has changed')
  t.equal(
    (await receiver.post(`${url}/record-visit`, { on: '2026-11-20' }, { 'if-match': etag })).status,
    412,
  )
})

t.test('the key of a stranger is a key of theirs alone, unless they ask for the very same', async (t) => {
  const test = await testApp(t)
  const apply = (email: string) =>
    test.app.inject({
      method: 'POST',
      url: '/v1/applications',
      headers: { 'idempotency-key': 'application-1' },
      payload: {
        contact: { name: 'Léa Martin', email },
        space: { name: 'Nave', city: 'Lyon', countryCode: 'FR' },
      },
    })
  const [one, other] = [await apply('lea@nave.example'), await apply('max@traboule.example')]
  t.strictSame([one.statusCode, other.statusCode], [201, 201])
  t.not(one.json<{ id: string }>().id, other.json<{ id: string }>().id)
  t.equal((await apply('lea@nave.example')).body, one.body, 'sent again, it is answered as it was')
  const { rows } = await test.deps.db.pool.query('select from applications')
  t.equal(rows.length, 2)
})
