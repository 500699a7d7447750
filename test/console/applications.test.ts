import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { suspendSpace } from '../../src/network/suspend-space.ts'
import { testApp } from '../helpers/app.ts'
import { applyAndConfirm, nave } from '../helpers/applying.ts'
import { openBrowser, rowsOf, signIn, type Browser } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace, steward as commandLine } from '../helpers/network.ts'
import { insider, press, statusOf, world, type Form } from './deciding.ts'

t.test('who applied reads how it stands and what comes next, and can take it back', async (t) => {
  const { test, browser, id } = await world(t)
  const page = (await browser.get(`/applications/${id}`)).body
  for (const words of ['with 2 vouches you are in', 'None of the 2 vouches', 'Meanwhile', 'Withdraw it'])
    t.match(page, words)
  for (const words of ['Take it in', 'Say no', 'We know them', 'lea@nave.example', 'tomas'])
    t.notMatch(page, words)
  t.match((await browser.get('/home')).body, `href="/applications/${id}"`)
  t.match((await browser.get('/applications')).body, 'Your applications')
  t.equal((await press(browser, id, 'withdraw')).headers.location, `/applications/${id}`)
  t.match((await browser.get(`/applications/${id}`)).body, 'You have withdrawn this application.')
  const again = await press(browser, id, 'withdraw')
  t.equal(again.statusCode, 409)
  t.match(again.body, 'This application has been decided.')
  t.strictSame(await statusOf(test), ['withdrawn'])
})

t.test(
  'the steward reads who applied, takes the space in with one press, and a second one changes nothing',
  async (t) => {
    const { test, steward, browser, id } = await world(t)
    t.match((await steward.get('/home')).body, 'Somebody asks to be taken in')
    t.match((await steward.get('/applications')).body, `<a href="/applications/${id}">Nave</a>`)
    t.match((await steward.get(`/applications/${id}`)).body, 'Nave, lea@nave.example')
    t.equal((await press(steward, id, 'admit')).statusCode, 303)
    const again = await press(steward, id, 'admit')
    t.equal(again.statusCode, 409)
    t.match(again.body, 'Nave was taken in.')
    t.notMatch((await steward.get('/home')).body, 'Somebody asks to be taken in')
    t.match((await steward.get('/applications')).body, 'Nobody waits.')
    t.match((await steward.get('/applications?status=admitted')).body, 'Nave')
    const home = (await browser.get('/home')).body
    t.notMatch(home, 'waits to be admitted')
    t.match(home, 'href="/applications"', 'and Network stands in the rail')
    t.strictSame(await statusOf(test), ['admitted'])
  },
)

t.test(
  'a rejection wants a reason, which the applicant reads on the first page, and may apply again',
  async (t) => {
    const { test, steward, browser, id } = await world(t)
    for (const [reason, said] of [
      ['', 'Say why'],
      [' \n ', 'Say why'],
      ['x'.repeat(1001), 'That is too long'],
      ['a\u0007b', 'There are signs in it'],
    ] as const) {
      const answer = await press(steward, id, 'reject', { reason })
      t.equal(answer.statusCode, 422)
      t.match(answer.body, said)
      t.match(answer.body, /<details[^>]* open/)
    }
    t.match(
      (await press(steward, id, 'reject', { reason: 'y'.repeat(1001) })).body,
      'yyyy',
      'what was typed is kept',
    )
    t.strictSame(await statusOf(test), ['pending'])
    t.equal(
      (await press(steward, id, 'reject', { reason: 'Your page is <b>another</b> firm’s.' })).statusCode,
      303,
    )
    for (const path of ['/home', `/applications/${id}`]) {
      const page = (await browser.get(path)).body
      t.match(page, 'Your page is &lt;b>another&lt;/b> firm’s.')
      t.match(page, 'Nave was not taken in.')
    }
    const again = /href="(\/join\/apply\?space=\w+)"/.exec(
      (await browser.get(`/applications/${id}`)).body,
    )![1]!
    t.match((await browser.get(again)).body, 'You speak for Nave')
    t.equal((await openBrowser(test).get(again)).statusCode, 404, 'which nobody else may ask for')
  },
)

