import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { operators } from '../../db/schema/spaces.ts'
import { linkUrl } from '../../src/members/link.ts'
import { instant } from '../../src/platform/clock.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { newId } from '../../src/platform/ids.ts'
import { recordNotice } from '../../src/referrals/record-notice.ts'
import { testApp } from '../helpers/app.ts'
import { addSpace } from '../helpers/network.ts'
import { checkCards, checkEntries, checkRules, entriesOf, pointsOf } from './books.ts'
import {
  accepts,
  addLastingCaller,
  by,
  byMember,
  claims,
  closes,
  declines,
  forwardTo,
  grants,
  joins,
  later,
  leaves,
  memberOf,
  openWorld,
  passes,
  resolves,
  disputes,
  starts,
  visits,
  walkFrom,
  walkOn,
  withdraws,
  type Move,
  type Walk,
  type World,
} from './walks.ts'

const test = await testApp(t)

/** Earned, owed and in flight of the sender, the forwarders and the last receiver, and every rule. */
const checkChain = async (
  t: Test,
  world: World,
  expected: Partial<Record<'sender' | 'receiver' | 'next' | 'last', readonly number[]>>,
  when: string,
) => {
  for (const who of ['sender', 'receiver', 'next', 'last'] as const) {
    const { earned, owed, inFlight } = await pointsOf(world[who])
    t.same([earned, owed, inFlight], expected[who] ?? [0, 0, 0], `${when}: ${who}`)
  }
  await checkRules(t, world, when)
}

const statusOf = async (who: Walk['sender'], { url }: Walk) => (await who.get(url)).status
const tells: Move = ({ world, sender, id }) =>
  recordNotice(memberOf({ world, id }), { senderId: sender.spaceId, referralId: id })

t.test('a forwarded member is asked anew, and the forwarder gets a fifth of what it brings', async (t) => {
  const world = await openWorld(test)
  const parent = await walkFrom(world)
  const child = await forwardTo(parent, world.next, 'They have the quiet room.')
  const forwarded = { status: 'forwarded', phase: 'closed', childId: child.id, finalOutcome: null }
  await checkCards(t, parent, { ...forwarded, forwardedToId: world.next.spaceId }, 'forwarded')
  const asked = {
    role: 'sender',
    status: 'awaiting_consent',
    consent: { kind: 'link' },
    waitingFor: 'member',
  }
  t.match((await child.sender.get(child.url)).body, { ...asked, note: 'They have the quiet room.' })
  t.equal(await statusOf(world.next, child), 404, 'the next space hears of it once the member agrees')
  const { rows } = await test.deps.db.pool.query(
    `select topic from outbox where subject_id = $1 and topic like 'mail.%'`,
    [child.id],
  )
  t.same(rows, [{ topic: 'mail.consent_asked' }], 'the member is asked by mail')
  await checkChain(t, world, {}, 'asked')
  const page = linkUrl('', test.deps.keys.link, 'member', { id: child.id, linkNumber: null })
  t.equal((await test.app.inject({ method: 'POST', url: `${page}/grant` })).statusCode, 303, 'by the link')
  await accepts(child)
  await checkChain(t, world, { sender: [0, 0, 80], receiver: [0, 0, 20] }, 'accepted')
  await visits(child)
  await checkChain(t, world, { sender: [8, 0, 72], receiver: [2, 0, 18], next: [0, 10, 0] }, 'visited')
  await starts(child)
  await checkChain(t, world, { sender: [20, 0, 60], receiver: [5, 0, 15], next: [0, 25, 0] }, 'trial')
  await joins(child)
  await checkChain(t, world, { sender: [80, 0, 0], receiver: [20, 0, 0], next: [0, 100, 0] }, 'joined')
  t.same(await entriesOf(world.receiver), ['joined posting 15', 'trial posting 3', 'visited posting 2'])
  t.same(await entriesOf(world.sender), ['joined posting 60', 'trial posting 12', 'visited posting 8'])
  await checkCards(t, parent, { ...forwarded, finalOutcome: 'joined', version: 3 }, 'told of the end')
  const counts = async (who: Walk['sender']) => (await who.get('/v1/reciprocity')).body.referrals
  t.match(await counts(world.sender), { sent: 1, sentActive: 0, sentJoined: 1 })
  t.match(await counts(world.receiver), { sent: 0, received: 1, sentJoined: 0, receivedJoined: 0 })
  t.match(await counts(world.next), { received: 1, receivedActive: 0, receivedJoined: 1 })
  await leaves(child)
  await checkChain(t, world, { sender: [20, 0, 0], receiver: [5, 0, 0], next: [0, 25, 0] }, 'left')
})

