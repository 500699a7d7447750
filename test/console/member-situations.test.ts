import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import type { Id } from '../../src/platform/ids.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { answerQuestion } from '../../src/referrals/answer.ts'
import { askQuestion } from '../../src/referrals/ask.ts'
import { closeReferral } from '../../src/referrals/close.ts'
import { forwardReferral } from '../../src/referrals/forward.ts'
import { getReferral } from '../../src/referrals/get.ts'
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

t.test('who was passed on twice reads at which place it ended', async (t) => {
  const world = await makeWorld(t)
  const { parent, child, nave } = await forwardedPages(world)
  await child.press('grant')
  const zincId = await putSpace(world.deps, { name: 'Zinc', city: 'Nantes' })
  await forwardReferral(nave, child.id, { toSpaceId: zincId })
  const { childId } = await getReferral(nave, child.id)
  const last = pageOf(world, childId as Id<'referral'>)
  await last.press('grant')
  const zinc = ctxOf(world.deps, zincId)
  await acceptReferral(zinc, last.id, {})
  await closeReferral(zinc, last.id, { outcome: 'joined' })
  for (const page of [parent, child]) t.match(await page.look(), 'You have joined Zinc in Nantes')
  t.match(
    await parent.look(),
    'La Traboule thinks that Nave in Porto would fit you better. From there it went on to Zinc in Nantes.',
  )
  t.notMatch(await child.look(), 'From there it went on')
})

t.test(
  'how long an answer and an objection may take stands there as the policy of the network has it',
  async (t) => {
    const world = await makeWorld(t, {}, { ...standardPolicy, response: 10 * day, claim: 1.5 * day })
    const asked = pageOf(world, (await refer(world, byLink)).id)
    t.match(await asked.look(), 'answers, as a rule within 10 days.')
    await asked.press('grant')
    t.match(await asked.look(), 'answers, as a rule within 10 days.')
    const page = await acceptedPage(world)
    await closeReferral(world.receiver, page.id, { outcome: 'unknown' })
    t.match(await page.look(), 'If it does not say otherwise within 36 hours, it stands.')
  },
)

t.test('what was asked and answered about the member stands beside what is read first', async (t) => {
  const world = await makeWorld(t)
  const page = pageOf(world, (await refer(world, byLink)).id)
  await page.press('grant')
  t.notMatch(await page.look(), /La Traboule asked|Cais Aberto answered/)
  await askQuestion(world.receiver, page.id, 'Does she need a monitor?')
  await answerQuestion(world.sender, page.id, 'No, a laptop is enough.')
  const source = await page.look()
  for (const words of [
    'La Traboule asked',
    'Does she need a monitor?',
    'Cais Aberto answered',
    'No, a laptop is enough.',
  ])
    t.match(source, words)
  await page.press('revoke')
  t.notMatch(await page.look(), /monitor|laptop/)
})

t.test('each page of a chain says where the others are, before anything is erased there', async (t) => {
  const world = await makeWorld(t)
  const { parent, child, nave } = await forwardedPages(world)
  const before =
    'What Cais Aberto sent before has a page of its own, by the link in the earlier e-mail: erase it there.'
  const after =
    'What was passed on for Nave has a page of its own, by the link in the later e-mail: erase it there.'
  const first =
    'Cais Aberto introduced you first. That has a page of its own, by the link in the earlier e-mail.'
  t.match(await parent.look(), after)
  t.notMatch(await parent.look(), /earlier e-mail/)
  t.match(await child.look(), first)
  await child.press('grant')
  await acceptReferral(nave, child.id, {})
  for (const words of [first, before]) t.match(await child.look(), words)
  const zincId = await putSpace(world.deps, { name: 'Zinc', city: 'Nantes' })
  await forwardReferral(nave, child.id, { toSpaceId: zincId })
  for (const words of [first, before, after.replace('Nave', 'Zinc')]) t.match(await child.look(), words)
  const { childId } = await getReferral(nave, child.id)
  const last = pageOf(world, childId as Id<'referral'>)
  t.match(await last.look(), 'What came before has pages of its own, by the links in the earlier e-mails.')
  await last.press('refuse')
  t.match(await last.look(), 'What was sent before has pages of its own, by the links in the earlier e-mails')
})

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
      'Cais Aberto would like to withdraw this referral. It ends on Monday 23 November, 11:30 (Lyon time)',
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
    t.strictSame(
      folds.map(formsOn),
      [['record-visit', 'start-trial', 'claim'], ['revoke'], [], []],
      'the last two hold the file and the way to a new link',
    )
    t.notMatch(source, /point|credit|balance/)
  },
)
