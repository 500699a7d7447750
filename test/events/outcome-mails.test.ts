import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { claimStage } from '../../src/referrals/claim.ts'
import { memberClaims } from '../../src/referrals/member-reports.ts'
import { recordVisit } from '../../src/referrals/record-visit.ts'
import { requestWithdrawal } from '../../src/referrals/request-withdrawal.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { acceptedMember, acceptedSilently, openPost, subjects } from './post.ts'
import { byMember, makeWorld, member } from './world.ts'

const lyon = 'desk@lyon.example'

t.test(
  'the receiver is asked how it goes, again and again, until the day on which it is closed',
  async (t) => {
    const world = await makeWorld(t)
    const post = await openPost(t, world)
    const id = await acceptedMember(world, post)
    world.deps.clock.advance(7 * day)
    const [first, more] = await post.carry()
    t.equal(more, undefined)
    t.strictSame(first?.recipients, [lyon])
    t.equal(first?.mail.subject, 'How is it going with the member from Cais Aberto?')
    for (const words of [
      `How is it going with ${member.name}?`,
      'You said yes on 20 November 2026, and nobody has told since',
      'ask again on Sunday 27 December, 10:30.',
      'On Wednesday 19 May 2027, 11:30, Lyon time, it is closed',
      id,
    ]) {
      t.match(first?.mail.text, words)
    }
    const [second] = await (world.deps.clock.advance(30 * day), post.carry())
    t.match(second?.mail.text, 'ask again on Tuesday 26 January 2027, 10:30.')
    for (let round = 0; round < 3; round += 1) await (world.deps.clock.advance(30 * day), post.carry())
    world.deps.clock.advance(30 * day)
    const [last] = await post.carry()
    t.match(last?.mail.text, 'We do not ask again. On Wednesday 19 May, 11:30, Lyon time, it is closed')
  },
)

t.test('who has told meanwhile how it goes is not asked', async (t) => {
  const world = await makeWorld(t)
  const id = await acceptedSilently(world)
  world.deps.clock.advance(7 * day)
  await sweepReferrals(world.deps)
  await recordVisit(world.receiver, id, '2026-11-25')
  const letters = await (await openPost(t, world)).carry()
  t.notMatch(subjects(letters).join(), 'How is it going')
})

t.test(
  'a request to withdraw is put to the receiver, with the day on which its silence confirms',
  async (t) => {
    const world = await makeWorld(t)
    const post = await openPost(t, world)
    const id = await acceptedMember(world, post)
    await requestWithdrawal(world.sender, id)
    const [letter, more] = await post.carry()
    t.equal(more, undefined)
    t.strictSame(letter?.recipients, [lyon])
    t.match(letter?.mail.text, 'withdrawn on Monday 23 November, 10:30, Lyon time, by itself')
  },
)

t.test('a request to withdraw that a visit has cancelled is not carried', async (t) => {
  const world = await makeWorld(t)
  const id = await acceptedSilently(world)
  world.deps.clock.advance(day)
  await requestWithdrawal(world.sender, id)
  await recordVisit(world.receiver, id, '2026-11-20')
  const letters = await (await openPost(t, world)).carry()
  t.notMatch(subjects(letters).join(), 'withdraw a referral')
})

t.test(
  'a claim goes to the receiver: nothing to do when it is right, and until when to object',
  async (t) => {
    const world = await makeWorld(t)
    const post = await openPost(t, world)
    const id = await acceptedMember(world, post)
    await claimStage(world.sender, id, 'visited')
    const [bySender] = await post.carry()
    t.strictSame(bySender?.recipients, [lyon])
    t.equal(bySender?.mail.subject, 'Cais Aberto says that their member came to you')
    world.deps.clock.advance(day)
    await memberClaims(...byMember(world, id), 'joined')
    const [letter, more] = await post.carry()
    t.equal(more, undefined)
    t.strictSame(letter?.recipients, [lyon])
    t.equal(letter?.mail.subject, 'The member from Cais Aberto says that they joined you')
    for (const words of [
      `${member.name} says that they joined you`,
      'If it is right, there is nothing to do',
      'object in Waggle by Saturday 5 December, 10:30, Lyon time.',
      'it counts from Saturday 5 December, 10:30,',
    ]) {
      t.match(letter?.mail.text, words)
    }
  },
)

t.test('a claim that was raised or granted before the mail was carried is not put twice', async (t) => {
  const world = await makeWorld(t)
  const [raised, granted] = [await acceptedSilently(world), await acceptedSilently(world)]
  for (const id of [raised, granted]) await claimStage(world.sender, id, 'visited')
  world.deps.clock.advance(day)
  await memberClaims(...byMember(world, raised), 'trial')
  await recordVisit(world.receiver, granted, '2026-11-20')
  const letters = await (await openPost(t, world)).carry()
  t.strictSame(
    subjects(letters).filter((subject) => subject?.includes('says that')),
    ['The member from Cais Aberto says that they started a trial with you'],
  )
})