t.test('two forwarders get a tenth each; every referral of the chain is told how it ended', async (t) => {
  const world = await openWorld(test)
  const root = await walkFrom(world)
  const child = await forwardTo(root, world.next)
  await grants(child)
  const grandchild = await forwardTo(child, world.last)
  await walkOn(grandchild, grants, accepts)
  for (const walk of [root, child]) await checkCards(t, walk, { finalOutcome: null }, 'under way')
  const flows = { sender: [0, 0, 80], receiver: [0, 0, 10], next: [0, 0, 10] }
  await checkChain(t, world, flows, 'accepted')
  const stages: [Move, number, number][] = [
    [visits, 8, 1],
    [starts, 21, 2],
    [joins, 80, 10],
  ]
  for (const [move, origin, share] of stages) {
    await move(grandchild)
    const between = [share, 0, 10 - share]
    const expected = { sender: [origin, 0, 80 - origin], receiver: between, next: between }
    await checkChain(t, world, { ...expected, last: [0, origin + 2 * share, 0] }, `${origin} earned`)
  }
  for (const walk of [root, child]) await checkCards(t, walk, { finalOutcome: 'joined' }, 'told')
  const seen = async (walk: Walk) =>
    Promise.all(
      (['sender', 'receiver', 'next', 'last', 'outsider'] as const).map((who) => statusOf(world[who], walk)),
    )
  t.same(await seen(root), [200, 200, 404, 404, 404], 'the first')
  t.same(await seen(child), [404, 200, 200, 404, 404], 'the second')
  t.same(await seen(grandchild), [404, 404, 200, 200, 404], 'the third: nobody reads beyond its neighbour')
  await disputes('receiver', 'none')(grandchild)
  await checkChain(t, world, flows, 'the join is in dispute')
  await resolves('reversed')(grandchild)
  await checkChain(t, world, {}, 'reversed')
  for (const walk of [root, child]) await checkCards(t, walk, { finalOutcome: 'not_joined' }, 'told again')
})

t.test('forwarding from accepted voids what was in flight', async (t) => {
  const world = await openWorld(test)
  const parent = await walkFrom(world, {}, accepts)
  await checkChain(t, world, { sender: [0, 0, 100] }, 'accepted')
  const child = await forwardTo(parent, world.next)
  await checkChain(t, world, {}, 'forwarded')
  t.match((await world.sender.get('/v1/reciprocity')).body.referrals, { sent: 1, sentActive: 0 })
  await walkOn(child, grants, accepts)
  t.match((await world.sender.get('/v1/reciprocity')).body.referrals, { sent: 1, sentActive: 1 })
  await checkEntries(t, parent, [], 'nothing was posted for the first')
})

const name = 'Zerlina Quuxworth'
const marks = /zerlina|quuxworth|zq\.home/i

/** All that the forwarder is answered about both referrals, the kept answers included. */
const answersTo = async ({ receiver }: World, parent: Walk, child: Walk, headers: Record<string, string>) => {
  const paths = [parent.url, child.url, `${parent.url}/events`, `${child.url}/events`]
  const lists = ['/v1/referrals?box=sent', '/v1/referrals?box=received', '/v1/reciprocity/entries']
  const answers = await Promise.all([...paths, ...lists].map((path) => receiver.get(path)))
  const replay = await receiver.post(`${parent.url}/forward`, { toSpaceId: child.receiver.spaceId }, headers)
  return [...answers, replay]
}

