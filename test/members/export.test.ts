import t, { type Test } from 'tap'
import { memberExport } from '../../src/members/contract.ts'
import { linkUrl } from '../../src/members/link.ts'
import { day, hour } from '../../src/platform/clock.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { rowsOf } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { newReferral } from '../helpers/network.ts'
import { pageOf } from '../console/pages.ts'
import { cases } from '../referrals/situations.ts'
import { accepts, by, byMember, openWorld, walkFrom, type Move, type Walk } from '../referrals/walks.ts'

const pathOf = ({ deps }: TestApp, id: Walk['id']) =>
  `${linkUrl('', deps.keys.link, 'member', { id, linkNumber: null })}/export`

const fetchFrom = ({ world: { test }, id }: Walk) => test.app.inject(pathOf(test, id))

/** The file, as the contract has it: nothing more, nothing else. */
const fileOf = async (walk: Walk) => memberExport.parse((await fetchFrom(walk)).json())

const member = { name: 'Zerlina Quuxworth', email: 'zerlina@example.org', phone: '+33 6 98 76 54 32' }

const attested = { kind: 'attested', obtainedOn: '2026-11-19', how: 'in_person' }

/** Everything that somebody can write about a person, up to a visit. */
const told = async (t: Test) => {
  const test = await testApp(t)
  const world = await openWorld(test)
  const walk = await walkFrom(
    world,
    { member: { ...member, language: 'fr' }, externalRef: 'book 7', consent: attested },
    by('receiver', 'ask', { question: 'Does the desk move?' }),
    by('sender', 'answer', { answer: 'Up and down.' }),
    by('receiver', 'accept', { terms: { kind: 'free', note: 'for a week' }, message: 'Come on Monday.' }),
    by('receiver', 'record-visit', { on: '2026-11-20' }),
  )
  return { test, world, walk }
}

t.test('the file is valid at every point of every life that a referral can have', async (t) => {
  const test = await testApp(t)
  const world = await openWorld(test)
  const walks = new Map<string, Walk>()
  const days = [...new Set([...cases.flatMap(({ story }) => story.map(([daysAgo]) => daysAgo)), 0])]
  for (const [index, daysAgo] of days.sort((a, b) => b - a).entries()) {
    test.deps.clock.advance(((days[index - 1] ?? daysAgo) - daysAgo) * day)
    await sweepReferrals(test.deps)
    for (const { name, story, begin = walkFrom } of cases) {
      const moves = story.find(([when]) => when === daysAgo)?.slice(1) as Move[] | undefined
      if (!moves) continue
      const walk = walks.get(name) ?? (await begin(world))
      walks.set(name, walk)
      for (const move of moves) await move(walk)
    }
  }
  for (const { name, status } of cases) {
    const walk = walks.get(name)
    if (!walk) throw new Error(`${name} was not walked`)
    const answer = await fetchFrom(walk)
    if (status === 'draft') t.equal(answer.statusCode, 410, 'of a draft the member has not heard')
    else t.equal(memberExport.parse(answer.json()).status, status, name)
  }
})

t.test('the file holds every word about the member, and is for one reader', async (t) => {
  const { walk } = await told(t)
  const answer = await fetchFrom(walk)
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  t.equal(answer.headers['content-disposition'], `attachment; filename="waggle-${walk.id}.json"`)
  t.equal(answer.headers['cache-control'], 'no-store')
  t.equal(answer.headers['referrer-policy'], 'no-referrer')
  t.match(await fileOf(walk), {
    referralId: walk.id,
    status: 'visited',
    person: member,
    language: 'fr',
    reference: 'book 7',
    brief: { summary: 'Illustrator, wants quiet and daylight', note: 'She organised our drawing nights.' },
    needs: { deskKind: 'fixed_desk', amenities: ['quiet_room'] },
    consent: { kind: 'attested', how: 'in_person', obtainedOn: '2026-11-19', grantedAt: null },
    question: 'Does the desk move?',
    answer: 'Up and down.',
    message: 'Come on Monday.',
    terms: { kind: 'free', note: 'for a week' },
    course: { visitedOn: '2026-11-20', reached: 'visited' },
    points: [{ stage: 'visited', kind: 'posting', points: 10 }],
    erasedAt: null,
    keptUntil: null,
  })
  const events = (await fileOf(walk)).events.map(({ event, by }) => `${event} by ${by}`)
  t.match(events.join(', '), /^submit by sender, ask by receiver, answer by sender, accept by receiver/)
})

