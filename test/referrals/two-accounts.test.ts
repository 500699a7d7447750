import t from 'tap'
import { testApp } from '../helpers/app.ts'
import { checkBooks, checkCards, refuses } from './books.ts'
import {
  accepts,
  by,
  byMember,
  claims,
  closes,
  disputes,
  joins,
  later,
  leaves,
  openWorld,
  passes,
  resolves,
  visits,
  walkFrom,
  walkOn,
} from './walks.ts'

const test = await testApp(t)

const refused = { status: 422, errors: [{ pointer: '/stage' }] }

t.test(
  'what a dispute decided is neither claimed nor disputed again; what comes after it may be',
  async (t) => {
    const walk = await walkFrom(
      await openWorld(test),
      {},
      accepts,
      claims('visited'),
      disputes('receiver'),
      resolves('reversed'),
    )
    await t.rejects(resolves('upheld')(walk), { code: 'illegal_transition' }, 'decided once')
    await refuses(t, walk, 'sender', 'claim', { stage: 'visited' })
    await t.rejects(byMember('claim', 'visited')(walk), { code: 'validation_failed' }, 'by the member')
    await refuses(t, walk, 'receiver', 'dispute', { stage: 'trial' })
    await walkOn(walk, passes(1), claims('trial'), disputes('receiver'))
    const anew = { contested: 'trial', asserted: 'none', decided: null, resolution: null }
    await checkCards(t, walk, { dispute: anew }, 'anew')
    await walkOn(walk, resolves('upheld'), passes(1), closes)
    await checkCards(t, walk, { dispute: { decided: 'trial' } }, 'decided')
    const again = await walk.receiver.post(`${walk.url}/dispute`, { stage: 'none' })
    t.match(again.body, refused, 'the end puts nothing in question that was decided')
    t.match((await walk.sender.post(`${walk.url}/dispute`, { stage: 'visited' })).body, refused)
    await disputes('sender', 'joined')(walk)
    await checkBooks(t, walk, { earned: 25, inFlight: 75 }, 'that they joined was never decided')
    await resolves('reversed')(walk)
    await refuses(t, walk, 'receiver', 'dispute', { stage: 'trial' })
    await t.rejects(claims('joined')(walk), { code: 'illegal_transition' }, 'the end is decided')
    await checkBooks(t, walk, { earned: 100, inFlight: 0, provisional: 75, joined: 1 }, 'the end')
  },
)

t.test('who doubts its own report leaves out nothing that came after it', async (t) => {
  const world = await openWorld(test)
  const doubted = [accepts, visits, closes, disputes('receiver', 'none')]
  const walk = await walkFrom(world, {}, ...doubted)
  for (const stage of ['none', 'visited', undefined]) {
    const body = stage === undefined ? {} : { stage }
    t.match((await walk.sender.post(`${walk.url}/dispute`, body)).body, refused, String(stage))
  }
  const note = 'She pays for a desk since May.'
  await by('sender', 'dispute', { stage: 'joined', note })(walk)
  const accounts = { by: 'receiver', contested: 'joined', asserted: 'none', resolution: null }
  await checkCards(t, walk, { dispute: accounts, disputeAnswer: note, disputeNote: null }, 'answered')
  await checkBooks(t, walk, { earned: 0, inFlight: 100 }, 'answered')
  await refuses(t, walk, 'sender', 'dispute', { stage: 'joined' })
  await refuses(t, walk, 'receiver', 'dispute', { stage: 'none' })
  await resolves('upheld')(walk)
  await checkCards(t, walk, { outcome: 'joined', reached: 'joined' }, 'upheld')

  const told = await walkFrom(world, {}, ...doubted, byMember('claim', 'joined'))
  await checkCards(t, told, { dispute: accounts, memberReport: 'joined' }, 'told by the member')
  await later(world, 30)
  await checkCards(t, told, { outcome: 'joined', dispute: { resolution: 'upheld' } }, 'by the member’s word')

  const silent = await walkFrom(world, {}, ...doubted, disputes('sender', 'joined'), passes(30))
  await checkCards(t, silent, { outcome: 'not_joined', reached: null }, 'nobody gains by a mere answer')
})

