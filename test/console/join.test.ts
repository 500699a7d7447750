import t from 'tap'
import { testApp } from '../helpers/app.ts'
import { applyBy, lastApplication, lastConfirmLink, nave } from '../helpers/applying.ts'
import { openBrowser, rowsOf, signIn } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import { queriesOf } from '../helpers/queries.ts'
import type { TestApp } from '../helpers/app.ts'
import { minute } from '../../src/platform/clock.ts'
import { searchTextOf } from '../../src/spaces/fold.ts'

const unclaimed = (test: TestApp, name: string, fields: Parameters<typeof addSpace>[1] = {}) =>
  addSpace(test, { name, status: 'unclaimed', searchText: searchTextOf(name, 'Lyon'), ...fields })

const script = '<script>alert(1)</script>'

t.test(
  'three things typed are an application: name, city and address; it waits for the mailed link',
  async (t) => {
    const test = await testApp(t)
    const browser = openBrowser(test)
    const page = (await browser.get('/join/apply')).body
    t.strictSame(
      [...page.matchAll(/<(?:input|textarea)[^>]* required/g)].map(([tag]) => /name="(\w+)"/.exec(tag)?.[1]),
      ['name', 'city', 'email'],
    )
    t.match(page, 'The spaces of the network read what you write here')
    const sent = await applyBy(browser, { name: ' Nave ', city: 'lyon', email: 'lea@nave.example' })
    t.strictSame([sent.statusCode, sent.headers.location], [303, '/join/sent'])
    t.match((await browser.get('/join/sent')).body, 'within 2 days')
    const [row] = await rowsOf(test, 'applications')
    for (const part of ['unconfirmed', 'Nave', '""FR""']) t.match(row, part)
    t.equal((await rowsOf(test, 'managers')).length, 0)
  },
)

t.test(
  'background, challenge and statement come along, and the name by which somebody is greeted',
  async (t) => {
    const test = await testApp(t)
    const browser = openBrowser(test)
    const words = {
      background: 'A print shop.',
      challenge: 'August.',
      statement: 'Printers\r\naround a court.',
    }
    await applyBy(browser, { ...nave, person: 'Léa Martin', website: 'nave.example', ...words })
    const link = await lastConfirmLink(test)
    t.match((await browser.get(link)).body, 'Nave asks to be taken in')
    await browser.send(link)
    const home = (await browser.get('/home')).body
    t.match(home, 'Léa Martin')
    const [space] = await rowsOf(test, 'spaces')
    for (const part of ['A print shop.', 'August.', 'https://nave.example', 'lea@nave.example'])
      t.match(space, part)
    t.match((await rowsOf(test, 'applications'))[0], 'Printers\naround a court.')
  },
)

t.test('who gives no name is greeted by that of the space, and gets no mails for it unasked', async (t) => {
  const test = await testApp(t)
  const browser = openBrowser(test)
  await applyBy(browser, { name: 'N'.repeat(120), city: 'Lyon', email: 'lea@nave.example' })
  await browser.send(await lastConfirmLink(test))
  t.match((await browser.get('/home')).body, new RegExp(`<h1>N{100}</h1>`))
  t.notMatch((await rowsOf(test, 'spaces'))[0], 'lea@nave.example')
})

t.test(
  'a space is found in the directory by beginnings of its name and city, if nobody speaks for it yet',
  async (t) => {
    const test = await testApp(t)
    const browser = openBrowser(test)
    const id = await unclaimed(test, 'La Traboule', { address: { street: '4 rue Juiverie' } })
    for (const [name, status] of [
      ['La Tour', 'admitted'],
      ['La Tulipe', 'registered'],
      ['La Toile', 'suspended'],
    ] as const)
      await addSpace(test, { name, status, searchText: searchTextOf(name, 'Lyon') })
    const page = (await browser.get('/join?q=LYON+la+t')).body
    t.match(page, '4 rue Juiverie, Lyon, France')
    t.match(page, `/join/apply?space=${id}`)
    for (const other of ['La Tour', 'La Tulipe', 'La Toile']) t.notMatch(page, other)
    for (const q of ['bordeaux', '%21%3F', script, 'x'.repeat(400), '%F0%9F%90%9D']) {
      const nothing = await browser.get(`/join?q=${encodeURIComponent(decodeURIComponent(q))}`)
      t.equal(nothing.statusCode, 200)
      t.match(nothing.body, 'Nothing waits here under')
      t.notMatch(nothing.body, script)
    }
    t.equal((await browser.get('/join?q=a&q=b')).statusCode, 200)
    for (let n = 0; n < 21; n += 1) await unclaimed(test, `Ruche ${String(n)}`)
    const many = (await browser.get('/join?q=ruche')).body
    t.equal([...many.matchAll(/This is mine/g)].length, 20)
    t.match(many, 'There are more.')
  },
)

