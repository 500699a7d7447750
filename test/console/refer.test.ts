import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { testApp } from '../helpers/app.ts'
import { rowsOf, signIn } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'

const world = async (t: Test) => {
  const test = await testApp(t)
  const from = await addSpace(test, { name: 'Cais Aberto' })
  const to = await addSpace(test, { name: 'La Traboule', city: 'Lyon', searchText: 'la traboule lyon' })
  await addManager(test, { spaceId: from, role: 'manager' }, 'ines@example.org')
  await addManager(test, { spaceId: from, role: 'viewer' }, 'rui@example.org')
  return { test, to, ines: await signIn(test, 'ines@example.org') }
}

const somebody = () => ({
  once: randomUUID(),
  name: 'Ada Lovelace',
  email: 'ada@example.org',
  summary: 'Illustrator, wants quiet and daylight',
  stay: 'relocate',
  note: '',
})

t.test('a manager finds a space and refers a member, who is asked before anything is sent', async (t) => {
  const { test, to, ines } = await world(t)
  const found = (await ines.get('/refer?q=lyo')).body
  t.match(found, `href="/refer/${to}"`)
  t.match((await ines.get('/refer?q=nowhere')).body, 'No space of the network')
  const sent = await ines.press(`/refer/${to}`, somebody())
  t.strictSame([sent.statusCode, sent.headers.location], [303, `/refer/${to}/asked`])
  t.match((await ines.get(`/refer/${to}/asked`)).body, '7 days')
  const cards = await rowsOf(test, 'referrals')
  t.equal(cards.length, 1, 'the other space has no card yet')
  t.match(cards.join(), 'awaiting_consent')
  t.match((await rowsOf(test, 'outbox')).join(), 'mail.consent_asked')
  t.notMatch(test.logs.join(), 'ada@example.org')
})

t.test('a form that is sent twice refers once', async (t) => {
  const { test, to, ines } = await world(t)
  const fields = somebody()
  await Promise.all([ines.press(`/refer/${to}`, fields), ines.press(`/refer/${to}`, fields)])
  t.equal((await rowsOf(test, 'referrals')).length, 1)
})

t.test('faults stand beside the fields, and what was typed is kept', async (t) => {
  const { test, to, ines } = await world(t)
  for (const [change, words] of [
    [{ email: 'ada at home' }, 'That is no e-mail address'],
    [{ summary: ' ' }, 'Say in a few words'],
    [{ stay: 'for ever' }, 'Choose one of these'],
    [{ name: '' }, 'Say what they are called'],
    [{ summary: 'Ada wants quiet and daylight' }, 'This gives away who it is'],
    [{ note: 'Lovelace is lovely.' }, 'This gives away who it is'],
  ] as const) {
    const answer = await ines.press(`/refer/${to}`, { ...somebody(), ...change })
    t.equal(answer.statusCode, 422, words)
    t.match(answer.body, words)
    const { email } = { ...somebody(), ...change }
    t.match(answer.body, `value="${email}"`)
  }
  t.strictSame(await rowsOf(test, 'referrals'), [])
})

t.test('a space that takes nobody in says so, and viewers refer nobody', async (t) => {
  const { test, ines } = await world(t)
  const closed = await addSpace(test, { name: 'Nave', hostingPolicy: { intake: 'closed' } })
  const answer = await ines.press(`/refer/${closed}`, somebody())
  t.equal(answer.statusCode, 422)
  t.match(answer.body, 'takes nobody in at present')
  const rui = await signIn(test, 'rui@example.org')
  t.equal((await rui.get('/refer')).statusCode, 403)
  t.equal((await rui.press(`/refer/${closed}`, somebody())).statusCode, 403)
  t.notMatch((await rui.get('/home')).body, 'href="/refer"')
})
