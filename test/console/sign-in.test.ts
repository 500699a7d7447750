import t from 'tap'
import { signInByLink } from '../../src/access/sign-in-by-link.ts'
import { minute, second } from '../../src/platform/clock.ts'
import type { Ctx } from '../../src/platform/context.ts'
import { testApp } from '../helpers/app.ts'
import { lastLink, openBrowser, rowsOf, signIn } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import { queriesOf } from '../helpers/queries.ts'

const world = async (t: Parameters<typeof testApp>[0]) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test, { name: 'Cais Aberto' })
  const manager = await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  return { test, spaceId, manager }
}

t.test('who gets the mailed link is in with one press, in the browser that asked', async (t) => {
  const { test } = await world(t)
  const browser = openBrowser(test)
  t.match((await browser.get('/sign-in')).body, 'Your work e-mail')
  const asked = await browser.send('/sign-in', { email: ' Ines@Example.org ' })
  t.strictSame([asked.statusCode, asked.headers.location], [303, '/sign-in/sent'])
  const link = await lastLink(test)
  t.match((await browser.get(link)).body, `action="${link}"`)
  const pressed = await browser.send(link)
  t.strictSame([pressed.statusCode, pressed.headers.location], [303, '/home'])
  const home = await browser.get('/home')
  t.equal(home.statusCode, 200)
  for (const words of ['Inês Moura', 'You act for Cais Aberto, as owner.']) t.match(home.body, words)
  t.equal((await browser.get('/sign-in')).headers.location, '/home', 'who is in is not asked again')
})

t.test('whether an address is known shows in no answer and in none of the work behind it', async (t) => {
  const { test } = await world(t)
  const ask = async (email: string) => {
    const browser = openBrowser(test)
    const seen: unknown[] = []
    const queries = await queriesOf(test, async () => {
      const { statusCode, headers, body } = await browser.send('/sign-in', { email })
      const { 'set-cookie': cookie, date, ratelimit, ...rest } = headers
      seen.push(statusCode, rest, body, String(cookie).replaceAll(/=[\w-]{43}/g, '=…'))
      seen.push((await browser.get('/sign-in/sent')).body)
    })
    return { seen, queries, audit: (await rowsOf(test, 'audit_log')).length }
  }
  await ask('warm@example.org')
  const [known, unknown] = [await ask('ines@example.org'), await ask('nobody@example.org')]
  t.strictSame(known.seen, unknown.seen)
  t.strictSame(known.queries, unknown.queries)
  t.ok(known.queries.length > 5)
  t.equal(unknown.audit, known.audit + 1)
})

t.test('a link signs in once, however many press at the same time', async (t) => {
  const { test } = await world(t)
  const browser = openBrowser(test)
  await browser.send('/sign-in', { email: 'ines@example.org' })
  const link = await lastLink(test)
  const ctx: Ctx = { ...test.deps, actor: { kind: 'public', id: 'public' }, requestId: 'test' }
  const at = { token: browser.cookies.get('__Host-waggle-sign-in')!, userAgent: '', sessionToken: undefined }
  // Beneath the routes, which count tries from one address.
  const presses = Array.from({ length: 20 }, () => signInByLink(ctx, link.split('/')[3]!, at))
  const outcomes = await Promise.allSettled(presses)
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const outcome of outcomes) if (outcome.status === 'rejected') t.match(outcome.reason, { code: 'gone' })
  t.equal((await rowsOf(test, 'sessions')).length, 1)
  const again = await browser.send(link)
  t.equal(again.statusCode, 410)
  t.match(again.body, 'This link no longer works')
})

t.test('looking at a link uses nothing up, whatever looks and how often', async (t) => {
  const { test } = await world(t)
  const browser = openBrowser(test)
  await browser.send('/sign-in', { email: 'ines@example.org' })
  const link = await lastLink(test)
  const before = await rowsOf(test, 'sign_ins')
  for (const url of [link, link, `${link}/again`])
    for (const method of ['GET', 'HEAD'] as const) await test.app.inject({ method, url })
  await browser.get(link)
  t.strictSame(await rowsOf(test, 'sign_ins'), before)
  t.equal((await browser.send(link)).statusCode, 303)
})

t.test('a link works for 15 minutes and not a moment longer', async (t) => {
  const { test } = await world(t)
  const browser = openBrowser(test)
  await browser.send('/sign-in', { email: 'ines@example.org' })
  const first = await lastLink(test)
  test.deps.clock.advance(second)
  await browser.send('/sign-in', { email: 'ines@example.org' })
  const later = await lastLink(test)
  test.deps.clock.advance(15 * minute - second)
  t.strictSame([(await browser.get(first)).statusCode, (await browser.send(first)).statusCode], [410, 410])
  test.deps.clock.advance(second - 1)
  t.equal((await browser.send(later)).statusCode, 303)
})

t.test(
  'in another browser a link signs nobody in; there it can be had anew, and works there alone',
  async (t) => {
    const { test } = await world(t)
    const [asking, other] = [openBrowser(test), openBrowser(test)]
    await asking.send('/sign-in', { email: 'ines@example.org', return: '/devices' })
    const link = await lastLink(test)
    const seen = await other.get(link)
    t.match(seen.body, 'You asked for this link in another browser')
    t.equal((await other.send(link)).statusCode, 403)
    await other.send('/sign-in', { email: 'somebody@example.org' })
    t.equal((await other.send(link)).statusCode, 403, 'also with a token of its own')
    t.equal((await rowsOf(test, 'sessions')).length, 0)
    test.deps.clock.advance(1)
    t.equal((await other.send(`${link}/again`)).headers.location, '/sign-in/sent')
    t.equal((await asking.send(link)).statusCode, 410, 'the old one is given up')
    const anew = await lastLink(test)
    t.not(anew, link)
    t.equal((await asking.send(anew)).statusCode, 403)
    t.equal((await other.send(anew)).headers.location, '/devices', 'and leads where the old one did')
  },
)

