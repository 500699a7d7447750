import t, { type Test } from 'tap'
import { minute } from '../../src/platform/clock.ts'
import type { Installation } from '../../src/platform/installation.ts'
import { testApp } from '../helpers/app.ts'
import { openBrowser, rowsOf, type Browser } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import { openProvider } from '../helpers/provider.ts'

const world = async (t: Test, installation: Partial<Installation> = {}) => {
  const provider = await openProvider(t)
  const test = await testApp(t, {
    installation: { signInProvider: provider.config, isLocal: true, ...installation },
  })
  const spaceId = await addSpace(test, { name: 'Cais Aberto' })
  await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  /** Where our page sends the browser to. */
  const begin = async (browser: Browser, path = '/sign-in/provider') =>
    String((await browser.get(path)).headers.location)
  const sessions = async () => (await rowsOf(test, 'sessions')).length
  return { test, provider, begin, sessions }
}

t.test('who the provider knows by a verified address that somebody here has is in', async (t) => {
  const { test, provider, begin } = await world(t)
  const browser = openBrowser(test)
  t.match(
    (await browser.get('/sign-in?return=/devices')).body,
    /href="\/sign-in\/provider\?return=%2Fdevices">Sign in with Acme</,
  )
  const url = new URL(await begin(browser, '/sign-in/provider?return=/devices'))
  t.equal(url.origin, provider.config.issuer)
  const asked = Object.fromEntries(url.searchParams)
  t.match(asked, {
    response_type: 'code',
    redirect_uri: 'https://waggle.test/sign-in/provider/return',
    scope: 'openid email',
    code_challenge_method: 'S256',
    state: /^[\w-]{43}$/,
    nonce: /^[\w-]{43}$/,
  })
  const kept = [...(await rowsOf(test, 'sign_ins')), ...(await rowsOf(test, 'audit_log')), ...test.logs].join(
    '\n',
  )
  for (const secret of [asked['state']!, asked['nonce']!]) t.notMatch(kept, secret)
  const back = await browser.get(await provider.visit(url.href))
  t.strictSame([back.statusCode, back.headers.location], [303, '/devices'])
  t.match((await browser.get('/home')).body, 'You act for Cais Aberto, as owner.')
  t.notMatch(test.logs.join(''), /code=|state=|ines@/)
})

t.test('an address that nobody here has gets no further, and leads to joining', async (t) => {
  const { test, provider, begin, sessions } = await world(t)
  provider.account = { email: 'nobody@example.org', email_verified: true }
  const browser = openBrowser(test)
  const back = await browser.get(await provider.visit(await begin(browser)))
  t.equal(back.statusCode, 403)
  for (const words of ['Nobody here has the address that Acme gave us', 'href="/join"'])
    t.match(back.body, words)
  t.equal(await sessions(), 0)
})

t.test('an address that the provider has not verified signs nobody in', async (t) => {
  const { test, provider, begin, sessions } = await world(t)
  for (const account of [
    { email: 'ines@example.org', email_verified: false },
    { email: 'ines@example.org' },
    {},
  ]) {
    provider.account = account
    const browser = openBrowser(test)
    const back = await browser.get(await provider.visit(await begin(browser)))
    t.equal(back.statusCode, 403)
    t.match(back.body, 'Acme has not checked that your e-mail address is yours')
  }
  t.equal(await sessions(), 0)
})