t.test('a space of the directory is claimed with an address alone', async (t) => {
  const test = await testApp(t)
  const browser = openBrowser(test)
  const id = await unclaimed(test, `La <Traboule>`, { domain: 'traboule.example' })
  const page = (await browser.get(`/join/apply?space=${id}`)).body
  t.match(page, 'You speak for La &lt;Traboule>')
  t.match(page, 'An address at traboule.example proves at once')
  const sent = await applyBy(browser, { space: id, email: 'max@traboule.example' })
  t.equal(sent.headers.location, '/join/sent')
  t.match((await rowsOf(test, 'applications'))[0], 'claim')
})

t.test('a space that somebody speaks for, or that is none, cannot be claimed', async (t) => {
  const test = await testApp(t)
  const browser = openBrowser(test)
  const ids = [await addSpace(test), await addSpace(test, { status: 'registered' }), 'spc_x', '']
  for (const space of ids) {
    t.equal((await browser.get(`/join/apply?space=${space}`)).statusCode, 404)
    const sent = await browser.send('/join/apply', { space, email: 'max@traboule.example' })
    t.equal(sent.statusCode, 404)
    t.match(sent.body, 'perhaps somebody speaks for it already')
  }
  t.strictSame(await rowsOf(test, 'applications'), [])
})

t.test('every fault stands beside its field, what was typed is kept, and nothing is sent', async (t) => {
  const test = await testApp(t)
  const browser = openBrowser(test)
  const of = async (fields: Record<string, string>) => {
    const answer = await browser.send('/join/apply', fields)
    t.equal(answer.statusCode, 422)
    t.notMatch(answer.body, '<script>')
    const faults = answer.body.matchAll(/<div class="field bad">.*?id="(\w+)-hint">(.*?)<\/p>/gs)
    return {
      body: answer.body,
      faults: Object.fromEntries([...faults].map(([, name, said]) => [name, said])),
    }
  }
  t.strictSame((await of({})).faults, {
    name: 'Tell us what your space is called.',
    city: 'Tell us in which city it is.',
    email: 'We need an address to write to.',
  })
  const typed = {
    ...nave,
    email: 'lea@',
    website: 'nave nave',
    challenge: 'c'.repeat(1001),
    person: 'a\u0007b',
  }
  const kept = await of({ ...typed, statement: script })
  t.strictSame(kept.faults, {
    website: 'That is no web address. Write it as in nave.example.',
    email: 'That is no e-mail address. Write it as in name@example.org.',
    person: 'Write your name on one line.',
    challenge: 'That is too long: at most 1000 characters.',
  })
  for (const words of [
    'value="Nave"',
    'value="Lyon"',
    'value="lea@"',
    'value="nave nave"',
    '&lt;script>',
    'ccc',
    'checked',
  ])
    t.match(kept.body, words)
  t.match(kept.body, /id="website"[^>]* autofocus/, 'the reader stands at the first one')
  t.notMatch((await of({ ...typed, takesMails: '', name: '' })).body, /name="name"[^>]*value="Nave"/)
  t.match(
    (await of({ ...nave, name: '"><img src=x onerror=alert(1)>', city: '<b>' })).body,
    'value="&quot;>&lt;img',
  )
  t.strictSame(await rowsOf(test, 'applications'), [])
})

