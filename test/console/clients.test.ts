import { randomUUID } from 'node:crypto'
import t from 'tap'
import { minute } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { openBrowser, rowsOf, signIn } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import { askToken } from '../access/world.ts'

const secretIn = (source: string) => />(waggle_[\w-]{43})</.exec(source)?.[1] ?? ''
const clientIn = (source: string) => /(cli_\w{26})/.exec(source)?.[1] as `cli_${string}`

t.test('API clients', async (t) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test, { name: 'Cais Aberto' })
  await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  await addManager(test, { spaceId, role: 'manager' }, 'rui@example.org')
  await addManager(test, { spaceId: await addSpace(test), role: 'owner' }, 'other@example.org')
  const owner = await signIn(test, 'ines@example.org')
  const chosen = { name: 'Booking', 'spaces:read': 'yes', 'referrals:write': 'yes' }

  const made = await owner.press('/clients', chosen)
  const clientId = clientIn(made.body)
  const clientSecret = secretIn(made.body)

  t.test('an owner makes one with what was ticked, and reads its secret once', async (t) => {
    t.equal(made.statusCode, 200)
    t.equal(made.headers['cache-control'], 'no-store')
    const token = await askToken(test.app, { clientId, clientSecret })
    t.match(token.json(), { scope: 'spaces:read referrals:write' })
    for (const path of ['/clients', `/clients/${clientId}`]) {
      const page = (await owner.get(path)).body
      t.match(page, 'Booking')
      t.notOk(page.includes(clientSecret))
    }
    t.match((await owner.get('/home')).body, 'href="/clients"')
  })

  t.test('pressed twice, one is made, and the second press says that its secret was shown', async (t) => {
    const sent = { ...chosen, name: 'Lobby screen', once: randomUUID() }
    const [first, second] = [await owner.press('/clients', sent), await owner.press('/clients', sent)]
    t.match(secretIn(first.body), /^waggle_/)
    t.equal(second.statusCode, 409)
    t.match(second.body, 'Lobby screen is made already')
    t.match(second.body, 'The secret was shown after the first press')
    t.notOk(secretIn(second.body))
    await Promise.all([1, 2, 3].map(() => owner.press('/clients', { ...sent, name: 'Door' })))
    const names = (await rowsOf(test, 'clients')).join('\n').match(/Lobby screen|Door/g)
    t.strictSame(names, ['Lobby screen', 'Door'])
    t.notMatch((await rowsOf(test, 'idempotency_keys')).join(), secretIn(first.body))
  })

  t.test('what is missing is said beside it, and what was typed is kept', async (t) => {
    const unnamed = await owner.press('/clients', { 'spaces:read': 'yes' })
    t.equal(unnamed.statusCode, 422)
    t.match(unnamed.body, 'Give it a name')
    t.match(unnamed.body, /name="spaces:read" value="yes" checked/)
    const idle = await owner.press('/clients', { name: 'Lobby' })
    t.match(idle.body, 'Choose at least one thing')
    t.match(idle.body, /<fieldset[^>]* aria-describedby="scopes-fault"/)
    t.match(idle.body, /<input type="checkbox"[^>]* autofocus/, 'the reader stands at what is wrong')
    t.match(idle.body, 'value="Lobby"')
  })

  t.test('nothing is granted that the page does not offer', async (t) => {
    const page = (await owner.get('/clients')).body
    for (const scope of ['access:write', 'network:admin']) {
      t.notMatch(page, `name="${scope}"`)
      t.equal((await owner.press('/clients', { ...chosen, [scope]: 'yes' })).statusCode, 422)
    }
  })

  t.test('a new secret leaves the old one in force, unless it leaked', async (t) => {
    const next = secretIn((await owner.press(`/clients/${clientId}/rotate-secret`)).body)
    t.equal((await askToken(test.app, { clientId, clientSecret })).statusCode, 200)
    t.equal((await askToken(test.app, { clientId, clientSecret: next })).statusCode, 200)
    const last = secretIn(
      (await owner.press(`/clients/${clientId}/rotate-secret`, { hasLeaked: 'yes' })).body,
    )
    t.equal((await askToken(test.app, { clientId, clientSecret: next })).statusCode, 401)
    t.equal((await askToken(test.app, { clientId, clientSecret: last })).statusCode, 200)
  })

  t.test('a manager sees them and changes none; another space finds none', async (t) => {
    const manager = await signIn(test, 'rui@example.org')
    t.match((await manager.get('/clients')).body, 'Booking')
    t.notMatch((await manager.get(`/clients/${clientId}`)).body, 'rotate-secret')
    const other = await signIn(test, 'other@example.org')
    t.match((await other.get('/clients')).body, 'There is no API client yet')
    t.equal((await other.get(`/clients/${clientId}`)).statusCode, 404)
    for (const path of ['rotate-secret', 'revoke']) {
      t.equal((await manager.press(`/clients/${clientId}/${path}`)).statusCode, 403)
      t.equal((await other.press(`/clients/${clientId}/${path}`)).statusCode, 404)
    }
    t.equal((await manager.press('/clients', chosen)).statusCode, 403)
    t.equal((await openBrowser(test).get('/clients')).headers.location, '/sign-in?return=%2Fclients')
  })

  t.test(
    'secrets are made within 15 minutes of signing in, by nobody who finds the browser open later',
    async (t) => {
      const before = (await rowsOf(test, 'clients')).join()
      test.deps.clock.advance(15 * minute)
      t.match((await owner.get('/clients')).body, 'Sign in anew')
      t.equal((await owner.press('/clients', chosen)).headers.location, '/clients')
      const rotated = await owner.press(`/clients/${clientId}/rotate-secret`)
      t.equal(rotated.headers.location, `/clients/${clientId}`)
      t.equal((await rowsOf(test, 'clients')).join(), before)
    },
  )

  t.test('what is ended stays in the list, and can be changed no more', async (t) => {
    t.equal((await owner.press(`/clients/${clientId}/revoke`)).headers.location, '/clients')
    t.match((await owner.get('/clients')).body, 'Ended on 20 November 2026')
    t.notMatch((await owner.get(`/clients/${clientId}`)).body, 'rotate-secret')
  })
})
