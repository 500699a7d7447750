import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { somebody } from '../helpers/network.ts'
import { checkBooks, checkCards, checkEntries, pointsOf } from './books.ts'
import {
  accepts,
  addLastingCaller,
  byMember,
  closes,
  joins,
  later,
  leaves,
  openWorld,
  passes,
  visits,
  walkFrom,
  walkOn,
} from './walks.ts'

const test = await testApp(t)
const joined = { earned: 100, inFlight: 0, provisional: 75, joined: 1 }
const all = ['visited posting 10', 'trial posting 15', 'joined posting 75']

for (const [who, move] of [
  ['receiver', leaves],
  ['member', byMember('report-left')],
] as const) {
  t.test(`who left within 30 days, as the ${who} tells, costs the 75 of the join, once`, async (t) => {
    const walk = await walkFrom(await openWorld(test), {}, accepts, joins)
    await checkBooks(t, walk, joined, 'joined')
    await later(walk.world, 29)
    await checkBooks(t, walk, joined, 'after 29 days')
    await move(walk)
    const left = { status: 'closed', outcome: 'joined', reached: 'trial', leftAt: String, nextDue: null }
    await checkCards(t, walk, left, 'left')
    await checkBooks(t, walk, { earned: 25, inFlight: 0 }, 'left')
    await checkEntries(t, walk, [...all, 'joined reversal -75 left'], 'left')
    const again = await walk.receiver.post(`${walk.url}/report-left`)
    t.match(again.body, { status: 409, code: 'illegal_transition', currentStatus: 'closed' }, 'again')
    await t.rejects(byMember('report-left')(walk), { code: 'illegal_transition' }, 'by the member, again')
    await later(walk.world, 30)
    await checkCards(t, walk, { joinConfirmedAt: null, outcome: 'joined' }, 'nothing is left to confirm')
    await checkBooks(t, walk, { earned: 25, inFlight: 0 }, 'and nothing more happens')
  })
}

t.test('after 30 days a join stands, and nobody can reverse it', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, accepts, joins, passes(30 - 1 / day))
  await checkBooks(t, walk, joined, 'a millisecond before')
  await later(walk.world, 1 / day)
  await checkCards(t, walk, { joinConfirmedAt: String, nextDue: null }, 'confirmed')
  await checkBooks(t, walk, { ...joined, provisional: 0 }, 'confirmed')
  await later(walk.world, 1 / day)
  const late = await walk.receiver.post(`${walk.url}/report-left`)
  t.match(late.body, { status: 409, code: 'illegal_transition', legalEvents: [] }, 'a millisecond after')
  await t.rejects(byMember('report-left')(walk), { code: 'illegal_transition' })
})

t.test('only who joined can leave, and the sender does not tell', async (t) => {
  const world = await openWorld(test)
  const walk = await walkFrom(world, {}, accepts, visits, closes)
  t.equal((await walk.receiver.post(`${walk.url}/report-left`)).status, 409, 'did not join')
  await checkBooks(t, walk, { earned: 10, inFlight: 0 }, 'nothing is reversed')
  const other = await walkFrom(world, {}, accepts, joins)
  const bySender = await other.sender.post(`${other.url}/report-left`)
  t.match(bySender.body, { status: 409, code: 'illegal_transition', legalEvents: [] }, 'the sender')
})

t.test('a person who left may bring the same points again, and no more than 100 in a year', async (t) => {
  const world = await openWorld(test)
  const fields = { member: somebody() }
  await walkFrom(world, fields, accepts, joins, leaves)
  const elsewhere = { ...world, receiver: await addLastingCaller(test) }
  const second = await walkFrom(elsewhere, fields, accepts)
  await walkOn(second, joins)
  await checkEntries(
    t,
    second,
    ['visited posting 10', 'trial posting 15', 'joined posting 50 person_already_counted'],
    'the 75 are free again, the 25 are spent',
  )
  t.match(await pointsOf(world.sender), { earned: 100, provisional: 50, inFlight: 0 })
  await leaves(second)
  t.match(await pointsOf(world.sender), { earned: 50, provisional: 0, inFlight: 0 })
  await checkEntries(
    t,
    second,
    [
      'visited posting 10',
      'trial posting 15',
      'joined posting 50 person_already_counted',
      'joined reversal -50 left',
    ],
    'what was posted is reversed, not what a join is worth',
  )
})