for (const [sight, before, sees] of [
  ['never saw', [], false],
  ['accepted before it could see', [accepts], false],
  ['saw', [accepts, tells], true],
] as [string, Move[], boolean][]) {
  t.test(
    `a forwarder that ${sight} the contact ${sees ? 'keeps that sight' : 'sees none later'}`,
    async (t) => {
      const world = await openWorld(test)
      const member = { name, email: `zq.home+${randomUUID()}@example.org` }
      const parent = await walkFrom(world, { member }, ...before)
      const headers = { 'idempotency-key': randomUUID() }
      const to = { toSpaceId: world.next.spaceId }
      const forwarding = await parent.receiver.post(`${parent.url}/forward`, to, headers)
      const id = forwarding.body.childId
      const child = {
        ...parent,
        sender: world.receiver,
        receiver: world.next,
        id,
        url: `/v1/referrals/${id}`,
      }
      t.notMatch(forwarding.text, marks, 'the answer to a write holds no contact')
      const check = async (when: string) => {
        const answers = await answersTo(world, parent, child, headers)
        t.ok(answers.every(({ status }) => status === 200))
        const own = (await world.receiver.get(child.url)).body
        t.match(own, { contactOpen: sees, member: sees ? { name } : null, memberUrl: null }, when)
        const telling = answers.filter(({ text }) => marks.test(text))
        t.equal(telling.length, sees ? 2 : 0, `${when}: in both referrals, or nowhere`)
      }
      await check('forwarded')
      await tells(parent)
      await check('the first notice comes late')
      await grants(child)
      const sent = await world.next.get(child.url)
      t.notMatch(sent.text, marks, 'the next space sees the brief alone')
      t.match(sent.body, { status: 'sent', brief: { summary: String }, member: null })
      await accepts(child)
      t.match((await world.next.get(child.url)).body, { contactOpen: true, member: { name } }, 'and accepts')
      await check('accepted')
      await joins(child)
      await check('joined')
    },
  )
}

t.test('no space and no operator has a member twice, and two hops are the most', async (t) => {
  const id = newId('operator', test.deps.clock.now())
  const operator = { id, name: 'Chain', createdAt: instant(test.deps.clock.now()) }
  await test.deps.db.pool.query(insertAll([rowsOf(operators, [operator])]))
  const world = await openWorld(test)
  const ours = { ...world, sender: await addLastingCaller(test, { operatorId: id }) }
  const root = await walkFrom(ours)
  const refuse = async (walk: Walk, toSpaceId: string, expected: object, why: string) => {
    const answer = await walk.receiver.post(`${walk.url}/forward`, { toSpaceId })
    t.match(answer.body, expected, why)
  }
  const notThere = { status: 422, code: 'validation_failed', errors: [{ pointer: '/toSpaceId' }] }
  const sister = await addSpace(test, { operatorId: id })
  await refuse(root, root.sender.spaceId, notThere, 'back to the sender')
  await refuse(root, root.receiver.spaceId, notThere, 'to itself')
  await refuse(root, sister, notThere, 'to a sister of the sender')
  await refuse(root, 'spc_01kn3xq5wde7mvqrb2fj8s6t4a', notThere, 'to nobody')
  for (const status of ['unclaimed', 'registered'] as const) {
    await refuse(root, await addSpace(test, { status }), notThere, status)
  }
  const awayUntil = '2027-12-01T00:00:00.000Z'
  const away = await addSpace(test, { hostingPolicy: { intake: 'open', awayUntil } })
  await refuse(root, away, { status: 409, code: 'receiver_paused', awayUntil }, 'away')
  const closed = await addSpace(test, { hostingPolicy: { intake: 'closed' } })
  await refuse(root, closed, { status: 409, code: 'receiver_paused', awayUntil: null }, 'closed')
  const child = await forwardTo(root, world.next)
  await grants(child)
  await refuse(child, root.sender.spaceId, notThere, 'back to the first')
  await refuse(child, sister, notThere, 'to a sister of the first')
  const grandchild = await forwardTo(child, world.last)
  await grants(grandchild)
  const legalEvents = ['ask', 'accept', 'decline']
  await refuse(
    grandchild,
    await addSpace(test),
    { status: 409, code: 'illegal_transition', legalEvents },
    'on',
  )
})

