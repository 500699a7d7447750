import t from 'tap'
import { day, instant, millisOf } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { checkBooks, checkCards } from './books.ts'
import { accepts, asks, by, later, openWorld, walkFrom } from './walks.ts'

const test = await testApp(t)
const nothing = { earned: 0, inFlight: 0 }

t.test('a question and its answer are shown to both sides, and move no point', async (t) => {
  const walk = await walkFrom(await openWorld(test))
  const question = 'Does she need a monitor?'
  await by('receiver', 'ask', { question })(walk)
  const asked = { status: 'info_requested', phase: 'pending', waitingFor: 'sender', question, answer: null }
  await checkCards(t, walk, asked, 'asked')
  await checkBooks(t, walk, nothing, 'asked')
  await by('sender', 'answer', { answer: 'No, a laptop is enough.' })(walk)
  const answered = { status: 'sent', waitingFor: 'receiver', question, answer: 'No, a laptop is enough.' }
  await checkCards(t, walk, answered, 'answered')
  await checkBooks(t, walk, nothing, 'answered')
  await by('receiver', 'ask', { question: 'And a phone booth?' })(walk)
  await checkCards(t, walk, { status: 'info_requested', question: 'And a phone booth?' }, 'asked again')
  await accepts(walk)
  await checkBooks(t, walk, { earned: 0, inFlight: 100, active: 1 }, 'accepted with a question open')
})

t.test('an answer that says who the member is is refused, and changes nothing', async (t) => {
  const world = await openWorld(test)
  const member = { name: 'Zerlina Quuxworth', email: 'zq.home@example.org', phone: '+33 6 98 76 54 32' }
  const walk = await walkFrom(world, { member }, asks)
  const telling = ['Ask Zerlina', 'it is QUUXWORTH', 'write to zq.home@example.org', 'ring 06 98 76 54 32']
  for (const answer of telling) {
    const refused = await world.sender.post(`${walk.url}/answer`, { answer })
    t.match(
      refused.body,
      { status: 422, code: 'identity_in_brief', errors: [{ pointer: '/answer' }] },
      answer,
    )
  }
  await checkCards(t, walk, { status: 'info_requested', version: 2, answer: null }, 'nothing has changed')
  const seen =
    (await world.receiver.get(walk.url)).text + (await world.receiver.get(`${walk.url}/events`)).text
  t.notMatch(seen, /zerlina|quuxworth|zq\.home/i)
  await by('sender', 'answer', { answer: 'A laptop is enough.' })(walk)
})

t.test(
  'the name may stand in an answer where the member agreed to be named; the address may not',
  async (t) => {
    const world = await openWorld(test)
    const consent = { kind: 'attested', obtainedOn: '2026-11-19', how: 'in_person', named: true }
    const member = { name: 'Zerlina Quuxworth', email: 'zq.home@example.org' }
    const walk = await walkFrom(world, { member, consent }, asks)
    const refused = await world.sender.post(`${walk.url}/answer`, { answer: 'zq.home@example.org knows' })
    t.equal(refused.body.code, 'identity_in_brief')
    await by('sender', 'answer', { answer: 'Zerlina needs none.' })(walk)
    await checkCards(t, walk, { answer: 'Zerlina needs none.' }, 'named')
  },
)

t.test('question and answer have 1 to 1000 characters', async (t) => {
  const walk = await walkFrom(await openWorld(test))
  const moves = [
    ['receiver', 'ask', 'question'],
    ['sender', 'answer', 'answer'],
  ] as const
  for (const [side, verb, field] of moves) {
    for (const text of ['', 'x'.repeat(1001)]) {
      const refused = await walk[side].post(`${walk.url}/${verb}`, { [field]: text })
      t.match(refused.body, { status: 422, errors: [{ pointer: `/${field}` }] }, `${verb}: ${text.length}`)
    }
    t.equal((await walk[side].post(`${walk.url}/${verb}`, {})).status, 422, `${verb} without words`)
    await by(side, verb, { [field]: 'y'.repeat(1000) })(walk)
  }
})

t.test('the time to answer stands still for the first question only', async (t) => {
  const walk = await walkFrom(await openWorld(test))
  const answerBy = async () => (await walk.sender.get(walk.url)).body.answerBy as string
  const first = await answerBy()
  const round = async (days: number) => {
    await asks(walk)
    await later(walk.world, days)
    await by('sender', 'answer', { answer: 'A laptop is enough.' })(walk)
    return answerBy()
  }
  const second = await round(2)
  t.equal(second, instant(millisOf(first) + 2 * day), 'moved by the two days that the question was open')
  t.equal(await round(2), second, 'the second question moves nothing')
})

t.test(
  'an unanswered question goes back after three days; the receiver may decide all the same',
  async (t) => {
    const walk = await walkFrom(await openWorld(test), {}, asks)
    const first = (await walk.sender.get(walk.url)).body.answerBy as string
    await later(walk.world, 3 - 1 / day)
    await checkCards(t, walk, { status: 'info_requested' }, 'a millisecond before')
    await later(walk.world, 1 / day)
    await checkCards(t, walk, { status: 'sent', answerBy: instant(millisOf(first) + 3 * day) }, 'three days')
    await checkBooks(t, walk, nothing, 'gone back')
    await accepts(walk)
    await checkBooks(t, walk, { earned: 0, inFlight: 100, active: 1 }, 'accepted')
  },
)

t.test('a referral whose second question is open expires when the time is over', async (t) => {
  const walk = await walkFrom(await openWorld(test), {}, asks)
  await by('sender', 'answer', { answer: 'A laptop is enough.' })(walk)
  await later(walk.world, 5)
  await asks(walk)
  await later(walk.world, 2)
  await checkCards(t, walk, { status: 'expired', phase: 'closed', nextDue: null }, 'over')
  await checkBooks(t, walk, nothing, 'over')
})
