import t from 'tap'
import { forgetSessions } from '../../src/access/forget-sessions.ts'
import { day, minute } from '../../src/platform/clock.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { testApp } from '../helpers/app.ts'
import { formTokenIn, lastLink, openBrowser, rowsOf, signIn } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'

const world = async (t: Parameters<typeof testApp>[0], baseUrl = 'https://waggle.test') => {
  const test = await testApp(t, { baseUrl })
  const spaceId = await addSpace(test, { name: 'Cais Aberto' })
  const manager = await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  return {
    test,
    spaceId,
    manager,
    isIn: async (b: ReturnType<typeof openBrowser>) => (await b.get('/home')).statusCode === 200,
  }
}

t.test(
  'over https the cookie is bound to this host, unseen by scripts and by other sites’ forms',
  async (t) => {
    const { test } = await world(t)
    const browser = openBrowser(test)
    const asked = await browser.send('/sign-in', { email: 'ines@example.org' })
    t.match(
      asked.headers['set-cookie'],
      /^__Host-waggle-sign-in=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    const { cookies } = await browser.send(await lastLink(test))
    const session = cookies.find(({ name }) => name === '__Host-waggle')
    t.match(session, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: (30 * day) / 1000 })
    t.equal(session?.domain, undefined)
  },
)

t.test('on loopback without https the cookies are plain ones, and all else is the same', async (t) => {
  const { test, isIn } = await world(t, 'http://127.0.0.1:8080')
  const browser = openBrowser(test)
  const { cookies } = await browser.send('/sign-in', { email: 'ines@example.org' })
  t.match(cookies, [{ name: 'waggle-sign-in', path: '/', httpOnly: true, sameSite: 'Lax' }])
  t.notOk(cookies[0]?.secure)
  await browser.send(await lastLink(test))
  t.ok(await isIn(browser))
})

t.test('seven days without opening anything end a session, one moment less does not', async (t) => {
  const { test, isIn } = await world(t)
  const browser = await signIn(test, 'ines@example.org')
  test.deps.clock.advance(7 * day - 1)
  t.ok(await isIn(browser))
  test.deps.clock.advance(7 * day)
  t.notOk(await isIn(browser))
  t.notOk(browser.cookies.has('__Host-waggle'), 'and the browser forgets it')
})

t.test('thirty days end a session however much it is used', async (t) => {
  const { test, isIn } = await world(t)
  const browser = await signIn(test, 'ines@example.org')
  for (let days = 5; days < 30; days += 5) {
    test.deps.clock.advance(5 * day)
    t.ok(await isIn(browser))
  }
  test.deps.clock.advance(5 * day - 1)
  t.ok(await isIn(browser))
  test.deps.clock.advance(1)
  t.notOk(await isIn(browser))
})

t.test('when a session was seen is noted every five minutes, not with every page', async (t) => {
  const { test } = await world(t)
  const browser = await signIn(test, 'ines@example.org')
  const before = await rowsOf(test, 'sessions')
  test.deps.clock.advance(5 * minute - 1)
  await browser.get('/home')
  t.strictSame(await rowsOf(test, 'sessions'), before)
  test.deps.clock.advance(1)
  await browser.get('/home')
  t.notSame(await rowsOf(test, 'sessions'), before)
})

