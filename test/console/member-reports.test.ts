import t, { type Test } from 'tap'
import { day, hour } from '../../src/platform/clock.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { closeReferral } from '../../src/referrals/close.ts'
import { declineReferral } from '../../src/referrals/decline.ts'
import { disputeOutcome } from '../../src/referrals/dispute.ts'
import { getReferral } from '../../src/referrals/get.ts'
import { resolveDispute } from '../../src/referrals/resolve.ts'
import { claimStage } from '../../src/referrals/claim.ts'
import { attested, makeWorld, member, refer, rowsAsText, type World } from '../events/world.ts'
import { acceptedPage, cardOf, formsOn, lastEvent, pageOf, reports, type Page } from './pages.ts'

/** Presses a form and tells what happened last, as both spaces read it. */
const tell = async (t: Test, world: World, page: Page, name: string, fields = {}) => {
  const answer = await page.press(name, fields)
  t.strictSame([answer.status, answer.location], [303, page.path], name)
  const event = await lastEvent(world.sender, page.id)
  t.strictSame(event, await lastEvent(world.receiver, page.id))
  return event
}

const closedPage = async (world: World, outcome: 'joined' | 'no_show' | 'unknown') => {
  const page = await acceptedPage(world)
  await closeReferral(world.receiver, page.id, { outcome })
  return page
}

t.test(
  'a member arranges a visit by the clock of the receiver, moves it, stays away, and comes',
  async (t) => {
    const world = await makeWorld(t)
    const page = await acceptedPage(world)
    t.strictSame(await tell(t, world, page, 'schedule', { at: '2027-03-27T10:00' }), ['schedule', 'member'])
    t.equal((await cardOf(world, page)).scheduledFor, '2027-03-27T09:00:00.000Z')
    t.match(await page.look(), 'Saturday 27 March 2027, 10:00, by the clock in Lyon')
    t.match(await page.look(), 'value="2027-03-27T10:00"')
    t.strictSame(await tell(t, world, page, 'reschedule', { at: '2027-03-28T10:00' }), [
      'reschedule',
      'member',
    ])
    t.equal(
      (await cardOf(world, page)).scheduledFor,
      '2027-03-28T08:00:00.000Z',
      'summer time began that night',
    )

    world.deps.clock.set(Date.parse('2027-03-28T20:00Z'))
    const asked = await page.look()
    t.match(asked, 'Were you there?')
    t.match(asked, 'value="2027-03-28"')
    t.strictSame(await tell(t, world, page, 'record-no-show'), ['record-no-show', 'member'])
    t.match(await page.look(), 'The visit that was arranged did not take place')
    t.strictSame(await tell(t, world, page, 'record-visit', { on: '2027-03-28' }), ['record-visit', 'member'])
    t.match(await cardOf(world, page), { status: 'visited', visitedOn: '2027-03-28', reached: 'visited' })
    t.strictSame(await tell(t, world, page, 'start-trial'), ['start-trial', 'member'])
    t.strictSame(await tell(t, world, page, 'claim', { stage: 'joined' }), ['claim', 'member'])
    t.match(await cardOf(world, page), { status: 'trial', claim: { stage: 'joined', by: 'member' } })
    const told = await page.look()
    t.match(
      told,
      'You have told us that you have become a member. La Traboule may say otherwise until Sunday 11 April, 22:00 (Lyon time)',
    )
    t.strictSame(formsOn(told), ['revoke'])
  },
)

t.test('the second visit that a member does not come to ends it, and the page says so', async (t) => {
  const world = await makeWorld(t)
  const page = await acceptedPage(world)
  for (const at of ['2026-11-23T10:00', '2026-11-25T10:00']) {
    await page.press('schedule', { at })
    t.notMatch(await page.look(), 'this introduction ends', 'it is yet to come')
    world.deps.clock.advance(3 * day)
    t.equal(
      (await page.look()).includes('not come this time either, this introduction ends'),
      at > '2026-11-24',
    )
    await page.press('record-no-show')
  }
  t.match(await cardOf(world, page), { status: 'closed', outcome: 'no_show' })
  t.match(await page.look(), 'No visit took place')
})

t.test('after the end a member says how far it came', async (t) => {
  const world = await makeWorld(t)
  const page = await closedPage(world, 'unknown')
  t.strictSame(formsOn(await page.look()), ['claim', 'claim', 'claim', 'erase'])
  t.strictSame(await tell(t, world, page, 'claim', { stage: 'trial' }), ['claim', 'member'])
  t.match(await cardOf(world, page), { status: 'closed', claim: { stage: 'trial', by: 'member' } })
  const told = await page.look()
  t.strictSame(formsOn(told), ['claim', 'erase'], 'more than that can still be said')
  t.match(told, 'value="joined"')
})

