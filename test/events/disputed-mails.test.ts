import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { claimStage } from '../../src/referrals/claim.ts'
import { closeReferral } from '../../src/referrals/close.ts'
import { declineReferral } from '../../src/referrals/decline.ts'
import { disputeOutcome } from '../../src/referrals/dispute.ts'
import { getReferral } from '../../src/referrals/get.ts'
import { refuseConsent, revokeConsent } from '../../src/referrals/member-consent.ts'
import { eraseMember } from '../../src/referrals/erase.ts'
import { memberClaims } from '../../src/referrals/member-reports.ts'
import { recordVisit } from '../../src/referrals/record-visit.ts'
import { reportLeft } from '../../src/referrals/report-left.ts'
import { resolveDispute } from '../../src/referrals/resolve.ts'
import {
  acceptedMember,
  acceptedSilently,
  addresses,
  contactParts,
  openPost,
  seenIn,
  subjects,
} from './post.ts'
import { attested, byLink, byMember, makeWorld, member, refer } from './world.ts'

const [lisbon, lyon] = ['desk@lisbon.example', 'desk@lyon.example']

t.test('of a dispute both spaces and the member hear, each for themselves', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const id = await acceptedMember(world, post)
  await memberClaims(...byMember(world, id), 'visited')
  await post.carry()
  await disputeOutcome(world.receiver, id, { note: 'Nobody of that name has been here.' })
  const letters = await post.carry()
  t.strictSame(addresses(letters).toSorted(), [[lisbon], [lyon], [member.email]])
  const to = (address: string) => letters.find(({ recipients }) => recipients[0] === address)!
  const spaces = [to(lisbon), to(lyon)]
  t.match(
    spaces.map(({ mail }) => mail.subject),
    ['La Traboule objects to how it went', 'You and Cais Aberto do not agree on how it went'],
  )
  t.match(to(lisbon).mail.text, 'La Traboule says that they did not come')
  t.match(to(lyon).mail.text, 'You say that they did not come')
  t.match(to(lisbon).mail.text, 'decides until Sunday 20 December, 09:30 (Lisbon time)')
  t.match(to(lyon).mail.text, 'decides until Sunday 20 December, 10:30 (Lyon time)')
  for (const one of spaces) {
    t.match(one.mail.text, 'Nobody of that name has been here.')
    t.match(one.mail.text, 'The member is asked as well.')
    t.notMatch(seenIn(one), '/m/', 'the member’s link is for the member alone')
  }
  t.match(to(member.email).mail.text, /https:\/\/waggle\.test\/m\/[\w-]{22}\n/)
  t.match(to(member.email).mail.text, 'tell us by Sunday 20 December, 10:30 (Lyon time)')
  t.notMatch(seenIn(to(member.email)), 'Nobody of that name')
  t.equal(new Set(letters.map(({ mail }) => mail.messageId)).size, 3)
})

t.test('the receiver who objected hears what the sender answers', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const id = await acceptedMember(world, post)
  await claimStage(world.sender, id, 'visited')
  await disputeOutcome(world.receiver, id, {})
  await post.carry()
  await disputeOutcome(world.sender, id, { stage: 'joined', note: 'She pays for a desk since May.' })
  const letters = await post.carry()
  t.strictSame(addresses(letters), [[lyon]])
  t.equal(letters[0]?.mail.subject, 'Cais Aberto answers your objection')
  t.match(letters[0]?.mail.text, 'Cais Aberto says that they joined. You say that they did not come.')
  t.match(letters[0]?.mail.text, 'She pays for a desk since May.')
  t.match(letters[0]?.mail.text, 'decides until Sunday 20 December, 10:30 (Lyon time)')
})

t.test('no letter says that a member is asked whom no mail reaches', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const { id } = await refer(world, attested, { member: { name: member.name, phone: member.phone } })
  await acceptReferral(world.receiver, id, {})
  await post.carry()
  await claimStage(world.sender, id, 'visited')
  await post.carry()
  await disputeOutcome(world.receiver, id, {})
  const letters = await post.carry()
  t.strictSame(addresses(letters).toSorted(), [[lisbon], [lyon]])
  for (const letter of letters) {
    t.notMatch(seenIn(letter), 'is asked')
    t.match(letter.mail.text, 'After that the lesser of the two accounts stands.')
  }
})

