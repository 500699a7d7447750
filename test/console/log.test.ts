import t, { type Test } from 'tap'
import { auditLog } from '../../db/schema/events.ts'
import { csvLine } from '../../src/audit/csv.ts'
import { createClient } from '../../src/access/create-client.ts'
import { suspendSpace } from '../../src/network/suspend-space.ts'
import { instant, millisOf } from '../../src/platform/clock.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { newId } from '../../src/platform/ids.ts'
import { testApp, testStart } from '../helpers/app.ts'
import { openBrowser, signIn } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addCaller, addSpace, sendFrom, steward } from '../helpers/network.ts'

/** Inês owns Cais Aberto, in Lyon; an API client and she herself have looked at somebody. */
const openWorld = async (t: Test) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test, { name: 'Cais Aberto' })
  const owner = await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  const receiver = await addCaller(test)
  const id = await sendFrom(owner, receiver)
  await owner.get(`/v1/referrals/${id}`)
  return { test, spaceId, owner, receiver, id, browser: await signIn(test, 'ines@example.org') }
}

type World = Awaited<ReturnType<typeof openWorld>>

/** Many things that a clock did for the space, a second apart. */
const addRows = ({ test, spaceId }: World, count: number, from = testStart) => {
  const rows = Array.from({ length: count }, (_, n) => ({
    spaceId,
    at: instant(from - 1000 * n),
    id: newId('audit', from - 1000 * n),
    actorKind: 'clock',
    actorId: 'test',
    action: 'recordNotice',
    objectId: `row-${String(n)}`,
    requestId: 'test',
  }))
  return test.deps.db.pool.query(insertAll([rowsOf(auditLog, rows)]))
}

const plain = (source: string) => source.replaceAll(/<[^>]+>/g, '').replaceAll('&quot;', '"')

t.test('an owner reads in words what was done, and finds the page from home', async (t) => {
  const world = await openWorld(t)
  const { browser, id, test } = world
  t.match((await browser.get('/home')).body, 'href="/log"')
  const page = await browser.get('/log')
  t.equal(page.statusCode, 200)
  for (const words of [`Inês Moura opened the contact of ${id}`, `Inês Moura wrote the referral ${id}`])
    t.match(plain(page.body), words)
  t.notMatch(page.body, /Ada|Lovelace/)
  await addManager(test, { spaceId: await addSpace(test), role: 'owner' }, 'other@example.org')
  const theirs = await (await signIn(test, 'other@example.org')).get('/log')
  t.match(theirs.body, 'Nothing was done in these days.')
  t.notMatch(theirs.body, id)
})

t.test('managers and viewers are refused the page and the file; nobody is asked to sign in', async (t) => {
  const { test, spaceId } = await openWorld(t)
  for (const role of ['manager', 'viewer'] as const) {
    await addManager(test, { spaceId, role }, `${role}@example.org`)
    const browser = await signIn(test, `${role}@example.org`)
    t.notMatch((await browser.get('/home')).body, 'href="/log"')
    for (const path of ['/log', '/log/export']) {
      const { statusCode, headers, body } = await browser.get(path)
      t.equal(statusCode, 403, `${role} ${path}`)
      t.match(headers['content-type'], 'text/html')
      t.match(body, 'You may not do this')
    }
  }
  for (const path of ['/log', '/log/export']) {
    const { statusCode, headers } = await openBrowser(test).get(path)
    t.equal(statusCode, 303)
    t.match(headers.location, /^\/sign-in/)
  }
})

t.test('the steward reads what was decided about a space, and not whose contact it opened', async (t) => {
  const { test, spaceId, id } = await openWorld(t)
  await suspendSpace(steward(test), spaceId, 'Members were charged.')
  await addManager(test, 'steward', 'steward@example.org')
  const browser = await signIn(test, 'steward@example.org')
  for (const path of ['/log', '/log/export']) {
    const { body } = await browser.get(path)
    t.match(plain(body), path === '/log' ? `suspended ${spaceId}` : `suspendSpace,${spaceId}`)
    t.notMatch(body, id)
    t.notMatch(body, /openContact|opened the contact/)
  }
})

