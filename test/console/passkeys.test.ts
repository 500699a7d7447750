import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { minute } from '../../src/platform/clock.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { formTokenIn, lastLink, openBrowser, rowsOf, signIn } from '../helpers/browser.ts'
import { noChromium, openChromium } from '../helpers/chromium.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'

const freePort = async (): Promise<number> => {
  const server: Server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A Waggle on localhost, where browsers allow passkeys without https. */
const listening = async (t: Test) => {
  const port = await freePort()
  const test = await testApp(t, { baseUrl: `http://localhost:${String(port)}` })
  const spaceId = await addSpace(test, { name: 'Cais Aberto' })
  await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  await test.app.listen({ port, host: 'localhost' })
  return test
}

/** A tab with an authenticator of its own, which says yes to everything. */
const openTab = async (
  t: Test,
): Promise<{ context: BrowserContext; page: Page; cdp: CDPSession; id: string }> => {
  const browser = await openChromium()
  t.teardown(() => browser.close())
  const context = await browser.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { context, page, cdp, id: authenticatorId }
}

const signInByMail = async (test: TestApp, page: Page) => {
  const { baseUrl } = test.deps
  await page.goto(`${baseUrl}/sign-in`)
  await page.fill('#email', 'ines@example.org')
  await page.click('text=Send me the link')
  await page.goto(`${baseUrl}${await lastLink(test)}`)
  await page.click('button:has-text("Sign in")')
  await page.waitForURL('**/home')
}

t.test('in a real browser', { skip: noChromium }, async (t) => {
  const test = await listening(t)
  const { baseUrl } = test.deps
  const { page, cdp, id } = await openTab(t)
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))

  t.test('a person adds a passkey, and signs in by it without typing anything', async (t) => {
    await signInByMail(test, page)
    await page.goto(`${baseUrl}/passkeys`)
    await page.click('text=Add a passkey')
    await page.waitForSelector('text=not used yet')
    t.match(await page.content(), 'Chrome on Linux')
    await page.click('text=Sign out')
    await page.waitForURL('**/sign-in')
    await page.goto(`${baseUrl}/sign-in?return=/devices`)
    await page.click('text=Use a passkey')
    await page.waitForURL(`${baseUrl}/devices`)
    t.match(await page.content(), 'this one')
    await page.goto(`${baseUrl}/passkeys`)
    t.match(await page.content(), 'last used on 20 November 2026')
    t.strictSame(faults, [], 'the policy of the pages lets all of it run')
  })

  t.test('the same authenticator is not registered twice, and the page says so', async (t) => {
    await page.goto(`${baseUrl}/passkeys`)
    await page.click('text=Add a passkey')
    await page.waitForSelector('[role=alert]:not([hidden])')
    t.equal((await rowsOf(test, 'passkeys')).length, 1)
  })

  t.test('without the finger, face or PIN there is no way in', async (t) => {
    await page.click('text=Sign out')
    await page.waitForURL('**/sign-in')
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false })
    await page.click('text=Use a passkey')
    await page.waitForSelector('[role=alert]:not([hidden])')
    t.equal((await page.context().cookies()).filter(({ name }) => name === 'waggle').length, 0)
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: true })
  })

  t.test('an answer works once, in its own browser, for five minutes', async (t) => {
    await test.deps.db.pool.query('delete from rate_limits')
    const answers: string[] = []
    await page.route('**/sign-in/passkey', async (route) => {
      answers.push(route.request().postData() ?? '')
      await route.fulfill({ status: 200, contentType: 'text/html', body: '<p>held back</p>' })
    })
    const answerAnew = async () => {
      await page.goto(`${baseUrl}/sign-in`)
      await page.click('text=Use a passkey')
      await page.waitForSelector('text=held back')
      return Object.fromEntries(new URLSearchParams(answers.at(-1)))
    }
    const browserOf = async () => {
      const browser = openBrowser(test)
      for (const { name, value } of await page.context().cookies()) browser.cookies.set(name, value)
      return browser
    }
    const send = async (fields: Record<string, string>, browser?: ReturnType<typeof openBrowser>) =>
      (await (browser ?? (await browserOf())).send('/sign-in/passkey', fields)).statusCode
    const sessions = async () => (await rowsOf(test, 'sessions')).length

    const first = await answerAnew()
    const before = await sessions()
    const stranger = openBrowser(test)
    await stranger.send('/sign-in', { email: 'x@example.org' })
    t.equal(await send(first, stranger), 403, 'another browser')
    const changed = {
      ...first,
      answer: first['answer']!.replace(
        /"signature":"(.)/,
        (_all, c) => `"signature":"${c === 'A' ? 'B' : 'A'}`,
      ),
    }
    t.equal(await send(changed), 403, 'a signature that was changed')
    t.equal(await send(first), 403, 'its challenge was spent on that')
    for (const answer of ['', '{}', '[]', 'null', '{"id":"x"}', first['answer']!.slice(1)])
      t.equal(await send({ answer }), 403)
    t.equal(await sessions(), before)

    await test.deps.db.pool.query('delete from rate_limits')
    const late = await answerAnew()
    test.deps.clock.advance(5 * minute)
    t.equal(await send(late), 403, 'too late')
    const intime = await answerAnew()
    test.deps.clock.advance(5 * minute - 1)
    t.equal(await send(intime), 303)
    t.equal(await send(intime), 403, 'a second time')
    t.equal(await sessions(), before + 1)

    await test.deps.db.pool.query('delete from rate_limits')
    const copied = await answerAnew()
    await test.deps.db.pool.query('update passkeys set counter = counter + 100')
    t.equal(await send(copied), 403, 'a counter that is behind is a copy')
    await page.unroute('**/sign-in/passkey')
  })

  t.test('a passkey that was taken away opens nothing any more', async (t) => {
    await test.deps.db.pool.query('delete from rate_limits')
    const browser = await signIn(test, 'ines@example.org')
    const passkey = /value="(pky_\w+)"/.exec((await browser.get('/passkeys')).body)![1]!
    const spaceId = await addSpace(test)
    await addManager(test, { spaceId, role: 'owner' }, 'rui@example.org')
    const rui = await signIn(test, 'rui@example.org')
    t.equal((await rui.press('/passkeys/remove', { passkey })).statusCode, 404, 'by nobody else')
    test.deps.clock.advance(15 * minute)
    t.equal(
      (await browser.press('/passkeys/remove', { passkey })).statusCode,
      422,
      'nor from a browser found open',
    )
    t.notMatch((await browser.get('/passkeys')).body, 'Remove')
    test.deps.clock.advance(-15 * minute)
    t.equal((await browser.press('/passkeys/remove', { passkey })).statusCode, 303)
    await page.goto(`${baseUrl}/sign-in`)
    await page.click('text=Use a passkey')
    await page.waitForSelector('text=No passkey of yours was found here')
  })
})

