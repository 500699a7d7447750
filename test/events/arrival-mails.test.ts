import t from 'tap'
import { day, hour } from '../../src/platform/clock.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { answerQuestion } from '../../src/referrals/answer.ts'
import { askQuestion } from '../../src/referrals/ask.ts'
import { declineReferral } from '../../src/referrals/decline.ts'
import { forwardReferral } from '../../src/referrals/forward.ts'
import { grantConsent, refuseConsent, revokeConsent } from '../../src/referrals/member-consent.ts'
import { submitReferral } from '../../src/referrals/submit.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { withdrawReferral } from '../../src/referrals/withdraw.ts'
import { putSpace } from '../helpers/spaces.ts'
import type { Received } from './mailbox.ts'
import { addresses, contactParts, openPost, seenIn, subjects } from './post.ts'
import { attested, byLink, byMember, makeWorld, member, refer } from './world.ts'

const [lyon, nantes] = ['desk@lyon.example', 'desk@nantes.example']

const arrivals = (letters: readonly Received[]) =>
  letters.filter(({ mail }) => mail.subject?.includes('your answer by'))

t.test('whom a referral reaches reads what the brief says, and until when; not who it is', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const { id, answerBy } = await refer(world, attested)
  const letters = await post.carry()
  t.strictSame(addresses(letters).toSorted(), [[lyon], [member.email]], 'the letter and the notice')
  const [letter] = arrivals(letters)
  t.strictSame(letter?.recipients, [lyon])
  t.equal(answerBy, '2026-11-27T09:30:00.000Z')
  t.match(
    letter?.mail.subject,
    /^Somebody from Cais Aberto, Lisbon: your answer by Friday,? 27 November, 10:30$/,
  )
  for (const words of [
    'Cais Aberto in Lisbon would like to send you a member',
    'Illustrator of children’s books, moving to Lyon in March. Wants quiet & <daylight>.',
    'For: moving there',
    'When: from 1 March 2027, 4 days a week',
    'Wishes: a desk of their own',
    'Budget: up to €250 a month',
    'Speaks: French',
    'Cais Aberto says: She organised our drawing nights.',
    'Name: sealed until you accept',
    'November, 10:30, Lyon time.',
    'Without an answer it expires then: Cais Aberto is told, and may choose another space.',
    id,
  ]) {
    t.match(letter?.mail.text, words)
  }
  for (const secret of [...contactParts, '/m/']) t.notMatch(seenIn(letter!), secret)
  t.strictSame(await post.carry(), [], 'once')
})

t.test('it goes out when the referral is delivered, and not before', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const asked = await refer(world, byLink)
  const draft = await refer(world, attested, { draft: true })
  t.strictSame(addresses(await post.carry()), [[member.email]], 'the member is asked')
  await grantConsent(...byMember(world, asked.id))
  const granted = await post.carry()
  t.strictSame(addresses(granted), [[lyon]])
  t.match(granted[0]?.mail.text, asked.id)
  await submitReferral(world.sender, draft.id)
  const submitted = arrivals(await post.carry())
  t.strictSame(addresses(submitted), [[lyon]])
  t.match(submitted[0]?.mail.text, draft.id)
  const askedLater = await refer(world, byLink, { draft: true })
  await submitReferral(world.sender, askedLater.id)
  await refuseConsent(...byMember(world, askedLater.id))
  t.notMatch(addresses(await post.carry()), [[lyon]], 'a member who says no is in no letter')
})

t.test('a member who agreed to be named is, in the letter and not in its subject', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  await refer(world, { ...attested, named: true })
  const [letter] = arrivals(await post.carry())
  t.match(letter?.mail.text, `Name: ${member.name}`)
  t.notMatch(letter?.mail.subject, 'Teresa')
  for (const part of [member.email, '912 345']) t.notMatch(seenIn(letter!), part)
})

t.test('no letter about what is no more open, or what the receiver has read already', async (t) => {
  const world = await makeWorld(t)
  const sent = async () => (await refer(world, attested)).id
  await acceptReferral(world.receiver, await sent(), {})
  await declineReferral(world.receiver, await sent(), { reason: 'no_capacity' })
  await withdrawReferral(world.sender, await sent())
  await revokeConsent(...byMember(world, await sent()))
  await askQuestion(world.receiver, await sent(), 'Does she need a monitor?')
  const answered = await sent()
  await askQuestion(world.receiver, answered, 'Does she need a locker?')
  await answerQuestion(world.sender, answered, 'No.')
  const post = await openPost(t, world)
  t.strictSame(arrivals(await post.carry()), [])
  t.strictSame(post.faults, [])
  const { rowCount } = await world.deps.db.pool.query(
    `select from outbox where topic = 'mail.referred' and due_at is not null`,
  )
  t.equal(rowCount, 0, 'dropped for good')
})

t.test('a letter that was kept waiting until the reminder is due gives way to it', async (t) => {
  const world = await makeWorld(t)
  await refer(world, attested)
  world.deps.clock.advance(day)
  await sweepReferrals(world.deps)
  const letters = await (await openPost(t, world)).carry()
  t.strictSame(subjects(letters.filter(({ recipients }) => recipients[0] === lyon)), [
    'Somebody from Cais Aberto waits for your answer',
  ])
})

t.test('an hour before, it is the letter that is carried', async (t) => {
  const world = await makeWorld(t)
  await refer(world, attested)
  world.deps.clock.advance(day - hour)
  t.strictSame(addresses(arrivals(await (await openPost(t, world)).carry())), [[lyon]])
})

t.test('of somebody who was passed on it says by whom, and from where', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const { id } = await refer(world, attested)
  const third = await putSpace(world.deps, { name: 'Nave', city: 'Nantes', contactEmail: nantes })
  const { childId } = await forwardReferral(world.receiver, id, { toSpaceId: third, note: 'Quieter.' })
  await post.carry()
  await grantConsent(...byMember(world, childId as typeof id, world.receiver))
  const letters = await post.carry()
  t.strictSame(addresses(letters), [[nantes]])
  for (const words of [
    'La Traboule in Lyon would like to send you a member',
    'Cais Aberto in Lisbon had sent the member to them',
    'La Traboule says: Quieter.',
    'Cais Aberto is told',
  ]) {
    t.match(letters[0]?.mail.text, words)
  }
  for (const part of contactParts) t.notMatch(seenIn(letters[0]!), part)
})
