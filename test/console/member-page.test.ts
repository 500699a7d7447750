import t from 'tap'
import { linkUrl, type LinkKind } from '../../src/members/link.ts'
import { day } from '../../src/platform/clock.ts'
import type { Id } from '../../src/platform/ids.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { longestLife } from '../../src/referrals/clocks.ts'
import { declineReferral } from '../../src/referrals/decline.ts'
import { getReferral } from '../../src/referrals/get.ts'
import { attested, byLink, makeWorld, member, refer, rowsAsText, type World } from '../events/world.ts'
import { ownForm, reports } from './pages.ts'

const pathOf = ({ deps }: World, kind: LinkKind, id: Id<'referral'>) =>
  linkUrl('', deps.keys.link, kind, { id, linkNumber: null })

const press = ({ app }: World, url: string, headers: Record<string, string> = ownForm) =>
  app.inject({ method: 'POST', url, headers, payload: '' })

t.test('a member who is asked sees who would read what, says yes, and the referral is sent', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, byLink)
  const path = pathOf(world, 'member', id)
  const asked = await world.app.inject(path)
  t.equal(asked.statusCode, 200)
  for (const words of [
    'may we introduce you to La Traboule in Lyon?',
    'Cais Aberto in Lisbon thinks you would be well there. Nothing has been sent yet.',
    'moving to Lyon in March. Wants quiet &amp; &lt;daylight>.',
    'She organised our drawing nights.',
    member.name,
    member.email,
    member.phone,
    '14 rue Tissot, 69009 Lyon',
    'You can answer until Friday 27 November, 10:30 (Lyon time).',
  ])
    t.match(asked.body, words)

  const answer = await press(world, `${path}/grant`)
  t.strictSame([answer.statusCode, answer.headers.location], [303, path])
  const after = await world.app.inject(path)
  t.match(after.body, 'Cais Aberto has referred you to La Traboule in Lyon')
  t.match(after.body, 'You said yes on 20 November 2026')
  t.match(after.body, `action="${path}/revoke"`)
  t.equal((await getReferral(world.receiver, id)).status, 'sent')
})

t.test('saying no sends nothing and erases what was written', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, byLink)
  const path = pathOf(world, 'member', id)
  t.equal((await press(world, `${path}/refuse`)).statusCode, 303)
  const page = await world.app.inject(path)
  t.match(page.body, 'Nothing is sent')
  for (const words of ['Teresa', member.email, 'Illustrator', 'drawing nights', '<form'])
    t.notMatch(page.body, words)
  t.equal(await rowsAsText(world, 'referral_texts'), '')
  await t.rejects(getReferral(world.receiver, id), { code: 'not_found' })
})

t.test('withdrawing consent hides the contact on the page and from the receiver at once', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, byLink)
  const path = pathOf(world, 'member', id)
  await press(world, `${path}/grant`)
  await acceptReferral(world.receiver, id, {
    terms: { kind: 'free', note: 'a week' },
    message: 'Come on Monday.',
  })
  const accepted = await world.app.inject(path)
  for (const words of ['La Traboule has said yes', 'Come on Monday.', 'free of charge: a week'])
    t.match(accepted.body, words)
  t.ok((await getReferral(world.receiver, id)).member)

  t.equal((await press(world, `${path}/revoke`)).statusCode, 303)
  t.equal((await getReferral(world.receiver, id)).member, null)
  const page = await world.app.inject(path)
  t.equal(page.statusCode, 200)
  t.match(page.body, 'You have withdrawn your consent')
  for (const words of ['Teresa', member.email, 'Come on Monday', '<form']) t.notMatch(page.body, words)
})

t.test('looking changes nothing, however often and by whatever method a mail scanner looks', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, byLink)
  const path = pathOf(world, 'member', id)
  const tables = ['referrals', 'referral_events', 'referral_texts', 'outbox', 'audit_log', 'links']
  const all = async () => (await Promise.all(tables.map((table) => rowsAsText(world, table)))).join('\n')
  const before = await all()
  for (const method of ['GET', 'HEAD', 'GET'] as const) await world.app.inject({ method, url: path })
  for (const name of ['grant', 'refuse', 'revoke', ...reports]) {
    await world.app.inject(`${path}/${name}`)
  }
  t.equal(await all(), before)
})

t.test('the address of a form, opened or loaded again, leads to the page', async (t) => {
  const world = await makeWorld(t)
  const path = pathOf(world, 'member', (await refer(world, byLink)).id)
  for (const name of ['grant', 'refuse', 'revoke', ...reports]) {
    const { statusCode, headers } = await world.app.inject(`${path}/${name}`)
    t.strictSame([statusCode, headers.location, headers['cache-control']], [303, path, 'no-store'], name)
  }
  const nowhere = await world.app.inject('/m/%0d%0aa%2f..%2fb/schedule')
  t.strictSame([nowhere.statusCode, nowhere.headers.location], [303, '/m/%0D%0Aa%2F..%2Fb'])
})

