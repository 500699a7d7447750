import t from 'tap'
import { day, hour } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { applyBy, lastApplication, lastConfirmLink, nave } from '../helpers/applying.ts'
import { openBrowser, rowsOf, signIn } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'

const world = async (t: Parameters<typeof testApp>[0], email = nave.email) => {
  const test = await testApp(t)
  await addManager(test, { spaceId: await addSpace(test), role: 'owner' }, 'ines@example.org')
  const browser = openBrowser(test)
  await applyBy(browser, { ...nave, email })
  return { test, browser, link: await lastConfirmLink(test), id: await lastApplication(test) }
}

t.test('the button behind the link confirms, and who is new is in with it', async (t) => {
  const { test, browser, link, id } = await world(t)
  const pressed = await browser.send(link)
  t.strictSame([pressed.statusCode, pressed.headers.location], [303, `/applications/${id}`])
  t.match((await browser.get('/home')).body, 'You act for Nave, as owner.')
  t.match((await rowsOf(test, 'applications'))[0], 'pending')
})

t.test('looking at the link changes nothing, whatever looks and how often', async (t) => {
  const { test, browser, link } = await world(t)
  const state = async () => [await rowsOf(test, 'applications'), await rowsOf(test, 'managers')]
  const before = await state()
  for (const method of ['GET', 'HEAD', 'GET'] as const) {
    const { statusCode, headers } = await test.app.inject({ method, url: link })
    t.equal(statusCode, 200)
    t.equal(headers['set-cookie'], undefined)
  }
  t.strictSame(await state(), before)
  t.equal((await browser.send(link)).statusCode, 303)
})

t.test('used, over or forged, the link is gone, and the page says what to do', async (t) => {
  const { test, browser, link } = await world(t)
  const isGone = async (path: string) => {
    for (const answer of [await browser.get(path), await browser.send(path)]) {
      t.equal(answer.statusCode, 410)
      t.match(answer.body, 'This link no longer works')
      t.match(answer.body, 'href="/join"')
    }
  }
  const last = link.at(-1) === 'A' ? 'Q' : 'A'
  for (const forged of [`${link.slice(0, -1)}${last}`, `${link}A`, '/join/confirm/x']) await isGone(forged)
  await browser.send(link)
  await isGone(link)
  test.deps.clock.advance(1)
  await applyBy(openBrowser(test), { ...nave, name: 'Arche' })
  const late = await lastConfirmLink(test)
  test.deps.clock.advance(2 * day - 1)
  t.equal((await browser.get(late)).statusCode, 200)
  test.deps.clock.advance(1)
  await isGone(late)
  t.equal((await rowsOf(test, 'spaces')).length, 2)
})

t.test('a second mail for one space says that the application waits, and adds nothing', async (t) => {
  const { test, browser, link } = await world(t)
  test.deps.clock.advance(1)
  await applyBy(browser)
  const second = await lastConfirmLink(test)
  await browser.send(link)
  const pressed = await browser.send(second)
  t.equal(pressed.statusCode, 409)
  t.match(pressed.body, '<h1>Your application for Nave waits already.</h1>')
  t.equal((await rowsOf(test, 'spaces')).length, 2, 'that of Inês, and Nave once')
})

t.test('of many presses at once one confirms, and one session begins', async (t) => {
  const { test, link } = await world(t)
  const presses = Array.from({ length: 8 }, () => openBrowser(test).send(link))
  const codes = (await Promise.all(presses)).map(({ statusCode }) => statusCode).sort()
  t.strictSame(codes, [303, ...Array.from({ length: 7 }, () => 410)])
  t.equal((await rowsOf(test, 'sessions')).length, 1)
  t.equal((await rowsOf(test, 'spaces')).length, 2)
})

t.test('a forwarded link opens nobody’s account: who is known here signs in as always', async (t) => {
  const { test, browser, link, id } = await world(t, 'ines@example.org')
  const pressed = await browser.send(link)
  t.strictSame([pressed.statusCode, pressed.headers.location], [303, `/join/confirmed?application=${id}`])
  t.equal(pressed.headers['set-cookie'], undefined)
  t.strictSame(await rowsOf(test, 'sessions'), [])
  const page = (await browser.get(String(pressed.headers.location))).body
  t.match(page, `href="/sign-in?return=${encodeURIComponent(`/applications/${id}`)}"`)
  t.match((await rowsOf(test, 'applications'))[0], 'pending', 'it counts all the same')
})

t.test(
  'nobody who is signed in becomes somebody else by pressing a link that was sent to them',
  async (t) => {
    const { test, link, id } = await world(t)
    const victim = await signIn(test, 'ines@example.org')
    const session = victim.cookies.get('__Host-waggle')
    const pressed = await victim.send(link)
    t.equal(pressed.headers.location, `/join/confirmed?application=${id}`)
    t.equal(victim.cookies.get('__Host-waggle'), session)
    t.match((await victim.get('/home')).body, 'Inês Moura')
  },
)

t.test('who applies once more by the address that is known signs in, however it was known', async (t) => {
  const { test, browser, link } = await world(t)
  await browser.send(link)
  test.deps.clock.advance(hour)
  const other = openBrowser(test)
  await applyBy(other, { ...nave, name: 'Ruche' })
  const again = await other.send(await lastConfirmLink(test))
  t.match(again.headers.location, '/join/confirmed?application=')
  t.notOk(other.cookies.has('__Host-waggle'))
})

t.test('neither logs nor tables nor the outbox hold the address or the link', async (t) => {
  const { test, browser, link, id } = await world(t)
  await browser.get(link)
  await browser.send(link)
  await browser.get(`/join?q=${nave.email}`)
  await browser.get(link)
  const tables = [
    'applications',
    'outbox',
    'audit_log',
    'managers',
    'sessions',
    'idempotency_keys',
    'rate_limits',
  ]
  const kept = [...test.logs, ...(await Promise.all(tables.map((table) => rowsOf(test, table)))).flat()].join(
    '\n',
  )
  for (const secret of [nave.email, link.split('/')[3]!]) t.notMatch(kept, secret)
  t.match(kept, id.slice(4, 8))
})

t.test('the page for who is known leads to an application and nowhere else', async (t) => {
  const { browser } = await world(t)
  for (const application of ['', 'x', '//evil.example', 'app_"><script>', 'spc_01kn3xq5wde7mvqrb2fj8s6t4a'])
    t.equal(
      (await browser.get(`/join/confirmed?application=${encodeURIComponent(application)}`)).statusCode,
      404,
    )
  t.equal((await browser.get('/join/confirmed')).statusCode, 404)
})
