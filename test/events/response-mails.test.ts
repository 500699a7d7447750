import t from 'tap'
import { day, hour } from '../../src/platform/clock.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { answerQuestion } from '../../src/referrals/answer.ts'
import { askQuestion } from '../../src/referrals/ask.ts'
import { declineReferral } from '../../src/referrals/decline.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { addresses, contactParts, openPost, seenIn } from './post.ts'
import { attested, byLink, makeWorld, member, refer } from './world.ts'

const [lisbon, lyon] = ['desk@lisbon.example', 'desk@lyon.example']

t.test('a question goes to the sender, with the moment until which the clock stands still', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const { id } = await refer(world, attested)
  await post.carry()
  await askQuestion(world.receiver, id, 'Does she need a monitor?')
  const [letter, more] = await post.carry()
  t.equal(more, undefined)
  t.strictSame(letter?.recipients, [lisbon])
  for (const words of [
    'La Traboule asks you something',
    'Does she need a monitor?',
    'answer in Waggle by Monday 23 November, 09:30, Lisbon time. Leave out the name and',
    'stands still until Monday 23 November, 09:30.',
    'by Monday 30 November, 09:30.',
    id,
  ]) {
    t.match(letter?.mail.text, words)
  }
})

t.test('who let the name go with it is not asked to leave the name out of the answer', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const { id } = await refer(world, { ...attested, named: true })
  await post.carry()
  await askQuestion(world.receiver, id, 'Does she need a monitor?')
  const [letter] = await post.carry()
  t.match(
    letter?.mail.text,
    'Leave out how to reach the member: that is shown only once La Traboule has said yes.',
  )
  t.notMatch(letter?.mail.text, 'Leave out the name')
})

t.test('a second question does not stop the clock, and its letter says so', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, attested)
  await askQuestion(world.receiver, id, 'Does she need a monitor?')
  world.deps.clock.advance(hour)
  await answerQuestion(world.sender, id, 'No.')
  await askQuestion(world.receiver, id, 'And a locker?')
  const post = await openPost(t, world)
  const letters = (await post.carry()).filter(({ recipients }) => recipients[0] === lisbon)
  t.equal(letters.length, 1, 'the first one is answered')
  t.match(letters[0]?.mail.text, 'And a locker?')
  t.match(letters[0]?.mail.text, 'their time to decide goes on, until Friday 27 November, 10:30')
})

t.test(
  'an answer goes to the receiver with the moment to decide by, and does not say who it is',
  async (t) => {
    const world = await makeWorld(t)
    const { id } = await refer(world, attested)
    await askQuestion(world.receiver, id, 'Does she need a monitor?')
    world.deps.clock.advance(2 * day)
    await answerQuestion(world.sender, id, 'No, a laptop is enough.')
    const letters = await (await openPost(t, world)).carry()
    t.strictSame(
      addresses(letters).toSorted(),
      [[lyon], [member.email]],
      'the notice and the answer: the question is answered, and put to nobody any more',
    )
    const letter = letters.find(({ recipients }) => recipients[0] === lyon)
    for (const words of [
      'No, a laptop is enough.',
      'Does she need a monitor?',
      'by Sunday 29 November, 10:30, Lyon time.',
    ])
      t.match(letter?.mail.text, words)
    for (const part of contactParts) t.notMatch(seenIn(letter!), part)
  },
)

t.test('an answer to what is decided already is not carried', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, attested)
  await askQuestion(world.receiver, id, 'Does she need a monitor?')
  await answerQuestion(world.sender, id, 'No.')
  await declineReferral(world.receiver, id, { reason: 'no_capacity' })
  const letters = await (await openPost(t, world)).carry()
  t.notMatch(addresses(letters), [[lyon]])
})

