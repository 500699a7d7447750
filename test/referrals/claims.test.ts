import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { checkBooks, checkCards, checkEntries, type Standing } from './books.ts'
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
  openWorld,
  passes,
  misses,
  requests,
  schedules,
  starts,
  visits,
  walkFrom,
  walkOn,
  type Move,
} from './walks.ts'

const test = await testApp(t)
const open = { earned: 0, inFlight: 100, active: 1 }
const closesWith = (outcome: string) => by('receiver', 'close', { outcome })

t.test('a sender claims a visit and nothing else; the member any stage above what was reached', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts)
  const { sender, url } = walk
  const claim = (stage: string) => sender.post(`${url}/claim`, { stage })
  for (const stage of ['trial', 'joined', 'none', 'left']) {
    t.match((await claim(stage)).body, { status: 422, errors: [{ pointer: '/stage' }] }, stage)
  }
  const made = await claim('visited')
  const at = inDays(walk.world, 0)
  const shown = { status: 'accepted', reached: null, waitingFor: 'receiver' }
  t.match(made.body, { ...shown, claim: { stage: 'visited', by: 'sender', at } })
  await checkBooks(t, walk, open, 'claimed')
  const nothingLeft = { status: 409, code: 'illegal_transition', legalEvents: [] }
  t.match((await claim('visited')).body, nothingLeft, 'claimed already')
  await later(walk.world, 1)
  await byMember('claim', 'trial')(walk)
  const higher = { claim: { stage: 'trial', by: 'member', at: inDays(walk.world, 0) } }
  await checkCards(t, walk, { ...shown, ...higher }, 'a higher claim replaces it')
  for (const stage of ['visited', 'trial']) {
    await t.rejects(byMember('claim', stage)(walk), { code: 'validation_failed' }, `${stage}: not higher`)
  }
  t.match((await claim('visited')).body, nothingLeft, 'nor by the sender')
  await checkCards(t, walk, higher, 'the claim stands')
  await checkBooks(t, walk, open, 'nothing is posted yet')
})

/** Where a claim leads when the receiver says nothing for 14 days. */
const silent: [string, Move[], Move, object, Standing, string[]][] = [
  [
    'a visit of an accepted referral',
    [accepts],
    claims('visited'),
    { status: 'visited', reached: 'visited' },
    { earned: 10, inFlight: 90, active: 1 },
    ['visited posting 10'],
  ],
  [
    'a visit of a scheduled referral',
    [accepts, schedules],
    claims('visited'),
    { status: 'visited', reached: 'visited' },
    { earned: 10, inFlight: 90, active: 1 },
    ['visited posting 10'],
  ],
  [
    'a trial',
    [accepts],
    claims('trial'),
    { status: 'trial', reached: 'trial' },
    { earned: 25, inFlight: 75, active: 1 },
    ['visited posting 10', 'trial posting 15'],
  ],
  [
    'a trial after a visit',
    [accepts, visits],
    claims('trial'),
    { status: 'trial', reached: 'trial' },
    { earned: 25, inFlight: 75, active: 1 },
    ['visited posting 10', 'trial posting 15'],
  ],
  [
    'a join',
    [accepts],
    claims('joined'),
    { status: 'closed', reached: 'joined', outcome: 'joined', joinedAt: String, closedAt: String },
    { earned: 100, inFlight: 0, provisional: 75, joined: 1 },
    ['visited posting 10', 'trial posting 15', 'joined posting 75'],
  ],
]

for (const [what, before, claim, card, books, entries] of silent) {
  t.test(`14 days of silence post the claim of ${what}`, async (t) => {
    const walk = await walkFrom(await openWorld(test), {}, ...before, claim)
    const status = (await walk.sender.get(walk.url)).body.status as string
    const earned = status === 'visited' ? 10 : 0
    await later(walk.world, 14 - 1 / day)
    await checkCards(t, walk, { status }, 'a millisecond before')
    await checkBooks(t, walk, { earned, inFlight: 100 - earned, active: 1 }, 'a millisecond before')
    await later(walk.world, 1 / day)
    await checkCards(t, walk, { ...card, claim: null, dispute: null }, 'posted')
    await checkBooks(t, walk, books, 'posted')
    await checkEntries(t, walk, entries, 'posted')
  })
}

