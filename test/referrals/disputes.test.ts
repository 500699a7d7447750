import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { checkBooks, checkCards, checkEntries, refuses } from './books.ts'
import { stories, type Expected } from './dispute-stories.ts'
import {
  accepts,
  by,
  byMember,
  claims,
  closes,
  disputes,
  inDays,
  joins,
  later,
  leaves,
  openWorld,
  passes,
  resolves,
  starts,
  visits,
  walkFrom,
  walkOn,
  type Walk,
} from './walks.ts'

const test = await testApp(t)

/** Both cards, both books and the entries. */
const check = async (t: Test, walk: Walk, { card, books, entries }: Expected, when: string) => {
  await checkCards(t, walk, card, when)
  await checkBooks(t, walk, books, when)
  await checkEntries(t, walk, entries, when)
}
type Test = Parameters<typeof checkCards>[0]

/** Each story is walked once for each of its ends. */
for (const story of stories) {
  const bySteward = (['upheld', 'reversed'] as const).map(
    (end) => [end, [resolves(end)], story[end]] as const,
  )
  const byClock = story.byClock.map(([word, end, after = story[end]]) => {
    const says = word === null ? [] : [byMember('claim', word)]
    return [
      end,
      [...says, passes(30)],
      after,
      `by the clock, as the member says ${word ?? 'nothing'}`,
    ] as const
  })
  for (const [end, moves, after, how = 'by the steward'] of [...bySteward, ...byClock]) {
    t.test(`${story.title}: ${end} ${how}`, async (t) => {
      const walk = await walkFrom(await openWorld(test), {}, ...story.before, story.dispute)
      await check(t, walk, story.open, 'open')
      await checkCards(t, walk, { waitingFor: 'steward' }, 'open')
      await walkOn(walk, ...moves)
      await check(t, walk, after, end)
      const settled = { resolution: end, resolvedAt: inDays(walk.world, 0) }
      await checkCards(t, walk, { claim: null, dispute: settled }, end)
    })
  }
}

t.test('a dispute after the end says what was reached instead, and that is something else', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, joins)
  for (const body of [
    {},
    { stage: 'joined' },
    { stage: 'left' },
    { stage: 'none', note: 'x'.repeat(1001) },
  ]) {
    const answer = await walk.receiver.post(`${walk.url}/dispute`, body)
    t.match(answer.body, { status: 422, code: 'validation_failed' }, JSON.stringify(body).slice(0, 40))
  }
  await by('receiver', 'dispute', { stage: 'none', note: 'Nobody of that name.' })(walk)
  await checkCards(
    t,
    walk,
    { disputeNote: 'Nobody of that name.', dispute: { asserted: 'none' } },
    'disputed',
  )
  await checkBooks(t, walk, { earned: 0, inFlight: 100 }, 'all of it waits')
})

t.test('an end is disputed within 14 days of it, or of the report that the member left', async (t) => {
  const world = await openWorld(test)
  const closed = await walkFrom(world, {}, accepts, closes, passes(14 + 1 / day))
  await refuses(t, closed, 'sender', 'dispute', { stage: 'joined' })
  await refuses(t, closed, 'receiver', 'dispute', { stage: 'visited' })
  const left = await walkFrom(world, {}, accepts, joins, passes(20), leaves, passes(14 + 1 / day))
  await refuses(t, left, 'sender', 'dispute', { stage: 'joined' })
})

t.test('while a dispute is open nobody claims, refuses, passes on or asks to withdraw', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, claims('visited'), disputes('receiver'))
  await refuses(t, walk, 'receiver', 'dispute', { stage: 'none' })
  await refuses(t, walk, 'sender', 'claim', { stage: 'visited' })
  await refuses(t, walk, 'receiver', 'decline', { reason: 'no_capacity' })
  await refuses(t, walk, 'receiver', 'forward', { toSpaceId: walk.world.next.spaceId })
  await refuses(t, walk, 'sender', 'request-withdrawal')
  await t.rejects(
    byMember('start-trial')(walk),
    { code: 'illegal_transition' },
    'the member says it by a claim',
  )
})

t.test('what the member says while two accounts stand against each other moves no point', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, joins, disputes('receiver', 'none'))
  const before = (await walk.sender.get(walk.url)).body
  for (const stage of ['visited', 'trial', 'joined']) await byMember('claim', stage)(walk)
  await checkCards(t, walk, { claim: null, dispute: before.dispute, version: before.version + 3 }, 'noted')
  await checkBooks(t, walk, { earned: 0, inFlight: 100 }, 'noted')
  await later(walk.world, 30)
  await checkCards(t, walk, { outcome: 'joined', dispute: { resolution: 'upheld' } }, 'by the last word')
  await checkCards(t, walk, { reached: 'joined' }, 'by the last word')
})

