import t from 'tap'
import type { Operation } from '../../src/platform/operation.ts'
import { scopesFor } from '../../src/access/scopes.ts'
import { minute } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { formTokenIn, openBrowser, signIn, type Browser } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace, tokenFor } from '../helpers/network.ts'
import { filledIn, isPage, routesOf } from './routes.ts'

/** Fields that Waggle alone sets, whatever the object. */
const ownFields = [
  'id',
  'status',
  'phase',
  'role',
  'balance',
  'points',
  'version',
  'createdAt',
  'isSteward',
  'operatorId',
]

/** Forms that need no session: their address is the secret, or they ask to come in. */
const isForNobody = /^\/(?:m|i|a|join|invite|sign-in|applications?)(?:\/|$)/

t.test('what other sites and made-up fields may reach', async (t) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test)
  await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  const browser = await signIn(test, 'ines@example.org')
  const routes = routesOf(test)
  const forms = routes.filter((route) => isPage(route) && route.method === 'POST')

  t.test('every form refuses what another site sends, with the cookie of whoever is signed in', async (t) => {
    t.ok(forms.length > 10)
    const foreign = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'https://waggle.test' },
      { origin: 'https://evil.example' },
    ]
    for (const { path } of forms)
      for (const headers of foreign)
        t.equal((await browser.send(filledIn(path), {}, headers)).statusCode, 403, path)
  })

  t.test('every form of who is signed in needs the token of a page of that very session', async (t) => {
    const own = forms.filter(({ path }) => !isForNobody.test(path))
    t.ok(own.length > 3)
    for (const { path } of own)
      for (const form of ['', 'A'.repeat(43)])
        t.equal((await browser.send(filledIn(path), { form })).statusCode, 403, `${path} ${form}`)
    t.equal((await browser.get('/home')).statusCode, 200, 'and is still signed in')
  })

  t.test('every page forbids scripts of others, frames, sniffing, caches and search engines', async (t) => {
    const pages = routes.filter((route) => isPage(route) && route.method === 'GET')
    t.ok(pages.length > 5)
    for (const { path } of pages) {
      const { headers, statusCode } = await browser.get(filledIn(path))
      t.ok(statusCode < 500, path)
      if (!String(headers['content-type']).startsWith('text/html')) continue
      const policy = String(headers['content-security-policy'])
      for (const rule of [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
      ])
        t.match(policy, rule, path)
      t.notMatch(policy, /unsafe-|https?:|\*/, path)
      t.match(
        headers,
        {
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
          'x-robots-tag': 'noindex, nofollow',
        },
        path,
      )
      t.match(headers['referrer-policy'], /^(?:no-referrer|same-origin)$/, path)
    }
  })

  t.test('no page of another origin may read an answer, and no method is changed by a header', async (t) => {
    const origin = 'https://evil.example'
    for (const url of ['/v1/me', '/v1/spaces', '/home', '/openapi.json', '/oauth/token']) {
      const preflight = { origin, 'access-control-request-method': 'POST' }
      for (const asked of [
        { method: 'GET' as const, headers: { origin } },
        { method: 'OPTIONS' as const, headers: preflight },
      ]) {
        const { headers } = await test.app.inject({ url, ...asked })
        t.notOk(
          Object.keys(headers).some((name) => name.startsWith('access-control-')),
          url,
        )
      }
    }
    const headers = { 'x-http-method-override': 'POST', 'x-http-method': 'POST', 'x-method-override': 'POST' }
    t.equal((await browser.get('/sign-out?_method=POST', headers)).statusCode >= 400, true)
    t.equal((await browser.get('/home')).statusCode, 200, 'still signed in')
  })

  t.test('fields that Waggle alone sets are refused in every body', async (t) => {
    const authorization = `Bearer ${await tokenFor(test, { spaceId }, [...scopesFor('space')])}`
    const reading = [...test.app.operations.values()].filter(
      ({ body, bodyType }) => body && bodyType !== 'application/x-www-form-urlencoded',
    )
    for (const operation of reading) {
      const example = (operation.bodyExample ?? {}) as Record<string, unknown>
      const made = ownFields.filter((field) => !(field in shapeOf(operation)))
      const payload = { ...example, ...Object.fromEntries(made.map((field) => [field, 'x'])) }
      const answer = await test.app.inject({
        method: operation.method,
        url: operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => idFor(name)),
        headers: {
          authorization,
          'content-type': operation.bodyType ?? 'application/json',
          'idempotency-key': 'k',
          'if-match': '"1"',
        },
        payload: JSON.stringify(payload),
      })
      t.equal(answer.statusCode, 422, operation.id)
      const pointers = answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)
      t.strictSame(
        made.filter((field) => !pointers.includes(`/${field}`)),
        [],
        operation.id,
      )
    }
  })
})

const shapeOf = ({ body }: Operation) => (body as unknown as { shape?: Record<string, unknown> }).shape ?? {}

const prefixes: Record<string, string> = {
  spaceId: 'spc',
  applicationId: 'app',
  clientId: 'cli',
  managerId: 'mgr',
}
const idFor = (name: string) => `${prefixes[name] ?? 'ref'}_01kn3xq5wde7mvqrb2fj8s6t4a`

/** Names under which a way back is asked for, here or elsewhere. In how many ways a site can be written, the sign-in's own test knows. */
const waysBack = [
  'return',
  'returnTo',
  'next',
  'url',
  'redirect',
  'redirect_uri',
  'continue',
  'application',
  'lang',
]

t.test('no page and no form leads to another site, whatever it is asked', async (t) => {
  // Nobody answers there, so its page says so, with the way back on it.
  const signInProvider = { name: 'Acme', issuer: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b' }
  const test = await testApp(t, { installation: { signInProvider } })
  await addManager(test, { spaceId: await addSpace(test), role: 'owner' }, 'ines@example.org')
  const [outside, inside] = [openBrowser(test), openBrowser(test)]
  const staying = (about: string, { headers, body }: Awaited<ReturnType<Browser['get']>>) => {
    t.match(headers.location ?? '/', /^\/(?![/\\])[^\\]*$/, about)
    t.notMatch(decodeURIComponent(headers.location ?? ''), 'evil.example', about)
    t.notMatch(body, /(?:href|action|src|name="return" value)="[^"]*evil/, about)
  }
  let form = ''
  for (const { method, path } of routesOf(test).filter((route) => isPage(route) && route.method !== 'HEAD')) {
    if ((await inside.get('/home')).statusCode !== 200) {
      await signIn(test, 'ines@example.org', inside)
      form = formTokenIn((await inside.get('/home')).body)
    }
    for (const site of ['https://evil.example', '//evil.example']) {
      // So that no try to sign in is one too many.
      test.deps.clock.advance(10 * minute)
      const about = `${method} ${path} ${site}`
      const asked = Object.fromEntries(waysBack.map((name) => [name, site]))
      const url = `${filledIn(path)}?${new URLSearchParams(asked).toString()}`
      for (const browser of [outside, inside])
        staying(about, await (method === 'POST' ? browser.send(url, { form, ...asked }) : browser.get(url)))
    }
  }
})

t.test(
  'a browser that is not signed in is led to sign in by every page inside, and told nothing',
  async (t) => {
    const test = await testApp(t)
    for (const { path } of routesOf(test).filter((route) => isPage(route) && route.method === 'GET')) {
      const { statusCode } = await openBrowser(test).get(filledIn(path))
      t.ok([200, 303, 302, 404, 410].includes(statusCode), `${path} ${String(statusCode)}`)
    }
  },
)