t.test('the agreeing report of the receiver settles a claim at once; a lesser one does not', async (t) => {
  const world = await openWorld(test)
  const settling: [Move, Move, object, number][] = [
    [claims('visited'), visits, { status: 'visited' }, 10],
    [claims('visited'), starts, { status: 'trial' }, 25],
    [claims('trial'), starts, { status: 'trial' }, 25],
    [claims('trial'), joins, { status: 'closed', outcome: 'joined' }, 100],
  ]
  let earned = 0
  for (const [claim, report, card, points] of settling) {
    const walk = await walkFrom(world, {}, accepts, claim, report)
    await checkCards(t, walk, { ...card, claim: null, dispute: null }, 'settled')
    const { body } = await walk.sender.get('/v1/reciprocity')
    t.equal(body.points.earned - earned, points, `${points} more, no more`)
    earned = body.points.earned
  }
  const walk = await walkFrom(await openWorld(test), {}, accepts, claims('trial'), visits)
  await checkCards(t, walk, { status: 'visited', claim: { stage: 'trial' } }, 'less than was claimed')
  await checkBooks(t, walk, { earned: 10, inFlight: 90, active: 1 }, 'less than was claimed')
  await later(walk.world, 14)
  await checkCards(t, walk, { status: 'trial', claim: null }, 'the claim runs on')
  await checkBooks(t, walk, { earned: 25, inFlight: 75, active: 1 }, 'the claim runs on')
})

/** Reports that deny a claim. The receiver's own word stands against it then. */
const denials: [string, Move[], string, string, Move, object, Standing][] = [
  ['no_show', [accepts], 'visited', 'none', closesWith('no_show'), { status: 'closed' }, kept(10)],
  ['unreachable', [accepts], 'trial', 'none', closesWith('unreachable'), { status: 'closed' }, kept(25)],
  ['not_joined', [accepts], 'joined', 'none', closes, { status: 'closed' }, kept(100)],
  [
    'not_joined after a visit',
    [accepts, visits],
    'joined',
    'visited',
    closes,
    { status: 'closed', reached: 'visited' },
    { earned: 10, inFlight: 90 },
  ],
  ['completed', [accepts], 'joined', 'none', closesWith('completed'), { status: 'closed' }, kept(100)],
  ['a no-show', [accepts, schedules], 'visited', 'none', misses, { status: 'accepted', noShows: 1 }, open],
  [
    'the second no-show',
    [accepts, schedules, misses, schedules],
    'visited',
    'none',
    misses,
    { status: 'closed', outcome: 'no_show' },
    kept(10),
  ],
]
function kept(inFlight: number): Standing {
  return { earned: 0, inFlight }
}

for (const [what, before, stage, asserted, report, card, books] of denials) {
  t.test(`against a claim of ${stage}, ${what} opens a dispute`, async (t) => {
    const walk = await walkFrom(await openWorld(test), {}, ...before, claims(stage), report)
    const dispute = { by: 'receiver', contested: stage, asserted, resolution: null, resolvedAt: null }
    await checkCards(t, walk, { ...card, dispute, waitingFor: 'steward' }, what)
    await checkBooks(t, walk, books, what)
    await later(walk.world, 14)
    await checkCards(t, walk, { ...card, dispute }, 'silence decides nothing any more')
    await checkBooks(t, walk, books, 'after 14 days')
  })
}

const unopposed: [string, Move, string, object, Standing, Standing][] = [
  ['not_joined', closes, 'visited', { reached: 'visited', outcome: 'not_joined' }, kept(10), done(10)],
  [
    'completed',
    closesWith('completed'),
    'trial',
    { reached: 'trial', outcome: 'completed' },
    kept(25),
    done(25),
  ],
  [
    'unknown',
    closesWith('unknown'),
    'joined',
    { reached: 'joined', outcome: 'joined', joinedAt: String },
    kept(100),
    { ...done(100), provisional: 75, joined: 1 },
  ],
]
function done(earned: number): Standing {
  return { earned, inFlight: 0 }
}