t.test('the receiver ends a dispute by reporting as much as both accounts say', async (t) => {
  const settling = [
    [visits, 'visited', { status: 'visited' }, { earned: 10, inFlight: 90, active: 1 }],
    [starts, 'trial', { status: 'trial' }, { earned: 25, inFlight: 75, active: 1 }],
    [joins, 'joined', { outcome: 'joined' }, { earned: 100, inFlight: 0, provisional: 75, joined: 1 }],
  ] as const
  for (const [report, stage, card, books] of settling) {
    const walk = await walkFrom(
      await openWorld(test),
      {},
      accepts,
      claims(stage),
      disputes('receiver', 'none'),
      report,
    )
    await checkCards(t, walk, { ...card, claim: null, dispute: null }, stage)
    await checkBooks(t, walk, books, stage)
    await t.rejects(resolves('reversed')(walk), { code: 'illegal_transition' }, 'nothing is left to decide')
  }
})

t.test('a dispute outlives an end that does not settle it', async (t) => {
  const walk = await walkFrom(
    await openWorld(test),
    {},
    accepts,
    claims('visited'),
    disputes('receiver'),
    closes,
  )
  const disputed = { contested: 'visited', asserted: 'none', resolution: null }
  await checkCards(t, walk, { status: 'closed', outcome: 'not_joined', dispute: disputed }, 'closed')
  await checkBooks(t, walk, { earned: 0, inFlight: 10 }, 'what is in dispute waits on')
  await resolves('upheld')(walk)
  await checkCards(t, walk, { outcome: 'not_joined', reached: 'visited' }, 'upheld')
  await checkBooks(t, walk, { earned: 10, inFlight: 0 }, 'upheld')
})

t.test('points that were posted are held while lower stages are in dispute, and come back', async (t) => {
  const walk = await walkFrom(
    await openWorld(test),
    {},
    accepts,
    starts,
    closes,
    claims('joined'),
    disputes('receiver', 'none'),
  )
  await checkBooks(t, walk, { earned: 0, inFlight: 100 }, 'disputed')
  const held = ['visited reversal -10 disputed', 'trial reversal -15 disputed']
  const before = ['visited posting 10', 'trial posting 15', ...held]
  await checkEntries(t, walk, before, 'disputed')
  await resolves('upheld')(walk)
  await checkEntries(
    t,
    walk,
    [...before, 'visited posting 10', 'trial posting 15', 'joined posting 75'],
    'upheld',
  )
  await checkBooks(t, walk, { earned: 100, inFlight: 0, provisional: 75, joined: 1 }, 'upheld')
})

t.test('consent that is withdrawn ends an open dispute', async (t) => {
  const walk = await walkFrom(
    await openWorld(test),
    {},
    accepts,
    claims('visited'),
    disputes('receiver'),
    byMember('revoke'),
  )
  await checkCards(
    t,
    walk,
    { status: 'consent_revoked', claim: null, dispute: null, disputeNote: null },
    'over',
  )
  await checkBooks(t, walk, { earned: 0, inFlight: 0 }, 'over')
  await t.rejects(resolves('upheld')(walk), { code: 'illegal_transition' })
})

t.test('what the receiver reports itself during a dispute stays reached, whatever is decided', async (t) => {
  const walk = await walkFrom(
    await openWorld(test),
    {},
    accepts,
    claims('joined'),
    disputes('receiver', 'none'),
    visits,
  )
  await checkCards(
    t,
    walk,
    { status: 'visited', reached: 'visited', dispute: { resolution: null } },
    'visited',
  )
  await checkBooks(t, walk, { earned: 10, inFlight: 90, active: 1 }, 'visited')
  await resolves('reversed')(walk)
  await checkCards(t, walk, { status: 'visited', reached: 'visited' }, 'reversed')
  await checkBooks(t, walk, { earned: 10, inFlight: 90, active: 1 }, 'reversed')
})

t.test('how long a dispute may last: 30 days, and not a moment less', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, joins, disputes('receiver', 'visited'))
  await checkCards(t, walk, { nextDue: 'resolve', nextDueAt: inDays(walk.world, 30) }, 'open')
  await later(walk.world, 30 - 1 / day)
  await checkCards(t, walk, { outcome: 'joined', dispute: { resolution: null } }, 'a millisecond before')
  await later(walk.world, 1 / day)
  await checkCards(t, walk, { outcome: 'not_joined', dispute: { resolution: 'reversed' } }, '30 days')
})
