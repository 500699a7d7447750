import t, { type Test } from 'tap'
import { minute } from '../../src/platform/clock.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { formTokenIn, openBrowser, signIn, type Browser } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import { newLines, openMailbox, startMailTo } from '../events/mailbox.ts'

const world = async (t: Test) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test, { name: 'Cais Aberto' })
  await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  const box = await openMailbox(t)
  /** The path of the link that is mailed to a colleague. */
  const mailedLink = async () => {
    const mail = startMailTo(t, test.deps, box.port, newLines())
    await mail.drain()
    await mail.stop()
    const letter = box.received.splice(0).find(({ mail: { text } }) => text?.includes('/people/join/'))
    return /\/people\/join\/[\w-]+/.exec(letter?.mail.text ?? '')?.[0] ?? ''
  }
  return { test, spaceId, owner: await signIn(test, 'ines@example.org'), mailedLink, box }
}

const accept = async (browser: Browser, link: string, fields: Record<string, string> = {}) =>
  browser.send(link, { form: formTokenIn((await browser.get('/home')).body), ...fields })

t.test('a colleague is invited, signs in by the address, accepts, and acts for the space', async (t) => {
  const { test, owner, mailedLink } = await world(t)
  const invited = await owner.press('/people', { email: 'Rui@Example.org', role: 'manager' })
  t.equal(invited.statusCode, 303)
  t.match((await owner.get('/people')).body, 'rui@example.org')
  const link = await mailedLink()
  const stranger = openBrowser(test)
  const page = await stranger.get(link)
  t.match(page.body, 'Cais Aberto')
  t.match(page.body, `href="/sign-in?return=${encodeURIComponent(link)}"`)
  t.notMatch(page.body, 'example.org', 'whoever finds the link learns no address')
  t.equal((await stranger.send(link)).statusCode, 403)

  const rui = await signIn(test, 'rui@example.org')
  t.match((await rui.get(link)).body, 'Your name')
  const nameless = await accept(rui, link, { name: ' ' })
  t.equal(nameless.statusCode, 422)
  t.match(nameless.body, 'Say what you are called')
  t.strictSame((await accept(rui, link, { name: 'Rui' })).headers.location, '/home')
  t.match((await rui.get('/home')).body, 'You act for Cais Aberto, as manager.')
  t.equal((await rui.get(link)).statusCode, 410, 'once')
})

t.test('the link is worth nothing to anybody else, nor without our own form', async (t) => {
  const { test, owner, mailedLink } = await world(t)
  await addManager(test, { spaceId: await addSpace(test), role: 'owner' }, 'eve@example.org')
  await owner.press('/people', { email: 'rui@example.org', role: 'owner' })
  const link = await mailedLink()
  const eve = await signIn(test, 'eve@example.org')
  t.match((await eve.get(link)).body, 'another address')
  t.equal((await accept(eve, link, { name: 'Eve' })).statusCode, 403)
  const rui = await signIn(test, 'rui@example.org')
  t.equal((await rui.send(link, { name: 'Rui' })).statusCode, 403, 'without the token of the form')
  const form = formTokenIn((await rui.get('/home')).body)
  const foreign = await rui.send(link, { form, name: 'Rui' }, { 'sec-fetch-site': 'cross-site' })
  t.equal(foreign.statusCode, 403)
  t.notMatch(test.logs.join(), link, 'and it stands in no log')
})

t.test('faults are told beside what was typed', async (t) => {
  const { owner } = await world(t)
  const wrong = await owner.press('/people', { email: 'rui at home', role: 'manager' })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'value="rui at home"')
  t.match(wrong.body, 'That is no e-mail address')
  const there = await owner.press('/people', { email: 'ines@example.org', role: 'viewer' })
  t.equal(there.statusCode, 409)
  t.match(there.body, 'acts for your space already')
  const last = await owner.press('/people/leave')
  t.equal(last.statusCode, 409)
  t.match(last.body, 'A space keeps an owner')
})

const colleague = async (test: TestApp, spaceId: Parameters<typeof addManager>[1]) =>
  addManager(test, spaceId, 'rui@example.org')

t.test('an owner changes a role and takes somebody out; the pages of the other follow', async (t) => {
  const { test, spaceId, owner } = await world(t)
  await colleague(test, { spaceId, role: 'viewer' })
  const rui = await signIn(test, 'rui@example.org')
  t.equal((await rui.get('/people')).statusCode, 403, 'a viewer sees no addresses')
  const other = await otherThan(owner)
  await owner.press(`/people/${other}/change-role`, { role: 'manager' })
  t.match((await rui.get('/home')).body, 'as manager')
  t.match((await rui.get('/people')).body, 'ines@example.org')
  t.notMatch((await rui.get('/people')).body, 'Invite a colleague')
  t.equal((await rui.press('/people', { email: 'a@example.org', role: 'viewer' })).statusCode, 403)
  await owner.press(`/people/${other}/remove`)
  t.match((await rui.get('/home')).body, 'You belong to no space')
})

/** The one of them who is not the reader: only that page offers to hand the space over. */
const otherThan = async (browser: Browser): Promise<string> => {
  const { body } = await browser.get('/people')
  for (const [, id = ''] of body.matchAll(/href="\/people\/(mgr_\w{26})"/g))
    if ((await browser.get(`/people/${id}`)).body.includes('/hand-over"')) return id
  throw new Error('Nobody else is there')
}

t.test('a space is handed over by who has signed in just now', async (t) => {
  const { test, spaceId, owner } = await world(t)
  await colleague(test, { spaceId, role: 'manager' })
  const other = await otherThan(owner)
  test.deps.clock.advance(15 * minute)
  t.equal((await owner.press(`/people/${other}/hand-over`)).headers.location, `/people/${other}`)
  t.match((await owner.get('/home')).body, 'as owner')
  t.match((await owner.get(`/people/${other}`)).body, 'sign in anew')
  const fresh = await signIn(test, 'ines@example.org')
  await fresh.press(`/people/${other}/hand-over`)
  t.match((await fresh.get('/home')).body, 'as manager')
  t.match((await (await signIn(test, 'rui@example.org')).get('/home')).body, 'as owner')
})

t.test('people of another space have no page here', async (t) => {
  const { test, owner } = await world(t)
  const { managerId } = await addManager(
    test,
    { spaceId: await addSpace(test), role: 'owner' },
    'eve@example.org',
  )
  for (const path of ['', '/change-role', '/remove', '/hand-over']) {
    const answer =
      path === ''
        ? await owner.get(`/people/${managerId}`)
        : await owner.press(`/people/${managerId}${path}`, { role: 'viewer' })
    t.equal(answer.statusCode, 404, path)
  }
})