t.test('a way back works once, in the browser that began it, for ten minutes', async (t) => {
  const { test, provider, begin, sessions } = await world(t)
  const browser = openBrowser(test)
  const back = await provider.visit(await begin(browser))
  const said = 'That sign-in was begun in another browser, or its time is over.'
  t.match((await openBrowser(test).get(back)).body, said)
  const state = new URL(back, 'https://waggle.test').searchParams.get('state')!
  t.match((await browser.get(back.replace(state, 'A'.repeat(43)))).body, said, 'another state')
  t.match((await browser.get(back.replace(/state=[^&]+/, ''))).body, said, 'no state')
  t.equal(await sessions(), 0)
  const binding = browser.cookies.get('__Host-waggle-sign-in')!
  t.equal((await browser.get(back)).statusCode, 303)
  browser.cookies.set('__Host-waggle-sign-in', binding)
  t.match((await browser.get(back)).body, said, 'a second time')
  t.equal(await sessions(), 1)
  const late = openBrowser(test)
  const lateBack = await provider.visit(await begin(late))
  test.deps.clock.advance(10 * minute)
  t.match((await late.get(lateBack)).body, said)
  t.equal(await sessions(), 1)
})

t.test('what was not asked for by us, or not said by the provider, signs nobody in', async (t) => {
  const { test, provider, begin, sessions } = await world(t)
  const changes: [string, (url: URL) => void, (back: string) => string][] = [
    ['another nonce', (url) => url.searchParams.set('nonce', 'another'), (back) => back],
    [
      'another code challenge',
      (url) => url.searchParams.set('code_challenge', 'A'.repeat(43)),
      (back) => back,
    ],
    ['another code', () => undefined, (back) => back.replace(/code=[^&]+/, 'code=another')],
    ['no code', () => undefined, (back) => back.replace(/code=[^&]+&?/, '')],
    [
      'another issuer',
      () => undefined,
      (back) => back.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example'),
    ],
    ['a refusal', () => undefined, (back) => back.replace(/code=[^&]+/, 'error=access_denied')],
  ]
  for (const [name, onTheWay, onTheWayBack] of changes) {
    await test.deps.db.pool.query('delete from rate_limits')
    const browser = openBrowser(test)
    const url = new URL(await begin(browser))
    onTheWay(url)
    const back = await browser.get(onTheWayBack(await provider.visit(url.href)))
    t.equal(back.statusCode, 403, name)
    t.match(back.body, 'Acme did not confirm who you are', name)
  }
  t.equal(await sessions(), 0)
})

t.test('a link of another site begins no sign-in: the page of ours is between', async (t) => {
  const { test, begin } = await world(t)
  const browser = openBrowser(test)
  for (const site of ['cross-site', 'same-site']) {
    const { headers } = await browser.get('/sign-in/provider?return=/devices', { 'sec-fetch-site': site })
    t.match(headers, { location: '/sign-in?return=%2Fdevices' }, site)
  }
  t.strictSame(await rowsOf(test, 'sign_ins'), [])
  for (const site of ['same-origin', 'none'])
    t.equal((await browser.get('/sign-in/provider', { 'sec-fetch-site': site })).statusCode, 303, site)
  t.equal((await rowsOf(test, 'sign_ins')).length, 2)
  t.match(await begin(browser), /^http/, 'of a browser that says nothing')
})

t.test('a provider that is down is told so, with another way in', async (t) => {
  const { provider } = await world(t)
  const down = { ...provider.config, issuer: 'http://127.0.0.1:1' }
  const { test } = await world(t, { signInProvider: down })
  const answer = await openBrowser(test).get('/sign-in/provider')
  t.equal(answer.statusCode, 503)
  for (const words of ['Acme does not answer just now', 'Send me the link']) t.match(answer.body, words)
  t.strictSame(await rowsOf(test, 'sign_ins'), [])
})

t.test('beyond the local installation a provider is asked over https alone', async (t) => {
  const { test, provider } = await world(t, { isLocal: false })
  t.equal((await openBrowser(test).get('/sign-in/provider')).statusCode, 503)
  t.strictSame(provider.asked, [])
})

t.test('without a provider there is no such way in', async (t) => {
  const test = await testApp(t)
  t.notMatch((await openBrowser(test).get('/sign-in')).body, 'Sign in with')
  for (const path of ['/sign-in/provider', '/sign-in/provider/return?state=x&code=y'])
    t.equal((await openBrowser(test).get(path)).statusCode, 404)
})