t.test('the receiver is reminded twice, of the brief alone, until it is over', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  await refer(world, attested)
  await post.carry()
  world.deps.clock.advance(day - hour)
  t.strictSame(await post.carry(), [], 'not before the first day is over')
  for (const wait of [hour, 2 * day]) {
    world.deps.clock.advance(wait)
    const [reminder, more] = await post.carry()
    t.equal(more, undefined)
    t.strictSame(reminder?.recipients, [lyon])
    for (const words of [
      'Cais Aberto in Lisbon wrote to you on 20 November 2026',
      'Illustrator of children’s books',
      'She organised our drawing nights.',
      'say yes or no in Waggle by Friday 27 November, 10:30, Lyon time.',
      'Without an answer it expires then',
    ]) {
      t.match(reminder?.mail.text, words)
    }
    for (const part of contactParts) t.notMatch(seenIn(reminder!), part)
  }
  world.deps.clock.advance(4 * day - hour)
  t.strictSame(await post.carry(), [])
})

t.test('a name that the receiver may read already is in no subject', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  await refer(world, { ...attested, named: true })
  await post.carry()
  world.deps.clock.advance(day)
  const [reminder] = await post.carry()
  for (const part of contactParts) t.notMatch(seenIn(reminder!), part)
})

t.test(
  'of two reminders that the mail server kept waiting one is sent, and none once it is decided',
  async (t) => {
    const world = await makeWorld(t)
    await refer(world, attested)
    const decided = await refer(world, attested)
    for (const wait of [day, 2 * day]) {
      world.deps.clock.advance(wait)
      await sweepReferrals(world.deps)
    }
    await acceptReferral(world.receiver, decided.id, {})
    const letters = await (await openPost(t, world)).carry()
    t.equal(letters.filter(({ mail }) => mail.subject?.includes('waits for your answer')).length, 1)
  },
)

t.test('when the receiver did not answer, the sender may choose another space', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, attested)
  world.deps.clock.advance(7 * day)
  const letters = await (await openPost(t, world)).carry()
  const expired = letters.filter(({ mail }) => mail.subject === 'La Traboule has not answered you')
  t.strictSame(addresses(expired), [[lisbon]])
  for (const words of ['on 20 November 2026', 'You may choose another space', id])
    t.match(expired[0]?.mail.text, words)
  t.notMatch(addresses(letters), [[lyon]], 'who let it pass is not reminded any more')
})

t.test('when the member did not answer, the sender is told so, and the receiver nothing', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  await refer(world, byLink)
  await post.carry()
  world.deps.clock.advance(7 * day)
  const [letter, more] = await post.carry()
  t.equal(more, undefined)
  t.strictSame(letter?.recipients, [lisbon])
  t.equal(letter?.mail.subject, 'The member has not answered about La Traboule')
  for (const words of ['asked on 20 November 2026', 'nothing was sent', 'choose another space'])
    t.match(letter?.mail.text, words)
})

t.test('a space that left no address gets no mail, and nothing fails', async (t) => {
  const world = await makeWorld(t, { contactEmail: null })
  const post = await openPost(t, world)
  const { id } = await refer(world, attested)
  await post.carry()
  world.deps.clock.advance(day)
  t.strictSame(await post.carry(), [])
  await askQuestion(world.receiver, id, 'Does she need a monitor?')
  await answerQuestion(world.sender, id, 'No.')
  t.strictSame([await post.carry(), post.faults], [[], []])
  const { rowCount } = await world.deps.db.pool.query('select from outbox where due_at is not null')
  t.equal(rowCount, 0)
})

t.test('the deadlines in a letter are those of the network’s own periods', async (t) => {
  const world = await makeWorld(t, {}, { ...standardPolicy, response: 10 * day, question: 5 * day })
  const post = await openPost(t, world)
  const { id } = await refer(world, attested)
  await post.carry()
  await askQuestion(world.receiver, id, 'Does she need a monitor?')
  const [letter] = await post.carry()
  t.match(letter?.mail.text, 'answer in Waggle by Wednesday 25 November, 09:30')
  t.match(letter?.mail.text, 'by Saturday 5 December, 09:30.')
})
