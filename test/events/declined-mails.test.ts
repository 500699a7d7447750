import t from 'tap'
import { declineReasons } from '../../src/referrals/contract-choices.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { declineReferral } from '../../src/referrals/decline.ts'
import { forwardReferral } from '../../src/referrals/forward.ts'
import { eraseMember } from '../../src/referrals/erase.ts'
import { grantConsent } from '../../src/referrals/member-consent.ts'
import { day } from '../../src/platform/clock.ts'
import { putSpace } from '../helpers/spaces.ts'
import { acceptedMember, addresses, contactParts, openPost, seenIn } from './post.ts'
import { attested, byMember, ctxOf, makeWorld, member, refer } from './world.ts'

const [lisbon, lyon] = ['desk@lisbon.example', 'desk@lyon.example']

t.test('the sender is told by whom, why in words, and where else the member might fit', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const { id } = await refer(world, attested)
  await post.carry()
  const better = await putSpace(world.deps, {
    name: 'Nave',
    city: 'Nantes',
    contactEmail: 'desk@nantes.example',
  })
  world.deps.clock.advance(3 * day)
  await post.carry()
  await declineReferral(world.receiver, id, {
    reason: 'vetting_concern',
    note: 'The last landlord warned us.',
    redirectToSpaceId: better,
  })
  const [letter, more] = await post.carry()
  t.equal(more, undefined)
  t.strictSame(letter?.recipients, [lisbon], 'not the member, and not the space that is named')
  t.equal(letter?.mail.subject, 'La Traboule has said no')
  for (const words of [
    'You wrote to La Traboule in Lyon on 20 November 2026. They have said no: they have doubts',
    'for your eyes',
    'La Traboule says: The last landlord warned us.',
    'They suggest Nave in Nantes instead. Nothing has been sent there.',
    'You may choose another space now',
    id,
  ]) {
    t.match(letter?.mail.text, words)
  }
  for (const part of [member.email, '912 345', '/m/', 'vetting']) t.notMatch(seenIn(letter!), part)
  t.notMatch(letter?.mail.subject, 'Teresa')
  t.strictSame(await post.carry(), [], 'once')
})

t.test('every reason has words of its own', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  for (const reason of declineReasons) {
    const { id } = await refer(world, attested)
    await declineReferral(world.receiver, id, { reason, note: 'See you.' })
  }
  const letters = (await post.carry()).filter(({ recipients }) => recipients[0] === lisbon)
  const reasons = letters.map(({ mail }) => /have said no: (.+?)\. The reason/.exec(mail.text ?? '')?.[1])
  t.equal(new Set(reasons).size, declineReasons.length)
  for (const reason of reasons) {
    t.notMatch(reason, '_')
    t.notOk(declineReasons.some((code) => code.replaceAll('_', ' ') === reason))
  }
})

t.test('a no after a yes says so, and suggests nothing when nothing was suggested', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const id = await acceptedMember(world, post)
  await declineReferral(world.receiver, id, { reason: 'dates_unavailable' })
  const [letter, more] = await post.carry()
  t.equal(more, undefined)
  t.strictSame(letter?.recipients, [lisbon])
  t.match(
    letter?.mail.text,
    'They said yes on 20 November 2026, and cannot take the member after all: the dates do not suit them.',
  )
  t.notMatch(letter?.mail.text, /suggest|says:/)
})

t.test('what the member has had erased before the mail was carried is not in it', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, attested)
  await declineReferral(world.receiver, id, { reason: 'not_a_fit', note: 'Teresa told us that she paints.' })
  await eraseMember(...byMember(world, id))
  const letters = await (await openPost(t, world)).carry()
  const [letter, more] = letters.filter(({ recipients }) => recipients[0] === lisbon)
  t.equal(more, undefined)
  t.equal(letter?.mail.subject, 'La Traboule has said no')
  for (const secret of [...contactParts, 'paints', 'Illustrator']) t.notMatch(seenIn(letter!), secret)
})

t.test('a sender that left no address gets no letter, and nothing fails', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const { id } = await refer(world, attested)
  await post.carry()
  await world.deps.db.pool.query('update spaces set contact_email = null')
  await declineReferral(world.receiver, id, { reason: 'no_capacity' })
  t.strictSame([await post.carry(), post.faults], [[], []])
})

t.test('a forwarder that never saw the member reads why, and not who it is', async (t) => {
  const world = await makeWorld(t)
  const post = await openPost(t, world)
  const { id } = await refer(world, attested)
  const third = await putSpace(world.deps, { name: 'Nave', city: 'Nantes' })
  const { childId } = await forwardReferral(world.receiver, id, { toSpaceId: third })
  const child = childId as typeof id
  await grantConsent(...byMember(world, child, world.receiver))
  await acceptReferral(ctxOf(world.deps, third), child, {})
  await post.carry()
  await declineReferral(ctxOf(world.deps, third), child, { reason: 'house_rules' })
  const letters = await post.carry()
  t.strictSame(addresses(letters).toSorted(), [[lisbon], [lyon]])
  const letter = letters.find(({ recipients }) => recipients[0] === lyon)
  for (const words of ['the rules of their house', 'Cais Aberto is told as well', child])
    t.match(letter?.mail.text, words)
  for (const part of contactParts) t.notMatch(seenIn(letter!), part)
  t.notMatch(seenIn(letters.find(({ recipients }) => recipients[0] === lisbon)!), 'rules of their house')
})