t.test(
  'nobody finds the application of another but the network: not its page, and none of its buttons',
  async (t) => {
    const { test, id } = await world(t)
    const other = await applyAndConfirm(test, { ...nave, name: 'Ruche', email: 'max@ruche.example' })
    const suspended = await addSpace(test, { status: 'suspended' })
    const { email } = await addManager(test, { spaceId: suspended, role: 'owner' })
    const outsiders = [other.browser, await signIn(test, email)]
    for (const browser of outsiders) {
      t.equal((await browser.get(`/applications/${id}`)).statusCode, 404)
      t.notMatch((await browser.get('/applications')).body, 'Nave')
      for (const form of ['prove', 'withdraw'] as const)
        t.equal((await press(browser, id, form)).statusCode, 404)
      for (const form of ['admit', 'reject'] as const)
        t.equal((await press(browser, id, form, { reason: 'No.' })).statusCode, 403)
    }
    for (const bad of ['x', 'app_', id.toUpperCase(), `${id}x`])
      t.equal((await outsiders[0]!.get(`/applications/${bad}`)).statusCode, 404)
    const { browser } = await insider(test, 'Cais Aberto')
    for (const form of ['admit', 'reject', 'prove', 'withdraw'] as const)
      t.equal((await press(browser, id, form, { reason: 'No.' })).statusCode, 403, form)
    t.equal(
      (await openBrowser(test).get(`/applications/${id}`)).headers.location,
      `/sign-in?return=${encodeURIComponent(`/applications/${id}`)}`,
    )
    t.strictSame(await statusOf(test), ['pending', 'pending'])
  },
)

t.test('a form without the token of this very session, or of another site, decides nothing', async (t) => {
  const { test, steward, browser, id } = await world(t)
  const ours = { 'sec-fetch-site': 'same-origin' }
  const { browser: voucher } = await insider(test, 'Cais Aberto')
  const pressing: readonly [Browser, Form][] = [
    [steward, 'admit'],
    [steward, 'reject'],
    [voucher, 'vouch'],
    [browser, 'prove'],
    [browser, 'withdraw'],
  ]
  for (const [by, form] of pressing) {
    const path = `/applications/${id}/${form}`
    const token = /name="form" value="([\w-]{43})"/.exec((await by.get('/home')).body)![1]!
    t.equal((await by.send(path, { reason: 'No.' }, ours)).statusCode, 403)
    t.equal(
      (await by.send(path, { reason: 'No.', form: token }, { 'sec-fetch-site': 'cross-site' })).statusCode,
      403,
    )
    t.equal((await by.get(path)).headers.location, `/applications/${id}`, 'loading it again looks')
  }
  t.strictSame(await statusOf(test), ['pending'])
  t.strictSame(await rowsOf(test, 'vouches'), [])
})

t.test(
  'a claim is shown to be the applicant’s by a word at the space’s own address, or by the steward',
  async (t) => {
    let shown = 'something else'
    const server = createServer((_request, response) => response.end(shown))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.teardown(() => server.close())
    const website = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
    const test = await testApp(t, { installation: { isLocal: true } })
    const fields = { name: 'La Traboule', status: 'unclaimed', website, domain: 'traboule.example' } as const
    const space = await addSpace(test, fields)
    const { browser, id } = await applyAndConfirm(test, { space, email: 'max@example.org' })
    t.match((await browser.get('/home')).body, 'to show that La Traboule is yours')
    const page = (await browser.get(`/applications/${id}`)).body
    t.match(page, `<code>${website}/.well-known/waggle-claim.txt</code>`)
    const token = /<code>(waggle-[\w-]+)<\/code>/.exec(page)![1]!
    const { browser: voucher } = await insider(test, 'Cais Aberto')
    const seen = (await voucher.get(`/applications/${id}`)).body
    t.notMatch(seen, token, 'the word is the applicant’s alone')
    t.notMatch(seen, 'We know them')
    const failed = await press(browser, id, 'prove')
    t.equal(failed.statusCode, 409)
    t.match(failed.body, 'did not find the word at that address')
    shown = token
    t.equal((await press(browser, id, 'prove')).statusCode, 303)
    t.match((await browser.get('/home')).body, 'Your application has arrived.')
    t.match((await browser.get(`/applications/${id}`)).body, 'By a token at the space’s own web address')
  },
)