t.test('a member who left again says so within 30 days, and can correct that', async (t) => {
  const world = await makeWorld(t)
  const page = await closedPage(world, 'joined')
  t.match(await page.look(), 'If you leave again by Sunday 20 December, 11:30 (Lyon time), say so here')
  t.strictSame(await tell(t, world, page, 'report-left'), ['report-left', 'member'])
  const left = await page.look()
  t.match(left, 'You have left La Traboule in Lyon again')
  t.match(left, 'I am still a member there')
  const late = await closedPage(world, 'joined')
  world.deps.clock.advance(30 * day + hour)
  t.strictSame(formsOn(await late.look()), ['erase'])
  await late.press('report-left')
  t.equal((await cardOf(world, late)).leftAt, null)
})

t.test('while two accounts stand against each other, what the member says is noted', async (t) => {
  const world = await makeWorld(t)
  const page = await acceptedPage(world)
  await claimStage(world.sender, page.id, 'visited')
  t.match(await page.look(), 'Cais Aberto says that you were there')
  await disputeOutcome(world.receiver, page.id, {})
  const asked = await page.look()
  t.match(
    asked,
    'The two spaces tell it differently. By one account you were there, by the other you have not been there',
  )
  t.match(asked, 'What you say here counts')
  t.strictSame(
    stagesOn(asked),
    ['visited', 'trial', 'joined'],
    'there is nothing to press for who was not there',
  )
  t.strictSame(await tell(t, world, page, 'claim', { stage: 'visited' }), ['claim', 'member'])
  const told = await page.look()
  t.match(told, 'You have told us that you were there, and that counts')
  t.strictSame(stagesOn(told), ['trial', 'joined'], 'that there was more to it can still be said')
})

t.test('a member whose link the sender handed over is promised no more than their word can do', async (t) => {
  const world = await makeWorld(t)
  const { id } = await refer(world, attested, { member: { name: member.name, phone: member.phone } })
  await acceptReferral(world.receiver, id, {})
  const page = pageOf(world, id)
  t.strictSame(stagesOn(await page.look()), ['visited'], 'a visit may be claimed, and nothing else')
  await page.press('claim', { stage: 'visited' })
  await disputeOutcome(world.receiver, id, {})
  const asked = await page.look()
  t.match(asked, 'What you say here is told to both.')
  t.match(asked, 'after that, the lesser of the two stands')
  t.notMatch(asked, 'your word decides')
})

t.test('in a dispute the last word of the member counts, be it less than the one before', async (t) => {
  const world = await makeWorld(t)
  const page = await closedPage(world, 'joined')
  await disputeOutcome(world.receiver, page.id, { stage: 'none' })
  const asked = await page.look()
  t.match(asked, 'Cais Aberto and La Traboule learn what you say here.')
  t.strictSame(stagesOn(asked), ['visited', 'trial', 'joined'])
  await page.press('claim', { stage: 'joined' })
  const told = await page.look()
  t.strictSame(stagesOn(told), ['visited', 'trial'])
  t.notMatch(told, 'need not do anything', 'a word stands already')
  await page.press('claim', { stage: 'visited' })
  t.equal((await cardOf(world, page)).memberReport, 'visited')
  t.strictSame(stagesOn(await page.look()), ['trial', 'joined'])
})

const stagesOn = (source: string) =>
  [...source.matchAll(/name="stage" value="(\w+)"/g)].map(([, stage]) => stage)

t.test('a dispute about a member who has left is put as what the two say', async (t) => {
  const world = await makeWorld(t)
  const page = await closedPage(world, 'joined')
  await page.press('report-left')
  await disputeOutcome(world.sender, page.id, { stage: 'joined' })
  const source = await page.look()
  t.match(
    source,
    'By one account you became a member and have left again, by the other you are still a member.',
  )
  t.match(source, 'You have told us that you became a member and have left again, and that counts.')
  t.strictSame(stagesOn(source), ['joined'])
})

t.test(
  'after a dispute that was settled for a join, the page says until when a leaving is told',
  async (t) => {
    const world = await makeWorld(t)
    const page = await closedPage(world, 'joined')
    await disputeOutcome(world.receiver, page.id, { stage: 'trial' })
    await resolveDispute({ ...world.receiver, actor: { kind: 'steward', id: 'test' } }, page.id, 'upheld')
    const source = await page.look()
    t.strictSame(formsOn(source), ['report-left', 'erase'])
    t.match(source, 'If you leave again by Sunday 20 December, 11:30 (Lyon time), say so here.')
    t.notMatch(source, 'Nothing more happens here')
  },
)