t.test(
  'what was signed in with before is no use afterwards: the session is new, the old one over',
  async (t) => {
    const { test } = await world(t)
    const browser = openBrowser(test)
    const planted = 'A'.repeat(43)
    browser.cookies.set('__Host-waggle', planted)
    await signIn(test, 'ines@example.org', browser)
    const first = browser.cookies.get('__Host-waggle')!
    t.not(first, planted)
    const old = openBrowser(test)
    old.cookies.set('__Host-waggle', first)
    await signIn(test, 'ines@example.org', browser)
    t.not(browser.cookies.get('__Host-waggle'), first)
    t.equal((await old.get('/home')).statusCode, 303)
    old.cookies.set('__Host-waggle', planted)
    t.equal((await old.get('/home')).statusCode, 303)
  },
)

t.test('signing in leads to pages of ours alone, however the way back is written', async (t) => {
  const { test } = await world(t)
  const elsewhere = [
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/%2f%2fevil.example',
    '%2f%2fevil.example',
    '/%5cevil.example',
    '/home//evil.example',
    '/.//evil.example',
    '/home@evil.example',
    'javascript:alert(1)',
    '/home?next=https://evil.example',
    '/home\r\nlocation: https://evil.example',
    '/home#@evil',
    '/sign-out',
    '/sign-in/link/x',
    '/v1/me',
    'home',
    '',
    `/${'a'.repeat(400)}`,
    '/\tevil.example',
    '/Ｈome',
  ]
  for (const path of elsewhere) {
    const page = await openBrowser(test).get(`/sign-in?return=${encodeURIComponent(path)}`)
    t.match(page.body, 'name="return" value="/home"', path)
  }
  const page = await openBrowser(test).get('/sign-in?return=/a&return=/b')
  t.match(page.body, 'name="return" value="/home"')
  for (const path of elsewhere.slice(0, 2)) {
    const browser = openBrowser(test)
    await browser.send('/sign-in', { email: 'ines@example.org', return: path })
    t.equal((await browser.send(await lastLink(test))).headers.location, '/home')
    test.deps.clock.advance(30 * minute)
  }
  const asked = await openBrowser(test).get('/devices')
  t.equal(asked.headers.location, '/sign-in?return=%2Fdevices')
})

t.test('neither logs nor tables nor the outbox hold an address or what opens a door', async (t) => {
  const { test } = await world(t)
  const browser = openBrowser(test)
  await browser.send('/sign-in', { email: 'ines@example.org' })
  const link = await lastLink(test)
  const binding = browser.cookies.get('__Host-waggle-sign-in')!
  await browser.get(link)
  await browser.send(link)
  await browser.get('/home')
  const tables = ['sign_ins', 'sessions', 'outbox', 'audit_log', 'managers', 'rate_limits']
  const kept = [...test.logs, ...(await Promise.all(tables.map((table) => rowsOf(test, table)))).flat()].join(
    '\n',
  )
  for (const secret of [
    'ines@example.org',
    link.split('/')[3]!,
    binding,
    browser.cookies.get('__Host-waggle')!,
  ]) {
    t.notMatch(kept, secret)
    t.notMatch(kept, Buffer.from(secret).toString('hex'))
  }
  t.match(kept, 'askForLink')
})

t.test('ten tries in 15 minutes from one address, five mails an hour to one mailbox', async (t) => {
  const { test } = await world(t)
  const ask = (email: string) => openBrowser(test).send('/sign-in', { email })
  for (let n = 0; n < 5; n += 1) t.equal((await ask('ines@example.org')).statusCode, 303)
  const refused = await ask('INES@example.org')
  t.strictSame([refused.statusCode, refused.headers['retry-after']], [429, '720'])
  t.match(refused.body, 'One moment, please')
  for (let n = 0; n < 4; n += 1) t.equal((await ask('nobody@example.org')).statusCode, 303)
  t.equal((await ask('nobody@example.org')).statusCode, 429, 'the eleventh try')
  test.deps.clock.advance(15 * minute)
  for (let n = 0; n < 2; n += 1) await ask('nobody@example.org')
  t.equal(
    (await ask('nobody@example.org')).statusCode,
    429,
    'a mailbox that nobody here has is counted alike',
  )
})

t.test('what is no address is sent back to be mended, and nothing is kept of it', async (t) => {
  const { test } = await world(t)
  for (const email of [
    '',
    'ines',
    'ines@',
    '@example.org',
    'a b@example.org',
    `${'a'.repeat(250)}@example.org`,
    '"><script>@x y',
  ]) {
    const answer = await openBrowser(test).send('/sign-in', { email })
    t.equal(answer.statusCode, 422)
    t.match(answer.body, 'That is no e-mail address')
    t.match(answer.body, /<input id="email"[^>]* autofocus/, 'the reader stands at what is wrong')
    t.notMatch(answer.body, '<script>')
  }
  t.strictSame(await rowsOf(test, 'sign_ins'), [])
})

t.test('a form of another site asks for no link and signs nobody in', async (t) => {
  const { test } = await world(t)
  const browser = openBrowser(test)
  await browser.send('/sign-in', { email: 'ines@example.org' })
  const link = await lastLink(test)
  const foreign = [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ]
  for (const headers of foreign)
    for (const path of ['/sign-in', link, `${link}/again`])
      t.equal((await browser.send(path, { email: 'ines@example.org' }, headers)).statusCode, 403)
  t.equal(
    (await browser.send(link, {}, { origin: 'https://waggle.test' })).statusCode,
    303,
    'an older browser',
  )
})
