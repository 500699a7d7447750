import t from 'tap'
import { testApp } from '../helpers/app.ts'
import { somebody } from '../helpers/network.ts'
import { checkBooks, checkCards } from './books.ts'
import { accepts, byMember, disputes, later, openWorld, today, walkFrom, visits } from './walks.ts'

const test = await testApp(t)

/** Reached by phone alone: the sender passes the link on, and can open it itself. */
const byPhone = () => {
  const { name } = somebody()
  return { member: { name, phone: '+351912345678' } }
}

t.test('what comes by a link that the sender passed on counts no more than the sender’s word', async (t) => {
  const world = await openWorld(test)
  const walk = await walkFrom(world, byPhone(), accepts)
  for (const [event, word] of [
    ['record-visit', today(world)],
    ['start-trial', undefined],
  ] as const) {
    await t.rejects(byMember(event, word)(walk), { code: 'illegal_transition' }, event)
  }
  for (const stage of ['trial', 'joined']) {
    await t.rejects(byMember('claim', stage)(walk), { code: 'validation_failed' }, stage)
  }
  await byMember('claim', 'visited')(walk)
  await checkCards(t, walk, { claim: { stage: 'visited', by: 'member' } }, 'a visit may be claimed')
  await disputes('receiver', 'none')(walk)
  await byMember('claim', 'joined')(walk)
  await checkCards(t, walk, { memberReport: 'joined', dispute: { resolution: null } }, 'it is noted')
  await later(world, 30)
  await checkCards(t, walk, { status: 'accepted', reached: null }, 'and decides nothing')
  await checkBooks(t, walk, { earned: 0, inFlight: 100, active: 1 }, 'and brings nothing')
})

t.test('such a member may still say when they come, and that they left', async (t) => {
  const world = await openWorld(test)
  const walk = await walkFrom(world, byPhone(), accepts, visits)
  await walk.receiver.post(`${walk.url}/close`, { outcome: 'joined' })
  await byMember('report-left')(walk)
  await checkBooks(t, walk, { earned: 25, inFlight: 0 }, 'left')
})