t.test('it says which space saw what, and when the contact was opened, and never by whom', async (t) => {
  const { test, walk } = await told(t)
  const { sender, receiver } = walk
  await test.deps.db.pool.query('update referrals set notice_at = now()')
  const manager = await addManager(test, { spaceId: receiver.spaceId, role: 'manager' })
  await sender.get(walk.url)
  test.deps.clock.advance(hour)
  await manager.get(walk.url)
  test.deps.clock.advance(1)
  await receiver.get(walk.url)
  const file = await fileOf(walk)
  t.match(
    file.contactOpenings.map(({ spaceId }) => spaceId),
    [receiver.spaceId, receiver.spaceId, sender.spaceId],
  )
  t.equal(file.contactOpenings[2]?.at, '2026-11-20T09:30:00.000Z')
  t.strictSame(file.seenBy, [
    { spaceId: sender.spaceId, role: 'sender', brief: true, contact: true },
    { spaceId: receiver.spaceId, role: 'receiver', brief: true, contact: true },
  ])
  t.notMatch((await fetchFrom(walk)).body, new RegExp(`${manager.managerId}|Inês|mgr_|cli_|aud_|req-`))
})

t.test('why a space said no, and what spaces write to each other about it, is not in it', async (t) => {
  const test = await testApp(t)
  const world = await openWorld(test)
  const refused = await walkFrom(
    world,
    {},
    accepts,
    by('receiver', 'decline', { reason: 'vetting_concern', note: 'Owes us money.' }),
  )
  const disputed = await walkFrom(
    world,
    {},
    accepts,
    by('sender', 'claim', { stage: 'visited' }),
    by('receiver', 'dispute', { stage: 'none', note: 'Never came, I think.' }),
    by('sender', 'dispute', { stage: 'trial', note: 'Yes, she did.' }),
  )
  for (const walk of [refused, disputed])
    t.notMatch((await fetchFrom(walk)).body, /vetting|concern|Owes|Never came|she did/)
  t.match(await fileOf(refused), { status: 'declined', keptUntil: '2027-02-18T09:30:00.000Z' })
  t.match(await fileOf(disputed), { dispute: { by: 'receiver', resolution: null }, keptUntil: null })
})

t.test('another referral of the same person is not in it', async (t) => {
  const { world, walk } = await told(t)
  const other = await world.sender.post(
    '/v1/referrals',
    newReferral(world.next.spaceId, { member, note: 'Elsewhere, later.' }),
  )
  t.equal(other.status, 201)
  const { body } = await fetchFrom(walk)
  for (const foreign of [String(other.body.id), world.next.spaceId, 'Elsewhere']) t.notMatch(body, foreign)
})

for (const [name, moves, verb] of [
  ['erased after the end', [by('receiver', 'close', { outcome: 'joined' })], 'erase'],
  ['consent withdrawn', [], 'revoke'],
] as const)
  t.test(`${name}: the file says since when the words are gone, and holds none of them`, async (t) => {
    const { test, walk } = await told(t)
    for (const move of moves) await move(walk)
    await walk.sender.get(walk.url)
    test.deps.clock.advance(hour)
    await pageOf(test as never, walk.id).press(verb)
    const { body } = await fetchFrom(walk)
    t.notMatch(body, /Zerlina|Quux|98 76|Illustrator|drawing|desk moves|Monday|week|book 7|quiet_room/)
    const file = await fileOf(walk)
    t.equal(file.erasedAt, '2026-11-20T10:30:00.000Z')
    t.equal(file.keptUntil, null)
    t.equal(file.person, null)
    t.equal(file.contactOpenings.length, 1, 'that it was opened stays noted')
    t.notOk(file.seenBy.some(({ brief, contact }) => brief || contact))
  })

t.test('taking the file changes nothing, and a link that is over gives a page', async (t) => {
  const { test, walk } = await told(t)
  const tables = ['referrals', 'referral_events', 'referral_texts', 'outbox', 'audit_log', 'links']
  const all = async () => (await Promise.all(tables.map((table) => rowsOf(test, table)))).flat()
  const before = await all()
  await fetchFrom(walk)
  t.strictSame(await all(), before)
  t.notMatch(test.logs.join(''), pathOf(test, walk.id).split('/')[2])
  await test.deps.db.pool.query('update links set revoked_at = now()')
  const { statusCode, headers, body } = await fetchFrom(walk)
  t.equal(statusCode, 410)
  t.match(headers['content-type'], 'text/html')
  t.notMatch(body, 'Zerlina')
})

t.test('the page leads to the file in each of its languages, before and after', async (t) => {
  const { test, walk } = await told(t)
  const look = async (language: string) =>
    (
      await test.app.inject(
        `${linkUrl('', test.deps.keys.link, 'member', { id: walk.id, linkNumber: null })}?lang=${language}`,
      )
    ).body
  for (const [language, label] of [
    ['en', 'Download the file'],
    ['fr', 'Télécharger le fichier'],
    ['de', 'Datei herunterladen'],
    ['es', 'Descargar el archivo'],
    ['pt', 'Descarregar o ficheiro'],
  ] as const)
    t.match(await look(language), new RegExp(`href="${pathOf(test, walk.id)}" download>${label}<`))
  await byMember('revoke')(walk)
  t.match(await look('en'), 'Download the file', 'what is left can be had as well')
})