t.test(
  'the country comes from the city, is asked for where several have one, and an unknown city is talked about',
  async (t) => {
    const test = await testApp(t)
    const browser = openBrowser(test)
    const said = async (city: string, country = '') => {
      const { statusCode, body } = await applyBy(browser, { ...nave, city, country })
      return statusCode === 303 ? 'sent' : /class="field bad">.*?-hint">(.*?)<\/p>/s.exec(body)?.[1]
    }
    t.equal(
      await said('Birmingham'),
      'There is a Birmingham in United Kingdom and United States. Choose yours.',
    )
    t.equal(await said('Birmingham', 'GB'), 'sent')
    t.equal(await said('Birmingham, United States'), 'sent')
    t.match((await rowsOf(test, 'applications')).at(-1), '""US""')
    t.equal(
      await said('Nowherebourg'),
      'We do not know this city. Look at the spelling, or choose the country below.',
    )
    t.match(await said('Bordaux', 'FR'), 'We know no such city in France. Did you mean Bordeaux?')
    t.equal(await said('Bordeaux', 'XX'), 'sent', 'a country that is none counts as none')
  },
)

t.test('whether an address is known shows in no answer and in none of the work behind it', async (t) => {
  const test = await testApp(t)
  await addManager(test, { spaceId: await addSpace(test), role: 'owner' }, 'ines@example.org')
  const apply = async (email: string) => {
    const browser = openBrowser(test)
    const seen: unknown[] = []
    const queries = await queriesOf(test, async () => {
      const { statusCode, headers, body } = await applyBy(browser, { ...nave, email })
      const { date, ratelimit, ...rest } = headers
      seen.push(statusCode, rest, body)
    })
    return { seen, queries }
  }
  await apply('warm@example.org')
  const [known, unknown] = [await apply('ines@example.org'), await apply('nobody@example.org')]
  t.strictSame(known.seen, unknown.seen)
  t.strictSame(known.queries, unknown.queries)
})

t.test(
  'a form that is sent twice is one application, also at the same moment; one that was mended is another',
  async (t) => {
    const test = await testApp(t)
    const browser = openBrowser(test)
    const once = { ...nave, once: 'a' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => browser.send('/join/apply', once)))
    answers.push(await browser.send('/join/apply', once))
    for (const { statusCode, headers } of answers)
      t.strictSame([statusCode, headers.location], [303, '/join/sent'])
    t.equal((await rowsOf(test, 'applications')).length, 1)
    await browser.send('/join/apply', { ...once, email: 'max@nave.example' })
    await applyBy(browser)
    t.equal((await rowsOf(test, 'applications')).length, 3)
  },
)

t.test('a form of another site applies for nobody, and confirms nothing', async (t) => {
  const test = await testApp(t)
  const browser = openBrowser(test)
  await applyBy(browser)
  const link = await lastConfirmLink(test)
  for (const headers of [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])
    for (const path of ['/join/apply', link])
      t.equal((await browser.send(path, nave, headers)).statusCode, 403)
  t.equal((await rowsOf(test, 'applications')).length, 1)
  t.equal((await rowsOf(test, 'managers')).length, 0)
})

t.test('who is signed in applies for one more space as who they are', async (t) => {
  const test = await testApp(t)
  await addManager(test, { spaceId: await addSpace(test), role: 'owner' }, 'ines@example.org')
  const browser = await signIn(test, 'ines@example.org')
  t.match((await browser.get('/join/apply')).body, 'value="ines@example.org"')
  await applyBy(browser, { ...nave, email: 'ines@example.org' })
  const before = browser.cookies.get('__Host-waggle')
  const confirmed = await browser.send(await lastConfirmLink(test))
  t.equal(confirmed.headers.location, `/applications/${await lastApplication(test)}`)
  t.equal(browser.cookies.get('__Host-waggle'), before, 'and stays in the same session')
})

t.test(
  'five applications an hour from one address; the sixth is told to wait, and the page says so',
  async (t) => {
    const test = await testApp(t)
    const browser = openBrowser(test)
    const apply = (n: number) => applyBy(browser, { ...nave, email: `lea${String(n)}@nave.example` })
    for (let n = 0; n < 5; n += 1) t.equal((await apply(n)).statusCode, 303)
    const refused = await apply(5)
    t.strictSame([refused.statusCode, refused.headers['retry-after']], [429, '720'])
    t.match(refused.body, 'One moment, please')
    test.deps.clock.advance(12 * minute)
    t.equal((await apply(5)).statusCode, 303)
  },
)