t.test('asking for a passkey tells nothing about who is here', async (t) => {
  const test = await testApp(t)
  const ask = async () => {
    const { challenge, ...rest } = (await openBrowser(test).send('/sign-in/passkey/options')).json()
    t.match(challenge, /^[\w-]{43}$/)
    return rest
  }
  const before = await ask()
  const spaceId = await addSpace(test)
  await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  t.strictSame(await ask(), before)
  t.notOk(before.allowCredentials?.length)
})

t.test('scripts run on the two pages that need one, ours alone', async (t) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test)
  await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  const browser = openBrowser(test)
  const policyOf = async (path: string) =>
    String((await browser.get(path)).headers['content-security-policy'])
  t.match(await policyOf('/sign-in'), /script-src 'self'; connect-src 'self'$/)
  t.notMatch(await policyOf('/sign-in/sent'), 'script-src')
  await signIn(test, 'ines@example.org', browser)
  t.match(await policyOf('/passkeys'), /script-src 'self'; connect-src 'self'$/)
  t.notMatch(
    (await browser.get('/passkeys')).body,
    /<script(?! src="\/assets\/passkeys\.js" type="module"><\/script>)|\son\w+=/,
  )
  const script = await browser.get('/assets/passkeys.js')
  t.match(script.headers['content-type'], 'text/javascript')
  t.match(script.body, 'SimpleWebAuthnBrowser')
})

t.test(
  'a passkey is added within 15 minutes of signing in, by nobody who finds the browser open later',
  async (t) => {
    const test = await testApp(t)
    const spaceId = await addSpace(test)
    await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
    const browser = await signIn(test, 'ines@example.org')
    test.deps.clock.advance(15 * minute - 1)
    const page = (await browser.get('/passkeys')).body
    t.match(page, 'Add a passkey')
    const ask = () => browser.send('/passkeys/options', { form: formTokenIn(page) })
    t.match((await ask()).json(), {
      rp: { id: 'waggle.test' },
      authenticatorSelection: { userVerification: 'required' },
    })
    test.deps.clock.advance(1)
    t.equal((await ask()).statusCode, 422)
    t.notMatch((await browser.get('/passkeys')).body, 'Add a passkey')
    const out = await browser.press('/sign-out', { return: '/passkeys' })
    t.equal(out.headers.location, '/sign-in?return=%2Fpasskeys')
  },
)

t.test('where browsers make no passkeys none are offered', async (t) => {
  const test = await testApp(t, { baseUrl: 'http://127.0.0.1:8080' })
  const spaceId = await addSpace(test)
  await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  const browser = openBrowser(test)
  t.notMatch((await browser.get('/sign-in')).body, 'Use a passkey')
  t.equal((await browser.send('/sign-in/passkey/options')).statusCode, 404)
  await signIn(test, 'ines@example.org', browser)
  const page = (await browser.get('/passkeys')).body
  t.match(page, 'Browsers make passkeys for https and for localhost alone')
  t.equal((await browser.send('/passkeys/options', { form: formTokenIn(page) })).statusCode, 404)
})
