import pg from 'pg'
import t from 'tap'
import type { TestApp } from '../helpers/app.ts'
import { testApp } from '../helpers/app.ts'
import { addCaller, newReferral, type Caller } from '../helpers/network.ts'

const member = { name: 'Zerlina Quuxworth', email: 'zerlina.q@example.org', phone: '+33 6 98 76 54 32' }
const marks = ['zerlina', 'quuxworth', '6 98 76', '698765432', '33698765432']

/** Every table as text, with sealed columns left as they are stored. */
const everyRow = async (test: TestApp, where: (table: string) => string): Promise<string> => {
  const client = new pg.Client({ connectionString: test.ownerUrl })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ text: string }>(
      `select coalesce(string_agg(x::text, E'\\n'), '') as text from "${name}" x ${where(name)}`,
    )
    texts.push(rows[0]?.text ?? '')
  }
  await client.end()
  return texts.join('\n')
}

const everyAnswer = async (who: Caller, id: string): Promise<string> => {
  const paths = [
    `/v1/referrals/${id}`,
    `/v1/referrals/${id}/events`,
    '/v1/referrals?box=received',
    '/v1/referrals?box=received&updatedAfter=2020-01-01T00:00:00.000Z',
    '/v1/reciprocity',
    '/v1/reciprocity/peers',
    '/v1/reciprocity/entries',
    '/v1/me',
  ]
  const answers = await Promise.all(paths.map((path) => who.get(path)))
  t.ok(
    answers.every(({ status }) => status === 200),
    'every answer was given',
  )
  return answers.map(({ text, headers }) => text + JSON.stringify(headers)).join('\n')
}

const found = (text: string) => marks.filter((mark) => text.toLowerCase().includes(mark))

t.test(
  'before acceptance the receiver finds the name and address in no answer, log line or row',
  async (t) => {
    const test = await testApp(t)
    const [sender, receiver] = [await addCaller(test), await addCaller(test)]
    const sent = await sender.post('/v1/referrals', newReferral(receiver.spaceId, { member }))
    const id = String(sent.body.id)
    t.same(found(sent.text), [], 'the answer to sending holds no contact either')
    t.match((await receiver.get(`/v1/referrals/${id}`)).body, {
      brief: { summary: String },
      member: null,
      contactOpen: false,
    })
    t.same(found(await everyAnswer(receiver, id)), [])
    t.same(found(await everyRow(test, () => '')), [], 'nor does any row of any table hold it in clear text')
    t.same(found(test.logs.join('')), [])
    const kinds = await test.deps.db.pool.query<{ kind: string }>(
      `select kind from referral_texts t join referrals r on r.space_id = t.space_id and r.id = t.referral_id where r.role = 'receiver'`,
    )
    t.same(kinds.rows, [{ kind: 'brief' }], 'the receiver has not even a sealed copy of the contact')
    t.match((await sender.get(`/v1/referrals/${id}`)).body.member, member, 'the sender sees what it wrote')
  },
)

t.test('after acceptance the contact opens to the receiver, once the member has been told', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const { email: _, ...byPhone } = member
  const sent = await sender.post('/v1/referrals', newReferral(receiver.spaceId, { member: byPhone }))
  const url = `/v1/referrals/${String(sent.body.id)}`
  t.match(
    sent.body.memberUrl,
    /^https:\/\/waggle\.test\/m\/[\w-]{22}$/,
    'the sender gets the link to pass on',
  )
  await receiver.post(`${url}/accept`, {})
  t.match((await receiver.get(url)).body, {
    status: 'accepted',
    member: null,
    contactOpen: false,
    memberUrl: null,
  })
  t.equal((await receiver.post(`${url}/confirm-notice`)).status, 409, 'only the sender can have passed it on')
  t.equal((await sender.post(`${url}/confirm-notice`)).status, 200)
  const open = (await receiver.get(url)).body
  t.match(open, { contactOpen: true, member: { name: member.name, phone: member.phone, email: null } })
  t.equal((await sender.get(url)).body.memberUrl, null, 'nothing is left to pass on')
})

t.test('a contact that was declined is never opened to the receiver', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const sent = await sender.post('/v1/referrals', newReferral(receiver.spaceId, { member }))
  const id = String(sent.body.id)
  await test.deps.db.pool.query('update referrals set notice_at = now()')
  await receiver.post(`/v1/referrals/${id}/decline`, { reason: 'vetting_concern' })
  t.same(found(await everyAnswer(receiver, id)), [])
})

t.test('a member who agreed to be introduced by name is seen by name alone', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const consent = { kind: 'attested', obtainedOn: '2026-11-19', how: 'in_person', named: true }
  const sent = await sender.post(
    '/v1/referrals',
    newReferral(receiver.spaceId, { member, consent, note: 'Zerlina runs our choir.' }),
  )
  t.equal(sent.status, 201, sent.text)
  const seen = (await receiver.get(`/v1/referrals/${String(sent.body.id)}`)).body
  t.same(seen.member, { name: member.name, email: null, phone: null })
})

t.test('opening a contact writes one audit row for a viewer, a referral and an hour', async (t) => {
  const test = await testApp(t)
  const sender = await addCaller(test)
  const receiver = await addCaller(test)
  const sent = await sender.post('/v1/referrals', newReferral(receiver.spaceId, { member }))
  const openings = async () => {
    const { rows } = await test.deps.db.pool.query(`select * from audit_log where action = 'openContact'`)
    return rows.length
  }
  const url = `/v1/referrals/${String(sent.body.id)}`
  await sender.get(url)
  await sender.get(url)
  t.equal(await openings(), 1)
  await receiver.get(url)
  t.equal(await openings(), 1, 'reading the brief opens nothing')
  test.deps.clock.advance(61 * 60_000)
  const later = await addCaller(test)
  t.equal((await later.get(url)).status, 404)
  t.equal(await openings(), 1, 'nor does being refused')
})

t.test('a token without members:read sees the referral and never the member', async (t) => {
  const test = await testApp(t)
  const sender = await addCaller(test, {}, ['referrals:read', 'referrals:write'])
  const receiver = await addCaller(test)
  const sent = await sender.post('/v1/referrals', newReferral(receiver.spaceId, { member }))
  const read = await sender.get(`/v1/referrals/${String(sent.body.id)}`)
  t.match(read.body, { status: 'sent', member: null })
  t.same(found(read.text), [])
})