t.test('fifty at a time, and "Earlier" leads to each of the others once', async (t) => {
  const world = await openWorld(t)
  await addRows(world, 118)
  const seen: string[] = []
  for (let path: string | undefined = '/log'; path !== undefined;) {
    const { body } = await world.browser.get(path)
    const onPage = [...body.matchAll(/<code>([^<]+)<\/code>/g)].map(([, object]) => String(object))
    t.ok(onPage.length <= 50)
    seen.push(...onPage)
    path = /href="(\/log\?[^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  t.equal(seen.filter((one) => one.startsWith('row-')).length, 118)
  t.equal(new Set(seen.filter((one) => one.startsWith('row-'))).size, 118)
})

t.test('days begin and end by the clock of the space', async (t) => {
  const world = await openWorld(t)
  await addRows(world, 2, millisOf('2026-11-10T23:00:00.000Z'))
  const on = async (day: string) => (await world.browser.get(`/log?from=${day}&to=${day}`)).body
  t.match(plain(await on('2026-11-11')), /11 November 2026.*row-0 [a-z ]+00:00/, 'midnight in Lyon')
  t.notMatch(await on('2026-11-11'), 'row-1')
  t.match(plain(await on('2026-11-10')), /10 November 2026.*row-1 [a-z ]+23:59/)
  t.notMatch(await on('2026-11-10'), 'row-0')
})

t.test('what is wrong with a day is said beside it, and what was typed is kept', async (t) => {
  const { browser } = await openWorld(t)
  for (const [query, said, field] of [
    ['from=2026-11-31&to=2026-12-01', 'Please choose a day.', 'from'],
    ['from=2026-11-01&to="><script>', 'Please choose a day.', 'to'],
    ['from=2026-11-02&to=2026-11-01', 'That is after the last day.', 'from'],
    ['from=2025-11-01&to=2026-11-01', 'Please choose a year at most.', 'from'],
  ] as const) {
    const { statusCode, body } = await browser.get(`/log?${query}`)
    t.equal(statusCode, 422, query)
    t.match(body, new RegExp(`id="${field}-fault">${said}`))
    t.match(
      body,
      new RegExp(`aria-invalid="true" autofocus aria-describedby="${field}-fault"`),
      'the reader stands at what is wrong',
    )
    t.notMatch(body, '<script')
    t.match(body, new RegExp(`name="from" value="${/from=([^&]+)/.exec(query)?.[1] ?? ''}"`))
    t.equal((await browser.get(`/log/export?${query}`)).statusCode, 422)
  }
  t.equal((await browser.get('/log?from=2025-11-02&to=2026-11-01')).statusCode, 200, 'a year')
})

t.test('the file holds every row of the days, however many there are', async (t) => {
  const world = await openWorld(t)
  await addRows(world, 1_203)
  const { statusCode, headers, body } = await world.browser.get('/log/export?from=2026-11-20&to=2026-11-20')
  t.equal(statusCode, 200)
  t.equal(headers['content-type'], 'text/csv; charset=utf-8')
  t.equal(headers['content-disposition'], 'attachment; filename="waggle-log-2026-11-20-2026-11-20.csv"')
  t.equal(headers['cache-control'], 'no-store')
  const lines = body.split('\r\n')
  t.equal(lines[0], 'at,actorKind,actorId,actorName,action,objectId,spaceId,requestId,id')
  const objects = lines.slice(1, -1).map((line) => line.split(',')[5])
  t.equal(new Set(objects.filter((one) => one?.startsWith('row-'))).size, 1_203)
  t.equal(objects.filter((one) => one === world.id).length, 2)
  t.equal(lines.at(-1), '', 'every line is ended')
})

t.test('no cell of the file is taken for a formula, and none breaks out of its line', async (t) => {
  const world = await openWorld(t)
  const { spaceId, test, browser } = world
  const name = '=HYPERLINK("https://evil.example","look")'
  const { clientId } = await createClient(steward(test), {
    name,
    owner: { spaceId },
    scopes: ['spaces:read'],
  })
  const row = {
    spaceId,
    at: instant(test.deps.clock.now()),
    id: newId('audit', test.deps.clock.now()),
    actorKind: 'client',
    actorId: clientId,
    action: 'updateSpace',
    objectId: '@SUM(A1)',
    requestId: '+1',
  }
  await test.deps.db.pool.query(insertAll([rowsOf(auditLog, [row])]))
  const { body } = await browser.get('/log/export')
  t.match(body, `,"'=HYPERLINK(""https://evil.example"",""look"")",updateSpace,'@SUM(A1),`)
  t.match(body, ",'+1,")
  for (const bad of ['=1', '+1', '-1', '@a', '\t=1', '\r=1'])
    t.ok(/^"?'/.test(csvLine([bad])), JSON.stringify(bad))
  t.equal(csvLine(['a"b', 'c\nd', 'e,f', null, 'g']), '"a""b","c\nd","e,f",,g\r\n')
})
