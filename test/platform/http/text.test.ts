import t from 'tap'
import { testApp } from '../../helpers/app.ts'
import { openBrowser, rowsOf } from '../../helpers/browser.ts'
import { addCaller, newReferral, somebody } from '../../helpers/network.ts'

const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301']

t.test('text that comes in is kept and compared in NFC, however it was typed and sent', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const key = { 'idempotency-key': 'one' }
  const body = (ref: string) =>
    newReferral(receiver.spaceId, {
      externalRef: ref,
      member: { name: 'Ada', email: 'ada@example.org' },
      note: `By ${ref}`,
    })
  const first = await sender.post('/v1/referrals', body(decomposed), key)
  t.equal(first.status, 201, first.text)
  t.equal(first.body.externalRef, composed)
  t.equal(first.body.brief.note ?? first.body.note, `By ${composed}`)
  const again = await sender.post('/v1/referrals', body(composed), key)
  t.strictSame([again.status, again.headers['idempotent-replayed']], [201, 'true'], 'it is the same request')
  const escaped = JSON.stringify(body('X'))
    .replaceAll('"X"', '"cafe\\u0301"')
    .replaceAll('By X', 'By cafe\\u0301')
  const third = await test.app.inject({
    method: 'POST',
    url: '/v1/referrals',
    headers: { authorization: `Bearer ${sender.token}`, 'content-type': 'application/json', ...key },
    payload: escaped,
  })
  t.equal(third.headers['idempotent-replayed'], 'true', 'also when it was sent as an escape')
  const query = new URLSearchParams({ box: 'sent', externalRef: decomposed })
  const found = await sender.get(`/v1/referrals?${query.toString()}`)
  t.equal(found.body.data.length, 1, 'and is found by either spelling')
})

t.test('a name that deceives the eye is refused in words that a person understands', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  for (const name of ['Ada \u202eecalevoL', 'Ada\u200bLovelace', '\u2066Ada', '\ufeffAda', ' \u3164 ']) {
    const refused = await sender.post(
      '/v1/referrals',
      newReferral(receiver.spaceId, { member: { ...somebody(), name } }),
    )
    t.equal(refused.status, 422)
    t.strictSame(refused.body.errors, [
      { pointer: '/member/name', detail: 'must be one line that is not blank, without invisible characters' },
    ])
  }
  const persian = newReferral(receiver.spaceId, { member: { ...somebody(), name: 'نیک\u200cبخت' } })
  t.equal((await sender.post('/v1/referrals', persian)).status, 201)
})

t.test('what is nested deeper than a call may be is refused like anything else', async (t) => {
  const test = await testApp(t)
  const sender = await addCaller(test)
  for (const inner of ['"\\u00e9"', '"é"', '1']) {
    const nested = `${'['.repeat(30_000)}${inner}${']'.repeat(30_000)}`
    for (const payload of [nested, `{"note":${nested}}`]) {
      const answer = await test.app.inject({
        method: 'POST',
        url: '/v1/referrals',
        headers: {
          authorization: `Bearer ${sender.token}`,
          'content-type': 'application/json',
          'idempotency-key': 'one',
        },
        payload,
      })
      t.equal(answer.statusCode, 422, answer.body)
    }
  }
})

t.test('forms are read as bodies are: in NFC, and NUL is refused', async (t) => {
  const test = await testApp(t)
  const ask = async (email: string) => {
    const answer = await openBrowser(test).send('/sign-in', { email })
    test.deps.clock.advance(1)
    return answer.statusCode
  }
  t.equal(await ask(`${decomposed}@example.org`), 303)
  t.equal(await ask(`${composed}@example.org`), 303)
  const hashes = await test.deps.db.pool.query('select distinct email_hash from sign_ins')
  t.equal(hashes.rows.length, 1)
  t.equal(await ask('a\u0000@example.org'), 400)
  const token = await test.app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'grant_type=client_credentials&client_id=a%00&client_secret=b',
  })
  t.equal(token.statusCode, 400, token.body)
  t.equal((await rowsOf(test, 'sign_ins')).length, 2)
})