t.test('the member’s word raises what the sender says, and not what the receiver says', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, closes, disputes('sender', 'visited'))
  await byMember('claim', 'trial')(walk)
  await checkCards(t, walk, { dispute: { contested: 'none', asserted: 'trial' } }, 'raised')
  await checkBooks(t, walk, { earned: 0, inFlight: 25 }, 'raised')
  await byMember('claim', 'visited')(walk)
  await later(walk.world, 30)
  await checkCards(t, walk, { reached: 'visited', outcome: 'not_joined' }, 'the last word counts')
  await checkBooks(t, walk, { earned: 10, inFlight: 0 }, 'the last word counts')
})

t.test('of somebody who left again it is told that they did not, and nothing else', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, joins, passes(20), leaves)
  for (const side of ['sender', 'receiver'] as const) {
    for (const stage of ['none', 'visited']) {
      t.match((await walk[side].post(`${walk.url}/dispute`, { stage })).body, refused, `${side}: ${stage}`)
    }
  }
  await disputes('receiver', 'joined')(walk)
  await checkCards(t, walk, { reached: 'joined', leftAt: null, dispute: null }, 'who owes is believed')
  await checkBooks(t, walk, { earned: 100, inFlight: 0, provisional: 75, joined: 1 }, 'believed')
})

t.test('a receiver that says more after the end is believed at once; before it, it reports', async (t) => {
  const world = await openWorld(test)
  const walk = await walkFrom(world, {}, accepts, closes, claims('visited'))
  await disputes('receiver', 'trial')(walk)
  const believed = { outcome: 'not_joined', reached: 'trial', claim: null, dispute: null }
  await checkCards(t, walk, believed, 'more than was claimed')
  await checkBooks(t, walk, { earned: 25, inFlight: 0 }, 'more than was claimed')
  await disputes('receiver', 'joined')(walk)
  await checkCards(t, walk, { outcome: 'joined', reached: 'joined', dispute: null }, 'closed by mistake')
  await checkBooks(t, walk, { earned: 100, inFlight: 0, provisional: 75, joined: 1 }, 'closed by mistake')
  const active = await walkFrom(world, {}, accepts, claims('visited'))
  t.match((await active.receiver.post(`${active.url}/dispute`, { stage: 'joined' })).body, refused, 'active')
})

t.test(
  'a sender says that it was more, never less, and its claim is no account of the receiver',
  async (t) => {
    const world = await openWorld(test)
    const joined = await walkFrom(world, {}, accepts, joins)
    await refuses(t, joined, 'sender', 'dispute', { stage: 'none' })
    const walk = await walkFrom(world, {}, accepts, closes, claims('visited'))
    t.match((await walk.sender.post(`${walk.url}/dispute`, { stage: 'visited' })).body, refused)
    await disputes('sender', 'joined')(walk)
    const accounts = { by: 'sender', contested: 'none', asserted: 'joined', resolution: null }
    await checkCards(t, walk, { claim: null, dispute: accounts }, 'disputed')
    await later(walk.world, 30)
    await checkCards(t, walk, { outcome: 'not_joined', reached: null }, 'what nobody confirms is not so')
  },
)

t.test('an end that comes during a dispute shuts out nothing that comes after it', async (t) => {
  const disputed = [accepts, claims('visited'), disputes('receiver')]
  const walk = await walkFrom(await openWorld(test), {}, ...disputed, closes, passes(20), resolves('upheld'))
  await checkCards(t, walk, { reached: 'visited', dispute: { decided: 'visited' } }, 'decided')
  await walkOn(walk, passes(14), claims('joined'))
  await checkCards(t, walk, { claim: { stage: 'joined' } }, 'claimed')
  await later(walk.world, 14)
  await checkCards(t, walk, { outcome: 'joined', reached: 'joined' }, 'and counted')
})

t.test('who came did not stay away: a decided visit corrects the outcome that denies it', async (t) => {
  const misses = by('receiver', 'close', { outcome: 'no_show' })
  const walk = await walkFrom(await openWorld(test), {}, accepts, misses, disputes('sender', 'visited'))
  await checkCards(t, walk, { outcome: 'no_show', reached: null }, 'disputed')
  await resolves('reversed')(walk)
  await checkCards(t, walk, { outcome: 'unknown', reached: 'visited' }, 'decided')
})