t.test(
  'a claim of a space without a web address waits for the steward, and can be taken back meanwhile',
  async (t) => {
    const test = await testApp(t)
    const space = await addSpace(test, { name: 'La Traboule', status: 'unclaimed' })
    await addManager(test, 'steward', 'tomas@example.org')
    const steward = await signIn(test, 'tomas@example.org')
    const first = await applyAndConfirm(test, { space, email: 'max@example.org' })
    t.match((await first.browser.get(`/applications/${first.id}`)).body, 'So the steward looks at your claim')
    t.equal((await press(first.browser, first.id, 'prove')).statusCode, 409)
    t.equal((await press(first.browser, first.id, 'withdraw')).statusCode, 303)
    const second = await applyAndConfirm(test, { space, email: 'eva@example.org' })
    t.match((await steward.get(`/applications/${second.id}`)).body, 'your word is the proof')
    t.equal((await press(steward, second.id, 'admit')).statusCode, 303)
    t.match((await second.browser.get('/home')).body, 'You act for La Traboule, as owner.')
    t.match((await first.browser.get('/home')).body, 'You belong to no space.')
  },
)

t.test('what an applicant writes is shown as it was typed, and is never markup', async (t) => {
  const { test, steward } = await world(t)
  const script = '<script>alert(1)</script>'
  const { browser, id } = await applyAndConfirm(test, {
    name: `Nave ${script}`,
    city: 'Lyon',
    email: 'max@ruche.example',
    person: script,
    website: 'https://ruche.example/?"onmouseover=alert(1)',
    statement: script,
    background: `"'>${script}`,
    challenge: script,
  })
  const pages = [
    await steward.get('/applications'),
    await steward.get(`/applications/${id}`),
    await browser.get(`/applications/${id}`),
    await browser.get('/home'),
    await steward.get(`/applications/${id}?x=${encodeURIComponent(script)}`),
  ]
  for (const { statusCode, body } of pages) {
    t.equal(statusCode, 200)
    t.match(body, '&lt;script>')
    t.notMatch(body, '<script')
    t.notMatch(body, '"onmouseover')
  }
})

t.test('the list is read a page at a time, and a cursor that was tampered with is none', async (t) => {
  const { test, steward } = await world(t)
  for (let n = 0; n < 20; n += 1) {
    test.deps.clock.advance(1)
    await applyAndConfirm(test, {
      ...nave,
      name: `Ruche ${String(n)}`,
      email: `max${String(n)}@ruche.example`,
    })
  }
  const first = (await steward.get('/applications')).body
  t.notMatch(first, 'Ruche 19')
  const next = /href="(\/applications\?status=pending[^"]+)">Next page/
    .exec(first)![1]!
    .replaceAll('&amp;', '&')
  const last = (await steward.get(next)).body
  t.match(last, 'Ruche 19')
  t.notMatch(last, /Ruche 18|Next page/)
  t.match(first, /Ruche 1<[^]*Ruche 2</, 'who has waited longest stands first')
  t.equal((await steward.get(`${next}x`)).statusCode, 400)
  t.equal((await steward.get('/applications?status=nonsense')).statusCode, 200)
})

t.test('people of a suspended space read why on their first page, and they alone', async (t) => {
  const { test } = await world(t)
  const [ruche, other] = [await insider(test, 'Ruche', 'viewer'), await insider(test, 'Cais Aberto')]
  await suspendSpace(commandLine(test), ruche.spaceId, 'Members were charged <twice>.')
  t.match((await ruche.browser.get('/home')).body, 'Members were charged &lt;twice>.')
  t.notMatch((await other.browser.get('/home')).body, 'Members were charged')
})

t.test('Network stands in the rail for the steward and for spaces of the network', async (t) => {
  const { test, steward, browser } = await world(t)
  const { browser: viewer } = await insider(test, 'Ruche', 'viewer')
  const hasRail = async (b: Browser) => /class="long">Network/.test((await b.get('/home')).body)
  t.strictSame([await hasRail(steward), await hasRail(viewer), await hasRail(browser)], [true, true, false])
})