t.test('the words of a forwarder say as little of who the member is as those of a sender', async (t) => {
  const world = await openWorld(test)
  const walk = await walkFrom(world, { member: { name, email: 'zq.home@example.org' } }, accepts, tells)
  for (const note of ['Zerlina is lovely.', 'Write to zq.home@example.org', 'x'.repeat(1001)]) {
    const answer = await walk.receiver.post(`${walk.url}/forward`, { toSpaceId: world.next.spaceId, note })
    t.match(answer.body, { status: 422, errors: [{ pointer: '/note' }] }, note.slice(0, 40))
  }
  await checkCards(t, walk, { status: 'accepted', childId: null }, 'nothing has changed')
})

t.test('a member without e-mail is not forwarded, as nobody could ask them', async (t) => {
  const world = await openWorld(test)
  const walk = await walkFrom(world, { member: { name, phone: '+33 6 98 76 54 32' } })
  const answer = await walk.receiver.post(`${walk.url}/forward`, { toSpaceId: world.next.spaceId })
  t.match(answer.body, { status: 409, code: 'member_unreachable' })
  await checkCards(t, walk, { status: 'sent', childId: null, version: 1 }, 'nothing has changed')
})

const ends: [string, Move[], string][] = [
  ['declined', [grants, declines], 'declined'],
  ['withdrawn by the forwarder', [withdraws], 'withdrawn'],
  ['refused by the member', [byMember('refuse-consent')], 'consent_revoked'],
  ['left unanswered by the member', [passes(7)], 'expired'],
  ['left unanswered by the next space', [grants, passes(7)], 'expired'],
  ['ended by the member, who withdraws consent,', [grants, accepts, byMember('revoke')], 'consent_revoked'],
  ['closed', [grants, accepts, by('receiver', 'close', { outcome: 'completed' })], 'completed'],
]

for (const [what, moves, finalOutcome] of ends) {
  t.test(`a forwarded referral that is ${what} ends as ${finalOutcome} for its first sender`, async (t) => {
    const world = await openWorld(test)
    const parent = await walkFrom(world)
    await walkOn(await forwardTo(parent, world.next), ...moves)
    await checkCards(t, parent, { status: 'forwarded', finalOutcome }, what)
    const { data } = (await world.sender.get(`${parent.url}/events`)).body
    t.match(data.at(-1), { event: 'mirror-outcome', toStatus: 'forwarded', reason: finalOutcome })
    await checkChain(t, world, {}, what)
  })
}

t.test('an outcome that changes after the end is told on', async (t) => {
  const world = await openWorld(test)
  const parent = await walkFrom(world)
  const child = await forwardTo(parent, world.next)
  await walkOn(child, grants, accepts, closes)
  await checkCards(t, parent, { finalOutcome: 'not_joined' }, 'closed')
  await claims('joined')(child)
  await checkChain(t, world, { sender: [0, 0, 80], receiver: [0, 0, 20] }, 'claimed')
  await later(world, 14)
  await checkCards(t, parent, { finalOutcome: 'joined' }, 'the claim was posted')
  await checkChain(t, world, { sender: [80, 0, 0], receiver: [20, 0, 0], next: [0, 100, 0] }, 'posted')
})