for (const [what, report, stage, card, before, after] of unopposed) {
  t.test(`a claim of ${stage} outlives an end with ${what}, and is posted by silence`, async (t) => {
    const walk = await walkFrom(await openWorld(test), {}, accepts, claims(stage), report)
    await checkCards(t, walk, { status: 'closed', claim: { stage }, dispute: null }, 'closed')
    await checkBooks(t, walk, before, 'closed')
    await later(walk.world, 14)
    await checkCards(t, walk, { status: 'closed', claim: null, ...card }, 'posted')
    await checkBooks(t, walk, after, 'posted')
  })
}

t.test('a claim comes within 14 days of the end, and opens the points anew', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, visits, closes)
  await checkBooks(t, walk, { earned: 10, inFlight: 0 }, 'closed')
  await later(walk.world, 14)
  await claims('joined')(walk)
  await checkCards(t, walk, { status: 'closed', outcome: 'not_joined', reached: 'visited' }, 'claimed')
  await checkBooks(t, walk, { earned: 10, inFlight: 90 }, 'claimed: the visit is posted already')
  await later(walk.world, 14)
  const posted = { status: 'closed', outcome: 'joined', outcomeReason: null, joinedAt: inDays(walk.world, 0) }
  await checkCards(t, walk, { ...posted, claim: null, reached: 'joined' }, 'posted')
  await checkBooks(t, walk, { earned: 100, inFlight: 0, provisional: 75, joined: 1 }, 'posted')
  await checkEntries(t, walk, ['visited posting 10', 'trial posting 15', 'joined posting 75'], 'posted')
  await later(walk.world, 30)
  await checkBooks(t, walk, { earned: 100, inFlight: 0, joined: 1 }, 'confirmed 30 days after the posting')
})

t.test('14 days and a moment after the end nobody claims any more', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, closes, passes(14 + 1 / day))
  const late = await walk.sender.post(`${walk.url}/claim`, { stage: 'visited' })
  t.match(late.body, { status: 409, code: 'illegal_transition', legalEvents: [] })
  await t.rejects(claims('joined')(walk), { code: 'illegal_transition' })
  await checkBooks(t, walk, { earned: 0, inFlight: 0 }, 'nothing is opened')
})

t.test('against a claim nobody declines, forwards or asks to withdraw', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, claims('visited'))
  const refused: [side: 'sender' | 'receiver', verb: string, body?: object][] = [
    ['receiver', 'decline', { reason: 'no_capacity' }],
    ['receiver', 'forward', { toSpaceId: walk.world.next.spaceId }],
    ['sender', 'request-withdrawal'],
  ]
  for (const [side, verb, body] of refused) {
    const answer = await walk[side].post(`${walk.url}/${verb}`, body)
    t.match(answer.body, { status: 409, code: 'illegal_transition', currentStatus: 'accepted' }, verb)
  }
  await checkBooks(t, walk, open, 'nothing has changed')
})

t.test('a claim outlives the end by the clock', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, passes(170), claims('visited'))
  await later(walk.world, 10)
  await checkCards(t, walk, { status: 'closed', outcome: 'unknown', claim: { stage: 'visited' } }, '180 days')
  await checkBooks(t, walk, kept(10), '180 days')
  await later(walk.world, 4)
  await checkCards(t, walk, { outcome: 'unknown', reached: 'visited', claim: null }, 'posted')
  await checkBooks(t, walk, done(10), 'posted')
})

t.test('consent that is withdrawn ends a claim and voids what it kept', async (t) => {
  const walk = await walkFrom(
    await openWorld(test),
    {},
    accepts,
    visits,
    claims('joined'),
    byMember('revoke'),
  )
  await checkCards(t, walk, { status: 'consent_revoked', claim: null, dispute: null, nextDue: null }, 'over')
  await checkBooks(t, walk, done(10), 'over')
  await later(walk.world, 14)
  await checkBooks(t, walk, done(10), 'and stays so')
})

t.test('a settled claim may be followed by another one', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, claims('visited'), visits, claims('joined'))
  await checkCards(t, walk, { status: 'visited', claim: { stage: 'joined', by: 'member' } }, 'claimed anew')
  await walkOn(walk, disputes('receiver'), requestsInVain)
  await checkCards(t, walk, { dispute: { contested: 'joined', asserted: 'visited' } }, 'and disputed')
  await checkBooks(t, walk, { earned: 10, inFlight: 90, active: 1 }, 'disputed')
})

const requestsInVain: Move = async (walk) => {
  await t.rejects(requests(walk), /illegal_transition/)
}