t.test(
  'an answer that comes twice, or when it is no longer possible, leads to how things stand',
  async (t) => {
    const world = await makeWorld(t)
    const { id } = await refer(world, byLink)
    const path = pathOf(world, 'member', id)
    await press(world, `${path}/grant`)
    for (const name of ['grant', 'refuse']) {
      t.equal((await press(world, `${path}/${name}`)).statusCode, 303, name)
      t.equal((await getReferral(world.receiver, id)).status, 'sent')
    }
    await declineReferral(world.receiver, id, { reason: 'vetting_concern', note: 'Owes us money.' })
    t.equal((await press(world, `${path}/revoke`)).statusCode, 303)
    const page = await world.app.inject(path)
    t.match(page.body, 'La Traboule cannot take you this time')
    t.notMatch(page.body, /vetting|concern|Owes/)
  },
)

t.test('after a week the page says that the time is over, and a yes sends nothing', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, byLink)
  const path = pathOf(world, 'member', id)
  world.deps.clock.advance(7 * day + 1)
  t.equal((await press(world, `${path}/grant`)).statusCode, 303)
  await t.rejects(getReferral(world.receiver, id), { code: 'not_found' })
  const page = await world.app.inject(path)
  t.match(page.body, 'The time to answer is over')
  t.notMatch(page.body, `action="${path}/grant"`)
  await press(world, `${path}/refuse`)
  t.equal(await rowsAsText(world, 'referral_texts'), '', 'it can still be erased')
})

t.test(
  'a member whom the sender vouched for sees what was said of the consent, and can withdraw it',
  async (t) => {
    const world = await makeWorld(t)
    const { id } = await refer(world, { ...attested, named: true })
    const page = await world.app.inject(pathOf(world, 'member', id))
    t.match(page.body, 'Cais Aberto says that you agreed on 19 November 2026, in person.')
    t.match(page.body, 'Your name, with it')
    t.match(page.body, '/revoke')
  },
)

t.test('a link that is unknown, run out or not meant for this page: one friendly page, 410', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, byLink)
  const draft = await refer(world, byLink, { draft: true })
  const path = pathOf(world, 'member', id)
  const dead = ['/m/x', path.replace('/m/', '/i/'), pathOf(world, 'member', draft.id)]
  const pages = await Promise.all(dead.map((url) => world.app.inject(url)))
  world.deps.clock.advance(longestLife(world.deps.policy) + world.deps.policy.closedIdentity + day)
  pages.push(await world.app.inject(path))
  for (const name of ['grant', 'revoke', ...reports]) pages.push(await press(world, `${path}/${name}`))
  for (const { statusCode, headers, body } of pages) {
    t.equal(statusCode, 410)
    t.match(headers['content-type'], 'text/html')
    t.match(body, 'This link no longer works')
    t.notMatch(body, 'Teresa')
  }
})

t.test('a form on another site answers nothing', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, byLink)
  const url = `${pathOf(world, 'member', id)}/grant`
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
  ]
  for (const headers of foreign) {
    const answer = await press(world, url, headers)
    t.equal(answer.statusCode, 403)
    t.match(answer.body, 'Nothing was changed')
  }
  await t.rejects(getReferral(world.receiver, id), { code: 'not_found' })
  t.equal((await press(world, url, { origin: 'https://waggle.test' })).statusCode, 303)
})

t.test('pages are for one reader: not cached, not listed, not framed, no script, no referrer', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, byLink)
  for (const url of [pathOf(world, 'member', id), '/m/unknown', '/i/unknown']) {
    const { headers, body } = await world.app.inject(url)
    t.equal(headers['cache-control'], 'no-store')
    t.equal(headers['referrer-policy'], 'no-referrer')
    t.match(headers['x-robots-tag'], 'noindex')
    const policy = String(headers['content-security-policy'])
    t.match(policy, "default-src 'none'")
    t.match(policy, "frame-ancestors 'none'")
    t.notMatch(policy, 'unsafe')
    t.notMatch(body, /<script|style=| on\w+=/)
  }
})

t.test('the pages are no part of the contract of the API', async (t) => {
  const { app } = await makeWorld(t)
  const { paths } = (await app.inject('/openapi.json')).json<{ paths: object }>()
  t.strictSame(
    Object.keys(paths).filter((path) => /^\/(m|i|assets)\b/.test(path)),
    [],
  )
})

t.test('the database away: a page that says so, and keeps the link', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, byLink)
  const { pool } = world.deps.db
  t.intercept(pool, 'connect', {
    value: () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
  })
  const page = await world.app.inject(pathOf(world, 'member', id))
  t.equal(page.statusCode, 503)
  t.equal(page.headers['retry-after'], '2')
  t.match(page.headers['content-type'], 'text/html')
  t.match(page.body, 'Waggle cannot answer just now')
})
