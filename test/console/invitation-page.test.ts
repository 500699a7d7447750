import t from 'tap'
import { linkUrl } from '../../src/members/link.ts'
import { day } from '../../src/platform/clock.ts'
import type { Id } from '../../src/platform/ids.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import { withdrawReferral } from '../../src/referrals/withdraw.ts'
import { attested, makeWorld, member, refer, type World } from '../events/world.ts'

const pathOf = ({ deps }: World, id: Id<'referral'>) =>
  linkUrl('', deps.keys.link, 'invitation', { id, linkNumber: null })

t.test('a space outside the network sees the brief and the note, and never who it is', async (t) => {
  const world = await makeWorld(t, { status: 'unclaimed' })
  const { id, status, inviteUrl } = await refer(world, attested)
  t.equal(status, 'draft')
  t.equal(inviteUrl, `https://waggle.test${pathOf(world, id)}`)
  const page = await world.app.inject(pathOf(world, id))
  t.equal(page.statusCode, 200)
  for (const words of [
    'Cais Aberto would like to send you a member',
    'Illustrator',
    'drawing nights',
    'Lisbon',
  ])
    t.match(page.body, words)
  for (const secret of ['Teresa', 'Valad', member.email, '912 345', 'desk@']) t.notMatch(page.body, secret)
})

t.test('the name is shown to a member who agreed to it, and nothing else', async (t) => {
  const world = await makeWorld(t, { status: 'unclaimed' })
  const { id } = await refer(world, { ...attested, named: true })
  const page = await world.app.inject(pathOf(world, id))
  t.match(page.body, member.name)
  for (const secret of [member.email, '912 345']) t.notMatch(page.body, secret)
})

t.test('the page says until when the link works, by the policy of the network', async (t) => {
  const world = await makeWorld(t, { status: 'unclaimed' }, { ...standardPolicy, invitation: 21 * day })
  const { id } = await refer(world, attested)
  t.match(
    (await world.app.inject(pathOf(world, id))).body,
    'works until Friday 11 December, 10:30 (Lyon time)',
  )
})

t.test('an invitation ends when the sender withdraws it, or after 14 days', async (t) => {
  const world = await makeWorld(t, { status: 'unclaimed' })
  const [first, second] = [await refer(world, attested), await refer(world, attested)]
  await withdrawReferral(world.sender, first.id)
  t.equal((await world.app.inject(pathOf(world, first.id))).statusCode, 410)
  t.equal((await world.app.inject(pathOf(world, second.id))).statusCode, 200)
  world.deps.clock.advance(14 * day)
  t.equal((await world.app.inject(pathOf(world, second.id))).statusCode, 410)
})
