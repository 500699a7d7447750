import t from 'tap'
import type { Test } from 'tap'
import { day } from '../../src/platform/clock.ts'
import type { Ctx } from '../../src/platform/context.ts'
import type { Id } from '../../src/platform/ids.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { closeReferral } from '../../src/referrals/close.ts'
import { declineReferral } from '../../src/referrals/decline.ts'
import { forwardReferral } from '../../src/referrals/forward.ts'
import { getReferral } from '../../src/referrals/get.ts'
import { grantConsent, refuseConsent } from '../../src/referrals/member-consent.ts'
import { putSpace } from '../helpers/spaces.ts'
import { acceptedMember, addresses, contactParts, openPost, seenIn, type Post } from './post.ts'
import { attested, byMember, ctxOf, makeWorld, member, refer, type World } from './world.ts'

const [lisbon, lyon, nantes] = ['desk@lisbon.example', 'desk@lyon.example', 'desk@nantes.example']

interface Forwarded {
  readonly world: World
  readonly post: Post
  readonly parentId: Id<'referral'>
  readonly childId: Id<'referral'>
  readonly third: Ctx
}

const putNave = ({ deps }: World) => putSpace(deps, { name: 'Nave', city: 'Nantes', contactEmail: nantes })

/** Cais Aberto referred Teresa to La Traboule, which suggests Nave; nothing of that is carried yet. */
const forwarded = async (t: Test, isSeen: boolean): Promise<Forwarded> => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const parentId = isSeen ? await acceptedMember(world, post) : (await refer(world, attested)).id
  await post.carry()
  const third = await putNave(world)
  const { childId } = await forwardReferral(world.receiver, parentId, { toSpaceId: third, note: 'Quieter.' })
  return { world, post, parentId, childId: childId as Id<'referral'>, third: ctxOf(world.deps, third) }
}

const consent = ({ world, childId }: Forwarded) => byMember(world, childId, world.receiver)

t.test('the member is asked anew, and told who introduced whom', async (t) => {
  const { post } = await forwarded(t, false)
  const [letter, more] = await post.carry()
  t.equal(more, undefined)
  t.strictSame(letter?.recipients, [member.email])
  for (const words of [
    'Cais Aberto in Lisbon introduced you to La Traboule in Lyon, who suggests Nave',
    'La Traboule itself has not seen your name',
    'La Traboule says: Quieter.',
    'answer by Friday 27 November, 10:30 (Nantes time)',
    'because Cais Aberto gave us your address',
  ]) {
    t.match(letter?.mail.text, words)
  }
})

t.test('a forwarder that never saw the member is kept out of the introduction', async (t) => {
  const story = await forwarded(t, false)
  await story.post.carry()
  await grantConsent(...consent(story))
  await acceptReferral(story.third, story.childId, {})
  const [letter, more] = await story.post.carry()
  t.equal(more, undefined)
  t.strictSame(letter?.recipients.toSorted(), [lisbon, nantes, member.email])
  t.strictSame(letter?.mail.replyTo?.value.map(({ address }) => address).toSorted(), [
    lisbon,
    nantes,
    member.email,
  ])
  t.notMatch(seenIn(letter!), lyon)
  t.match(
    letter?.mail.text,
    'Cais Aberto in Lisbon introduces you to each other, as La Traboule in Lyon suggested',
  )
})

t.test('a forwarder that knows the member takes part in the introduction', async (t) => {
  const story = await forwarded(t, true)
  const [asked] = await story.post.carry()
  t.notMatch(asked?.mail.text, 'has not seen')
  await grantConsent(...consent(story))
  await acceptReferral(story.third, story.childId, {})
  const [letter] = await story.post.carry()
  t.strictSame(letter?.recipients.toSorted(), [lisbon, lyon, nantes, member.email])
})

t.test('no letter to a forwarder that never saw the member says who it is', async (t) => {
  const story = await forwarded(t, false)
  await story.post.carry()
  story.world.deps.clock.advance(7 * day)
  const letters = await story.post.carry()
  const [toForwarder] = letters.filter(({ recipients }) => recipients[0] === lyon)
  t.match(toForwarder?.mail.text, 'Cais Aberto is told as well, and may choose another space')
  for (const part of contactParts) t.notMatch(seenIn(toForwarder!), part)
  const [toOrigin] = letters.filter(({ recipients }) => recipients[0] === lisbon)
  t.equal(toOrigin?.mail.subject, 'Your member has not answered about Nave')
  t.match(toOrigin?.mail.text, 'You may choose another space')
  t.match(toOrigin?.mail.text, story.parentId)
})

t.test(
  'the space that sent the member first hears what became of it, and that the next choice is its own',
  async (t) => {
    const story = await forwarded(t, false)
    await story.post.carry()
    await grantConsent(...consent(story))
    await declineReferral(story.third, story.childId, { reason: 'vetting_concern' })
    const letters = await story.post.carry()
    t.strictSame(
      addresses(letters).toSorted(),
      [[lisbon], [lyon]],
      'the forwarder is told why by another letter',
    )
    const letter = letters.find(({ recipients }) => recipients[0] === lisbon)
    t.equal(letter?.mail.subject, 'Nave has said no')
    t.match(letter?.mail.text, 'You may choose another space now')
    t.notMatch(seenIn(letter!), 'vetting')
  },
)

t.test(
  'a join is told to the space that sent the member first; a no of the member asks nothing of it',
  async (t) => {
    const joined = await forwarded(t, false)
    await joined.post.carry()
    await grantConsent(...consent(joined))
    await acceptReferral(joined.third, joined.childId, {})
    await joined.post.carry()
    await closeReferral(joined.third, joined.childId, { outcome: 'joined' })
    const [letter] = await joined.post.carry()
    t.strictSame([letter?.recipients, letter?.mail.subject], [[lisbon], 'Your member has joined Nave'])
    t.match(letter?.mail.text, 'There is nothing for you to do')

    const refused = await forwarded(t, false)
    await refused.post.carry()
    await refuseConsent(...consent(refused))
    const [told] = await refused.post.carry()
    t.strictSame(told?.recipients, [lisbon])
    t.notMatch(told?.mail.text, 'choose another space')
  },
)

t.test('over two hops the last place is named, and only the first sender is told', async (t) => {
  const story = await forwarded(t, false)
  await grantConsent(...consent(story))
  const fourth = await putSpace(story.world.deps, { name: 'Ruche', city: 'Rennes' })
  await forwardReferral(story.third, story.childId, { toSpaceId: fourth })
  const { childId } = await getReferral(story.third, story.childId)
  const lastId = childId as Id<'referral'>
  await grantConsent(...byMember(story.world, lastId, story.third))
  await story.post.carry()
  await acceptReferral(ctxOf(story.world.deps, fourth), lastId, {})
  const [introduction] = await story.post.carry()
  t.strictSame(introduction?.recipients.toSorted(), [lisbon, member.email], 'neither of the two forwarders')
  await closeReferral(ctxOf(story.world.deps, fourth), lastId, { outcome: 'joined' })
  const letters = await story.post.carry()
  t.strictSame(addresses(letters), [[lisbon]])
  t.equal(letters[0]?.mail.subject, 'Your member has joined Ruche')
  t.match(String(letters[0]?.mail.html), 'Nave had suggested Ruche.')
})
