import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { checkBooks, checkCards, checkEntries } from './books.ts'
import {
  accepts,
  by,
  byMember,
  claims,
  declines,
  disputes,
  forwards,
  later,
  openWorld,
  requests,
  schedules,
  starts,
  today,
  visits,
  walkFrom,
  type Move,
} from './walks.ts'

const test = await testApp(t)
const confirms = by('receiver', 'confirm-withdrawal')

t.test('a withdrawal that is asked for and confirmed voids what is in flight', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts)
  await requests(walk)
  const asked = { status: 'accepted', withdrawalRequestedAt: String, nextDue: 'confirm-withdrawal' }
  await checkCards(t, walk, asked, 'asked')
  await checkBooks(t, walk, { earned: 0, inFlight: 100, active: 1 }, 'asked: nothing moves')
  await confirms(walk)
  await checkCards(t, walk, { status: 'withdrawn', phase: 'closed', nextDue: null }, 'confirmed')
  await checkBooks(t, walk, { earned: 0, inFlight: 0 }, 'confirmed')
})

t.test('what was posted stays posted when the rest is withdrawn', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, visits, requests)
  await checkBooks(t, walk, { earned: 10, inFlight: 90, active: 1 }, 'asked after a visit')
  await confirms(walk)
  await checkBooks(t, walk, { earned: 10, inFlight: 0 }, 'confirmed')
  await checkEntries(t, walk, ['visited posting 10'], 'confirmed')
})

t.test('three days of silence confirm a withdrawal, and not a moment less', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, requests)
  await later(walk.world, 3 - 1 / day)
  await checkCards(t, walk, { status: 'accepted', withdrawalRequestedAt: String }, 'a millisecond before')
  await later(walk.world, 1 / day)
  await checkCards(t, walk, { status: 'withdrawn' }, 'three days')
  await checkBooks(t, walk, { earned: 0, inFlight: 0 }, 'three days')
})

t.test('a visit, a trial or a claim cancels the request', async (t) => {
  const byLink: Move = (walk) => byMember('record-visit', today(walk.world))(walk)
  const cancelling: [string, Move, number][] = [
    ['a visit', visits, 10],
    ['a visit told by the member', byLink, 10],
    ['a trial', starts, 25],
    ['a trial told by the member', byMember('start-trial'), 25],
    ['a claim of the sender', claims('visited'), 0],
    ['a claim of the member', claims('joined'), 0],
  ]
  for (const [what, move, earned] of cancelling) {
    await t.test(what, async (t) => {
      const walk = await walkFrom(await openWorld(test), {}, accepts, requests, move)
      await checkCards(t, walk, { phase: 'active', withdrawalRequestedAt: null }, what)
      const refused = await walk.receiver.post(`${walk.url}/confirm-withdrawal`)
      t.match(refused.body, { status: 409, code: 'illegal_transition' }, `${what}: nothing to confirm`)
      await later(walk.world, 3)
      await checkCards(t, walk, { phase: 'active' }, `${what}: nor by silence`)
      await checkBooks(t, walk, { earned, inFlight: 100 - earned, active: 1 }, what)
    })
  }
})

t.test('an appointment leaves the request as it is; after a cancelled one a new one may come', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, requests, schedules)
  await checkCards(t, walk, { status: 'scheduled', withdrawalRequestedAt: String }, 'scheduled')
  t.equal((await walk.sender.post(`${walk.url}/request-withdrawal`)).status, 409, 'asked already')
  await visits(walk)
  await requests(walk)
  await confirms(walk)
  await checkBooks(t, walk, { earned: 10, inFlight: 0 }, 'withdrawn')
})

t.test('against a claim or a dispute no withdrawal can be asked for', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, claims('visited'))
  const refused = async (when: string) => {
    const answer = await walk.sender.post(`${walk.url}/request-withdrawal`)
    t.match(answer.body, { status: 409, code: 'illegal_transition', currentStatus: 'accepted' }, when)
  }
  await refused('claimed')
  await disputes('receiver')(walk)
  await refused('disputed')
  await checkBooks(t, walk, { earned: 0, inFlight: 100, active: 1 }, 'nothing has changed')
})

t.test('the receiver may decline although a withdrawal is asked for, and pass nobody on', async (t) => {
  const world = await openWorld(test)
  const walk = await walkFrom(world, {}, accepts, requests)
  await t.rejects(forwards(walk), /illegal_transition/)
  await declines(walk)
  await later(world, 3)
  await checkCards(t, walk, { status: 'declined' }, 'declined')
  await checkBooks(t, walk, { earned: 0, inFlight: 0 }, 'declined')
})
