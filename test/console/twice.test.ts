import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import type { Id } from '../../src/platform/ids.ts'
import { closeReferral } from '../../src/referrals/close.ts'
import { byLink, makeWorld, refer } from '../events/world.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { applyAndConfirm, applyBy, lastConfirmLink, nave } from '../helpers/applying.ts'
import { openBrowser, signIn, type Browser } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import { isPage, routesOf } from '../security/routes.ts'
import { acceptedPage, pageOf, reports } from './pages.ts'

/** What may differ after a second press: who came when, that somebody asked, and that nodes look anew. */
const beside = ['audit_log', 'sessions', 'sign_ins', 'rate_limits', 'idempotency_keys', 'revocation_epoch']

/** Everything that is kept, but for that. */
const kept = async ({ deps: { db } }: Pick<TestApp, 'deps'>): Promise<Record<string, string>> => {
  const { rows: tables } = await db.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and not relispartition and relname <> all ($1) order by 1`,
    [beside],
  )
  const all = tables.map(({ name }) => `select '${name}' as name, x::text as row from ${name} x`)
  const { rows } = await db.pool.query<{ name: string; all: string }>(
    `select name, md5(string_agg(row, ',' order by row)) as all from (${all.join(' union all ')}) x group by 1`,
  )
  return Object.fromEntries(rows.map(({ name, all }) => [name, all]))
}

/** Presses once and again, a moment later. The first press changes something, the second nothing. */
const twice = async (t: Test, test: Pick<TestApp, 'deps'>, name: string, press: () => Promise<number>) => {
  const before = await kept(test)
  const first = await press()
  t.ok(first < 400, `${name} is done: ${String(first)}`)
  const after = await kept(test)
  t.strictNotSame(after, before, `${name} does something`)
  test.deps.clock.advance(10)
  const second = await press()
  t.ok(second < 500, `${name} is answered again: ${String(second)}`)
  t.strictSame(await kept(test), after, `${name} does nothing more`)
}

/** Forms whose every press is to do the same again, or a thing of minutes. */
const anew = [
  '/home/space',
  '/sign-out',
  '/sign-in',
  '/sign-in/link/:token',
  '/sign-in/link/:token/again',
  '/sign-in/passkey',
  '/sign-in/passkey/options',
  '/passkeys',
  '/passkeys/options',
  '/passkeys/remove',
  '/devices/end',
  '/devices/end-others',
]

/** What each form of the pages inside is sent with, in an order in which one after the other can be pressed. */
const world = async (t: Test) => {
  const test = await testApp(t, { installation: { vouchesToAdmit: 2 } })
  const spaceId = await addSpace(test, { name: 'Cais Aberto' })
  const other = await addSpace(test, { name: 'La Traboule' })
  await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  const people = []
  for (const role of ['viewer', 'manager', 'viewer'] as const)
    people.push((await addManager(test, { spaceId, role })).managerId)
  await addManager(test, 'steward', 'tomas@example.org')
  const applied = []
  for (const name of ['Nave', 'Ruche', 'Atelier'])
    applied.push(await applyAndConfirm(test, { ...nave, name, email: `${name}@nave.example` }))
  const owner = await signIn(test, 'ines@example.org')
  return { test, spaceId, other, people, applied, owner, steward: await signIn(test, 'tomas@example.org') }
}

t.test('every form that makes or changes something does it once, however often it is pressed', async (t) => {
  const { test, spaceId, other, people, applied, owner, steward } = await world(t)
  const pressed = new Set<string>()
  const once = (browser: Browser, route: string, fields: Record<string, string> = {}, ids: string[] = []) => {
    pressed.add(route)
    const path = ids.reduce((so, id) => so.replace(/:\w+/, id), route)
    const sent = { once: randomUUID(), ...fields }
    return twice(t, test, route, async () => (await browser.press(path, sent)).statusCode)
  }
  const firstOf = async (path: string, id: RegExp) => id.exec((await owner.get(path)).body)![0]

  await once(owner, '/clients', { name: 'Booking', 'spaces:read': 'yes' })
  const client = await firstOf('/clients', /cli_\w+/)
  await once(owner, '/clients/:clientId/rotate-secret', {}, [client])
  await once(owner, '/clients/:clientId/revoke', {}, [client])
  await once(owner, '/tokens', { name: 'Monday', days: '7', 'spaces:read': 'yes' })
  const token = await firstOf('/tokens', /(?<=name="token" value=")\w+/)
  await once(owner, '/tokens/revoke', { token })
  await once(owner, '/people', { email: 'rui@example.org', role: 'viewer' })
  await once(owner, '/people/withdraw-invitation', { email: 'rui@example.org' })
  await once(owner, '/people/:managerId/change-role', { role: 'manager' }, [people[0]!])
  await once(owner, '/people/:managerId/remove', {}, [people[2]!])
  await once(
    owner,
    '/refer/:spaceId',
    { name: 'Ada Lovelace', email: 'ada@example.org', summary: 'Wants quiet', stay: 'visit' },
    [other],
  )
  const [nave1, ruche, atelier] = applied
  await once(owner, '/applications/:application/vouch', {}, [nave1!.id])
  await once(steward, '/applications/:application/admit', {}, [nave1!.id])
  await once(steward, '/applications/:application/reject', { reason: 'Not a space.' }, [ruche!.id])
  await once(atelier!.browser, '/applications/:application/withdraw', {}, [atelier!.id])
  await once(steward, '/spaces/:space/suspend', { reason: 'Complaints.' }, [other])
  await once(steward, '/spaces/:space/readmit', {}, [other])
  await once(owner, '/leave', { space: spaceId })
  await once(owner, '/people/:managerId/hand-over', {}, [people[1]!])
  await once(owner, '/people/leave')

  await t.test('those for whoever comes from outside too', async (t) => {
    test.deps.clock.advance(3_600_000)
    const stranger = openBrowser(test)
    const fields = { ...nave, name: 'Lupa', email: 'eva@lupa.example', once: randomUUID() }
    pressed.add('/join/apply')
    await twice(t, test, '/join/apply', async () => (await applyBy(stranger, fields)).statusCode)
    const link = await lastConfirmLink(test)
    pressed.add('/join/confirm/:token')
    await twice(t, test, '/join/confirm', async () => (await stranger.send(link)).statusCode)
  })

  for (const route of [
    '/clients/x/rotate-secret',
    '/spaces/x/suspend',
    '/spaces/x/readmit',
    '/people/x/remove',
  ])
    t.equal(
      (await owner.get(route)).headers.location,
      route.slice(0, route.lastIndexOf('/')),
      'loaded again without the form, it leads to the page',
    )
  const routes = routesOf(test)
    .filter((route) => isPage(route) && route.method === 'POST')
    .map(({ path }) => path)
  const elsewhere = ['/applications/:application/prove', '/people/join/:token']
  const ofMember = ['grant', 'refuse', 'revoke', 'renew-link', ...reports].map((name) => `/m/:token/${name}`)
  t.strictSame(
    routes.filter((path) => !pressed.has(path) && ![...anew, ...elsewhere, ...ofMember].includes(path)),
    [],
    'no form is left out',
  )
})

t.test('a member who presses twice is counted once', async (t) => {
  const world = await makeWorld(t)
  const press = async (id: Id<'referral'>, name: string, fields = {}) => {
    const page = pageOf(world, id)
    await twice(t, world, name, async () => (await page.press(name, fields)).status)
  }
  for (const name of ['grant', 'refuse']) await press((await refer(world, byLink)).id, name)
  await press((await refer(world, byLink)).id, 'renew-link')
  const { id } = await acceptedPage(world)
  await press(id, 'schedule', { at: '2027-03-27T10:00' })
  await press(id, 'reschedule', { at: '2027-03-28T10:00' })
  world.deps.clock.set(Date.parse('2027-03-28T20:00Z'))
  await press(id, 'record-no-show')
  await press(id, 'record-visit', { on: '2027-03-28' })
  await press(id, 'start-trial')
  await press(id, 'claim', { stage: 'joined' })
  await press(id, 'revoke')
  const joined = (await acceptedPage(world)).id
  await closeReferral(world.receiver, joined, { outcome: 'joined' })
  await press(joined, 'report-left')
  await press(joined, 'erase')
})