t.test('a dispute about a member who has left says so to all three', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const id = await acceptedMember(world, post)
  await closeReferral(world.receiver, id, { outcome: 'joined' })
  await reportLeft(world.receiver, id)
  await post.carry()
  await disputeOutcome(world.sender, id, { stage: 'joined' })
  const letters = await post.carry()
  t.equal(letters.length, 3)
  for (const { mail, recipients } of letters) {
    if (recipients[0] === member.email)
      t.match(mail.text, 'tell it differently: whether you have left again.')
    else t.match(mail.text, /By one account they joined and left again\. .+ that they are a member still\./)
  }
})

t.test('a dispute that the receiver opens by its report is told like any other', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const id = await acceptedMember(world, post)
  await memberClaims(...byMember(world, id), 'visited')
  await post.carry()
  await closeReferral(world.receiver, id, { outcome: 'unreachable' })
  t.strictSame(addresses(await post.carry()).toSorted(), [[lisbon], [lyon], [member.email]])
})

t.test(
  'a dispute that a report opens holds no words of an earlier one that ended in agreement',
  async (t) => {
    const world = await makeWorld(t)
    const post = await openPost(t, world)
    const id = await acceptedMember(world, post)
    await memberClaims(...byMember(world, id), 'visited')
    await disputeOutcome(world.receiver, id, { note: 'Nobody of that name has been here.' })
    const agreed = await recordVisit(world.receiver, id, '2026-11-20')
    t.strictSame([agreed.dispute, agreed.disputeNote], [null, 'Nobody of that name has been here.'])
    await memberClaims(...byMember(world, id), 'joined')
    await post.carry()
    const { dispute, disputeNote } = await closeReferral(world.receiver, id, { outcome: 'completed' })
    t.match([dispute, disputeNote], [{ by: 'receiver', contested: 'joined' }, null])
    t.equal((await getReferral(world.sender, id)).disputeNote, null)
    const letters = await post.carry()
    t.strictSame(addresses(letters).toSorted(), [[lisbon], [lyon], [member.email]])
    for (const letter of letters) t.notMatch(seenIn(letter), 'Nobody of that name')
  },
)

t.test('an end that nobody objects to leaves the words of a dispute that was settled', async (t) => {
  const world = await makeWorld(t)
  const id = await acceptedSilently(world)
  await memberClaims(...byMember(world, id), 'visited')
  await disputeOutcome(world.receiver, id, { note: 'Nobody of that name has been here.' })
  await recordVisit(world.receiver, id, '2026-11-20')
  const { disputeNote } = await closeReferral(world.receiver, id, { outcome: 'completed' })
  t.equal(disputeNote, 'Nobody of that name has been here.')
})

t.test('a dispute that is settled before the mail was carried is told to nobody', async (t) => {
  const world = await makeWorld(t)
  const id = await acceptedSilently(world)
  await memberClaims(...byMember(world, id), 'visited')
  await disputeOutcome(world.receiver, id, {})
  await resolveDispute({ ...world.receiver, actor: { kind: 'steward', id: 'test' } }, id, 'upheld')
  const letters = await (await openPost(t, world)).carry()
  t.notMatch(subjects(letters).join(), /how it went|Your word|says that/)
})

t.test(
  'when consent is withdrawn, the receiver is told to delete its copies, of nobody by name',
  async (t) => {
    const world = await makeWorld(t)
    const post = await openPost(t, world)
    const id = await acceptedMember(world, post)
    await revokeConsent(...byMember(world, id))
    const [letter, more] = await post.carry()
    t.equal(more, undefined)
    t.strictSame(letter?.recipients, [lyon])
    for (const words of [
      'whom Cais Aberto in Lisbon referred to you on 20 November 2026 has withdrawn consent',
      'delete what you noted elsewhere',
      id,
    ]) {
      t.match(letter?.mail.text, words)
    }
    for (const secret of [...contactParts, 'Illustrator', 'drawing nights'])
      t.notMatch(seenIn(letter!), secret)
  },
)

t.test('when the member erases after the end, the receiver is told to delete its copies, once', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const { id } = await refer(world, attested)
  await post.carry()
  await declineReferral(world.receiver, id, { reason: 'no_capacity' })
  await post.carry()
  for (let times = 0; times < 2; times += 1) await eraseMember(...byMember(world, id))
  const [letter, more] = await post.carry()
  t.equal(more, undefined)
  t.strictSame(letter?.recipients, [lyon])
  t.match(letter?.mail.text, 'has asked to be erased')
})

t.test('a receiver that never heard of the member is told nothing', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const [refused, expired] = [await refer(world, byLink), await refer(world, byLink)]
  await refuseConsent(...byMember(world, refused.id))
  world.deps.clock.advance(7 * day)
  await post.carry()
  await eraseMember(...byMember(world, expired.id))
  t.strictSame(await post.carry(), [])
})
