import t from 'tap'
import { day, instant, millisOf } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { checkBooks, checkCards, checkEntries } from './books.ts'
import {
  accepts,
  byMember,
  by,
  inDays,
  later,
  openWorld,
  schedules,
  starts,
  today,
  visits,
  misses,
  walkFrom,
  type Walk,
} from './walks.ts'

const test = await testApp(t)
const inFull = { earned: 0, inFlight: 100, active: 1 }

t.test('a visit is arranged and moved, in the future and within the life of the referral', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts)
  const { world, receiver, url } = walk
  await later(world, 1)
  for (const verb of ['schedule', 'reschedule']) {
    const elsewhere = inDays(world, 2).replace('Z', '+02:00')
    for (const at of [0, -1, 179 + 1 / day].map((days) => inDays(world, days)).concat(elsewhere)) {
      const refused = await receiver.post(`${url}/${verb}`, { at })
      t.match(refused.body, { status: 422, errors: [{ pointer: '/at' }] }, `${verb} at ${at}`)
    }
    const at = inDays(world, verb === 'schedule' ? 179 : 2)
    await by('receiver', verb, { at })(walk)
    await checkCards(t, walk, { status: 'scheduled', phase: 'active', scheduledFor: at }, verb)
    await checkBooks(t, walk, inFull, verb)
  }
})

t.test('nobody has stayed away from a visit that is still to come', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, schedules)
  await later(walk.world, 2 - 1 / day)
  const early = await walk.receiver.post(`${walk.url}/record-no-show`)
  t.match(early.body, { status: 409, code: 'illegal_transition' })
  await t.rejects(byMember('record-no-show')(walk), { code: 'illegal_transition' }, 'nor does the member')
  await later(walk.world, 1 / day)
  await by('receiver', 'record-no-show')(walk)
  await checkCards(t, walk, { status: 'accepted', noShows: 1 }, 'once the time has come')
})

t.test('after one no-show a new visit may be arranged; the second one closes the referral', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, schedules)
  await misses(walk)
  await checkCards(t, walk, { status: 'accepted', noShows: 1, scheduledFor: null, outcome: null }, 'missed')
  await checkBooks(t, walk, inFull, 'missed')
  await schedules(walk)
  await misses(walk)
  const missed = { status: 'closed', outcome: 'no_show', noShows: 2, nextDue: null, reached: null }
  await checkCards(t, walk, missed, 'missed again')
  await checkBooks(t, walk, { earned: 0, inFlight: 0 }, 'missed again')
  await checkEntries(t, walk, [], 'missed again')
})

t.test('the member arranges, moves and misses a visit as the receiver does', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts)
  const first = inDays(walk.world, 2)
  await byMember('schedule', first)(walk)
  await checkCards(t, walk, { status: 'scheduled', scheduledFor: first }, 'arranged')
  await byMember('reschedule', inDays(walk.world, 3))(walk)
  await checkCards(t, walk, { scheduledFor: inDays(walk.world, 3) }, 'moved')
  await later(walk.world, 3)
  await byMember('record-no-show')(walk)
  await checkCards(t, walk, { status: 'accepted', noShows: 1 }, 'missed')
  await schedules(walk)
  await later(walk.world, 2)
  await byMember('record-no-show')(walk)
  await checkCards(t, walk, { status: 'closed', outcome: 'no_show' }, 'missed again')
  await checkBooks(t, walk, { earned: 0, inFlight: 0 }, 'missed again')
  const { data } = (await walk.receiver.get(`${walk.url}/events`)).body
  t.same(
    data.map(({ event, actor }: { event: string; actor: string }) => `${event} by ${actor}`),
    [
      'submit by sender',
      'accept by receiver',
      'schedule by member',
      'reschedule by member',
      'record-no-show by member',
      'schedule by receiver',
      'record-no-show by member',
    ],
    'the history says who told it',
  )
})

t.test('a visit that was arranged posts like any other, and a trial posts the visit with it', async (t) => {
  const world = await openWorld(test)
  const walk = await walkFrom(world, {}, accepts, schedules, visits)
  await checkCards(t, walk, { status: 'visited', reached: 'visited', visitedOn: today(world) }, 'visited')
  await checkBooks(t, walk, { earned: 10, inFlight: 90, active: 1 }, 'visited')
  const skipping = await walkFrom(world, {}, accepts, schedules, starts)
  await checkCards(t, skipping, { status: 'trial', reached: 'trial', visitedOn: null }, 'trial')
  await checkBooks(t, walk, { earned: 35, inFlight: 165, active: 2 }, 'and a trial beside it')
  await checkEntries(t, skipping, ['visited posting 10', 'trial posting 15'], 'trial')
})

t.test('a visit and a trial that the member tells post as those of the receiver', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts)
  await byMember('record-visit', today(walk.world))(walk)
  await checkBooks(t, walk, { earned: 10, inFlight: 90, active: 1 }, 'visited')
  await byMember('start-trial')(walk)
  await checkBooks(t, walk, { earned: 25, inFlight: 75, active: 1 }, 'trial')
})

t.test('the day of a visit lies between the referral and tomorrow', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts)
  for (const days of [-2, 2]) {
    const refused = await walk.receiver.post(`${walk.url}/record-visit`, {
      on: inDays(walk.world, days).slice(0, 10),
    })
    t.match(refused.body, { status: 422, errors: [{ pointer: '/on' }] }, `${days} days away`)
  }
  await checkCards(t, walk, { status: 'accepted', version: 2 }, 'nothing has changed')
})

/** The flag of a referral of which nothing is heard, and when it is looked at next. */
const checkOverdue = async (t: Test, walk: Walk, overdue: boolean, nextAt: number, when: string) => {
  const { body } = await walk.sender.get(walk.url)
  t.equal(body.overdueAt !== null, overdue, when)
  t.match(body, { nextDue: 'overdue', nextDueAt: instant(nextAt) }, when)
}
type Test = Parameters<typeof checkCards>[0]

t.test('an arranged visit is waited for before anybody is reminded', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts)
  const accepted = walk.world.test.deps.clock.now()
  await checkOverdue(t, walk, false, accepted + 7 * day, 'accepted: a week')
  const at = inDays(walk.world, 20)
  await by('receiver', 'schedule', { at })(walk)
  await checkOverdue(t, walk, false, millisOf(at) + 30 * day, 'scheduled: thirty days after the visit')
  await later(walk.world, 50)
  await checkOverdue(t, walk, true, accepted + 80 * day, 'told nothing: again in thirty days')
  await visits(walk)
  await checkOverdue(t, walk, false, accepted + 80 * day, 'visited')
})