t.test(
  'after the end a member erases the words on both sides, and nothing of them stays on the page',
  async (t) => {
    const world = await makeWorld(t)
    const page = await closedPage(world, 'joined')
    for (const words of [member.name, member.email, 'Come on Monday', 'Illustrator'])
      t.match(await page.look(), words)
    t.equal((await page.press('erase')).status, 303)
    t.equal(await rowsAsText(world, 'referral_texts'), '')
    t.match(await cardOf(world, page), { status: 'closed', outcome: 'joined', member: null })
    const erased = await page.look()
    t.match(erased, 'What was written about you is erased')
    t.match(erased, 'La Traboule has seen how to reach you')
    t.strictSame(formsOn(erased), [])
    for (const words of [
      'Teresa',
      member.email,
      '912',
      'Come on Monday',
      'Illustrator',
      'moving',
      'said yes on',
      'March',
    ]) {
      t.notMatch(erased, words)
    }
  },
)

t.test('before the end nothing is erased by that form: consent is withdrawn instead', async (t) => {
  const world = await makeWorld(t)
  const page = await acceptedPage(world)
  t.equal((await page.press('erase')).status, 303)
  t.match(await page.look(), member.email)
})

t.test(
  'a day or time that cannot be taken is told beside the field, and nothing is lost or changed',
  async (t) => {
    const world = await makeWorld(t)
    const page = await acceptedPage(world)
    const before = await rowsAsText(world, 'referrals')
    const wrong: [name: string, fields: Record<string, string>, said: string][] = [
      ['schedule', {}, 'Please choose the day and the time of your visit.'],
      ['schedule', { at: 'soon' }, 'Please choose the day and the time of your visit.'],
      ['schedule', { at: '2026-11-20T09:00' }, 'That time is over. Please choose one that is still to come.'],
      ['schedule', { at: '2027-05-25T10:00' }, 'Please choose a time before Wednesday 19 May 2027, 11:30.'],
      ['record-visit', { on: '' }, 'Please choose the day on which you were there.'],
      ['record-visit', { on: '2026-11-21' }, 'That day is still to come.'],
      ['record-visit', { on: '2026-10-01' }, 'That is before you were introduced.'],
    ]
    for (const [name, fields, said] of wrong) {
      const answer = await page.press(name, fields)
      t.equal(answer.status, 422, said)
      t.match(answer.body, said)
      t.match(answer.body, 'La Traboule has said yes')
      const typed = Object.values(fields)[0] ?? ''
      const kept = typed === '' ? '' : `value="${typed}"[^>]*`
      t.match(answer.body, new RegExp(`${kept} aria-invalid`), 'what was typed stands there still')
      if (name === 'record-visit') t.match(answer.body, '<details class="why" open>')
    }
    t.equal(await rowsAsText(world, 'referrals'), before)
    const hostile = await page.press('schedule', { at: '"><script>alert(1)</script>' })
    t.notMatch(hostile.body, '<script')
  },
)

t.test('what is not legal now changes nothing: the page tells how things stand', async (t) => {
  const world = await makeWorld(t)
  const fields = { at: '2026-12-01T10:00', on: '2026-11-20', stage: 'joined' }
  const unlikely: [page: Page, names: string[], said: string][] = [
    [
      await acceptedPage(world),
      ['grant', 'refuse', 'reschedule', 'record-no-show', 'report-left', 'erase'],
      'has said yes',
    ],
    [
      await closedPage(world, 'joined'),
      reports.filter((name) => !['erase', 'report-left'].includes(name)),
      'You have joined',
    ],
  ]
  const declined = await acceptedPage(world)
  await declineReferral(world.receiver, declined.id, { reason: 'no_capacity' })
  unlikely.push([declined, reports.filter((name) => name !== 'erase'), 'cannot take you this time'])
  for (const [page, names, said] of unlikely) {
    const before = await rowsAsText(world, 'referral_events')
    for (const name of names) {
      t.equal((await page.press(name, fields)).status, 303, name)
      t.equal((await page.press(name, { at: 'x', on: 'x', stage: 'x' })).status, 303, `${name}, badly`)
    }
    t.equal(await rowsAsText(world, 'referral_events'), before)
    t.match(await page.look(), said)
  }
})

t.test('a stage that is told already, or that does not exist, changes nothing', async (t) => {
  const world = await makeWorld(t)
  const page = await closedPage(world, 'no_show')
  await page.press('claim', { stage: 'trial' })
  const { version } = await cardOf(world, page)
  for (const stage of ['visited', 'trial', 'owner', '']) {
    t.equal((await page.press('claim', { stage })).status, 303)
  }
  t.equal((await cardOf(world, page)).version, version)
})

t.test('a form on another site tells nothing in the name of the member', async (t) => {
  const world = await makeWorld(t)
  const page = await acceptedPage(world)
  const fields = { at: '2026-12-01T10:00', on: '2026-11-20', stage: 'joined' }
  const before = await rowsAsText(world, 'referral_events')
  for (const name of reports) {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const foreign = { 'content-type': 'application/x-www-form-urlencoded', ...headers }
      t.equal((await page.press(name, fields, foreign)).status, 403, name)
    }
  }
  t.equal(await rowsAsText(world, 'referral_events'), before)
  t.equal((await getReferral(world.receiver, page.id)).status, 'accepted')
})
