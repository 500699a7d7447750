import t from 'tap'
import type { Id } from '../../src/platform/ids.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { closeReferral } from '../../src/referrals/close.ts'
import { forwardReferral } from '../../src/referrals/forward.ts'
import { confirmWithdrawal, requestWithdrawal } from '../../src/referrals/request-withdrawal.ts'
import { byLink, ctxOf, makeWorld, member, refer, type World } from '../events/world.ts'
import { putSpace } from '../helpers/spaces.ts'
import { acceptedPage, cardOf, formsOn, pageOf } from './pages.ts'

/** La Traboule passes Teresa on to Nave in Porto, before it saw who she is. */
const forwardedPages = async (world: World) => {
  const naveId = await putSpace(world.deps, { name: 'Nave', city: 'Porto', timezone: 'Europe/Lisbon' })
  const parent = pageOf(world, (await refer(world, byLink)).id)
  await parent.press('grant')
  await forwardReferral(world.receiver, parent.id, { toSpaceId: naveId, note: 'More light there.' })
  const { childId } = await cardOf(world, parent)
  return { parent, child: pageOf(world, childId as Id<'referral'>), nave: ctxOf(world.deps, naveId) }
}

t.test(
  'who is passed on reads who introduced them, who thinks what fits better, and is asked anew',
  async (t) => {
    const world = await makeWorld(t)
    const { parent, child, nave } = await forwardedPages(world)
    const asked = await child.look()
    for (const words of [
      'may La Traboule introduce you to Nave in Porto?',
      'Cais Aberto in Lisbon introduced you to La Traboule. La Traboule thinks that Nave would fit you better.',
      'La Traboule passes it on without seeing how to reach you.',
      'More light there.',
    ])
      t.match(asked, words)
    const passedOn = await parent.look()
    t.match(passedOn, 'La Traboule suggests Nave in Porto')
    t.match(passedOn, 'an e-mail of its own asks you')
    t.strictSame(formsOn(passedOn), ['erase'])

    await child.press('grant')
    await acceptReferral(nave, child.id, {})
    await child.press('schedule', { at: '2026-12-01T10:00' })
    t.match(await child.look(), 'Tuesday 1 December 2026, 10:00, by the clock in Porto')
    await closeReferral(nave, child.id, { outcome: 'joined' })
    t.match(await parent.look(), 'You have joined Nave in Porto')
  },
)

t.test('erasing one introduction tells of the page of the other, and leaves it alone', async (t) => {
  const world = await makeWorld(t)
  const { parent, child } = await forwardedPages(world)
  await parent.press('erase')
  const erased = await parent.look()
  t.match(erased, 'What was passed on for Nave has a page of its own')
  t.notMatch(erased, 'Teresa')
  t.match(await child.look(), member.email)
  await child.press('refuse')
  const refused = await child.look()
  t.match(refused, 'What Cais Aberto sent before has a page of its own')
  t.notMatch(refused, 'Teresa')
})

t.test(
  'a referral that is withdrawn after acceptance says who has seen how to reach the member',
  async (t) => {
    const world = await makeWorld(t)
    const page = await acceptedPage(world)
    await requestWithdrawal(world.sender, page.id)
    t.match(
      await page.look(),
      'Cais Aberto would like to withdraw this referral. It ends on 23 November 2026',
    )
    await confirmWithdrawal(world.receiver, page.id)
    const withdrawn = await page.look()
    t.match(withdrawn, 'La Traboule has seen how to reach you since it said yes.')
    t.notMatch(withdrawn, /would like to withdraw|has not seen/)
  },
)

t.test('each end is told as it was told, and never why', async (t) => {
  const world = await makeWorld(t)
  const ends = {
    joined: 'You have joined La Traboule in Lyon',
    completed: 'Your stay at La Traboule in Lyon is over',
    not_joined: 'La Traboule says that you have not become a member',
    no_show: 'La Traboule says that you did not come',
    unreachable: 'La Traboule says that it could not reach you',
    unknown: 'How it went on has not been told',
  } as const
  for (const [outcome, words] of Object.entries(ends) as [keyof typeof ends, string][]) {
    const page = await acceptedPage(world)
    const reason = outcome === 'not_joined' ? { reason: 'price' as const } : {}
    await closeReferral(world.receiver, page.id, { outcome, ...reason })
    const told = await page.look()
    t.match(told, words)
    t.notMatch(told, 'price')
  }
})

t.test(
  'the page stays calm: one thing is asked, and everything that cannot be undone is folded away',
  async (t) => {
    const world = await makeWorld(t)
    const page = await acceptedPage(world)
    const source = await page.look()
    t.equal(source.split('class="now"').length - 1, 1)
    const [asked = '', ...folds] = source.split('<details')
    t.strictSame(formsOn(asked), ['schedule'])
    t.strictSame(folds.map(formsOn), [['record-visit', 'start-trial', 'claim'], ['revoke']])
    t.notMatch(source, /point|credit|balance/)
  },
)