t.test('I see where I am signed in, and end one or all others at once; nobody else’s', async (t) => {
  const { test, spaceId, isIn } = await world(t)
  await addManager(test, { spaceId, role: 'viewer' }, 'rui@example.org')
  const here = await signIn(test, 'ines@example.org')
  const phone = await signIn(
    test,
    'ines@example.org',
    openBrowser(test, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1'),
  )
  const cafe = await signIn(test, 'ines@example.org', openBrowser(test, 'x'))
  const rui = await signIn(test, 'rui@example.org')
  const idOn = (source: string, label: string) =>
    new RegExp(`${label}</h2>.*?value="(ses_\\w+)"`, 's').exec(source)?.[1]
  const page = (await here.get('/devices')).body
  for (const words of ['Firefox on Linux', 'Safari on iPhone', 'A browser', 'this one']) t.match(page, words)
  const phoneId = idOn(page, 'Safari on iPhone')!
  t.equal((await rui.press('/devices/end', { session: phoneId })).statusCode, 404)
  t.ok(await isIn(phone))
  t.equal((await here.press('/devices/end', { session: phoneId })).headers.location, '/devices')
  t.strictSame([await isIn(phone), await isIn(cafe), await isIn(here)], [false, true, true])
  t.equal((await here.press('/devices/end-others')).statusCode, 303)
  t.strictSame([await isIn(cafe), await isIn(here), await isIn(rui)], [false, true, true])
  for (const session of ['', 'x', 'ses_', phoneId.toUpperCase(), spaceId])
    t.equal((await here.press('/devices/end', { session })).statusCode, 404)
})

t.test('signing out ends the session, not just the cookie', async (t) => {
  const { test, isIn } = await world(t)
  const browser = await signIn(test, 'ines@example.org')
  const kept = openBrowser(test)
  kept.cookies.set('__Host-waggle', browser.cookies.get('__Host-waggle')!)
  t.equal((await browser.press('/sign-out')).headers.location, '/sign-in')
  t.notOk(browser.cookies.has('__Host-waggle'))
  t.notOk(await isIn(kept))
})

t.test('a form that is not of this very session changes nothing', async (t) => {
  const { test, isIn } = await world(t)
  const [mine, other] = [await signIn(test, 'ines@example.org'), await signIn(test, 'ines@example.org')]
  const form = formTokenIn((await mine.get('/home')).body)
  const foreign = formTokenIn((await other.get('/home')).body)
  t.not(form, foreign)
  const ours = { 'sec-fetch-site': 'same-origin' }
  const variants: [Record<string, string>, Record<string, string>][] = [
    [{}, ours],
    [{ form: '' }, ours],
    [{ form: foreign }, ours],
    [{ form: form.slice(1) }, ours],
    [{ form }, {}],
    [{ form }, { origin: 'https://evil.example' }],
    [{ form }, { origin: 'null' }],
    [{ form }, { origin: 'https://waggle.test.evil.example' }],
    [{ form }, { origin: 'http://waggle.test' }],
    [{ form }, { 'sec-fetch-site': 'cross-site', origin: 'https://waggle.test' }],
    [{ form }, { 'sec-fetch-site': 'same-site' }],
    [{ form }, { 'sec-fetch-site': 'none' }],
  ]
  for (const [fields, headers] of variants) {
    const answer = await mine.send('/sign-out', fields, headers)
    t.equal(answer.statusCode, 403, JSON.stringify([Object.keys(fields), headers]))
    t.match(answer.body, 'That did not come from this page')
  }
  t.ok(await isIn(mine))
  t.equal((await mine.send('/sign-out', { form }, { origin: 'https://waggle.test' })).statusCode, 303)
})

t.test('the API knows no cookie: it answers as to nobody', async (t) => {
  const { test, spaceId } = await world(t)
  const browser = await signIn(test, 'ines@example.org')
  for (const path of ['/v1/me', `/v1/spaces/${spaceId}`, '/v1/referrals'])
    t.equal((await browser.get(path)).statusCode, 401, path)
  t.equal((await browser.send('/oauth/token', { grant_type: 'client_credentials' })).statusCode, 401)
})

t.test('pages act for one space at a time, of those that are mine', async (t) => {
  const { test, spaceId, manager } = await world(t)
  const [nave, foreign] = [await addSpace(test, { name: 'Nave', status: 'suspended' }), await addSpace(test)]
  const now = new Date(test.deps.clock.now() + 1).toISOString()
  await test.deps.db.pool.query(
    `insert into space_managers (space_id, manager_id, role, invited_at, accepted_at) values ($1, $2, 'viewer', $3, $3)`,
    [toUuid(nave), toUuid(manager.managerId), now],
  )
  const browser = await signIn(test, 'ines@example.org')
  t.match((await browser.get('/home')).body, 'You act for Cais Aberto, as owner.')
  t.equal((await browser.press('/home/space', { space: nave })).statusCode, 303)
  t.match((await browser.get('/home')).body, 'You act for Nave, as viewer.')
  for (const space of [foreign, '']) t.equal((await browser.press('/home/space', { space })).statusCode, 404)
  await test.deps.db.pool.query('delete from space_managers where space_id = $1', [toUuid(nave)])
  t.match(
    (await browser.get('/home')).body,
    'You act for Cais Aberto, as owner.',
    'a role that is gone is not acted in',
  )
  await test.deps.db.pool.query('delete from space_managers where space_id = $1', [toUuid(spaceId)])
  t.match((await browser.get('/home')).body, 'You belong to no space.')
})

t.test('a steward sees to the network, and acts for a space only on choosing it', async (t) => {
  const { test } = await world(t)
  await addManager(test, 'steward', 'tomas@example.org')
  const browser = await signIn(test, 'tomas@example.org')
  t.match((await browser.get('/home')).body, 'You are at the steward’s desk')
})

t.test('pages of who is signed in are kept by nobody, and run no script', async (t) => {
  const { test } = await world(t)
  const browser = await signIn(test, 'ines@example.org')
  for (const path of ['/home', '/devices']) {
    const { headers } = await browser.get(path)
    t.equal(headers['cache-control'], 'no-store')
    t.notMatch(headers['content-security-policy'], 'script-src')
    t.match(headers['content-security-policy'], /default-src 'none'.*frame-ancestors 'none'/)
  }
})

t.test('sign-ins and sessions are deleted a day after they are over, and no sooner', async (t) => {
  const { test, isIn } = await world(t)
  const browser = await signIn(test, 'ines@example.org')
  const gone = await signIn(test, 'ines@example.org')
  await gone.press('/sign-out')
  const counts = async () => {
    await forgetSessions(test.deps)
    return [(await rowsOf(test, 'sign_ins')).length, (await rowsOf(test, 'sessions')).length]
  }
  t.strictSame(await counts(), [2, 2])
  test.deps.clock.advance(day + 16 * minute)
  t.strictSame(await counts(), [0, 1])
  t.ok(await isIn(browser))
  test.deps.clock.advance(8 * day)
  t.strictSame(await counts(), [0, 1])
  test.deps.clock.advance(6 * minute)
  t.strictSame(await counts(), [0, 0])
})
