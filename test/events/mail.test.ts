import t from 'tap'
import { day, minute } from '../../src/platform/clock.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { closeReferral } from '../../src/referrals/close.ts'
import { confirmNotice } from '../../src/referrals/confirm-notice.ts'
import { declineReferral } from '../../src/referrals/decline.ts'
import { getReferral } from '../../src/referrals/get.ts'
import { grantConsent, openLink, revokeConsent } from '../../src/referrals/member-consent.ts'
import { withdrawReferral } from '../../src/referrals/withdraw.ts'
import { newLines, openMailbox, startMailTo } from './mailbox.ts'
import {
  attested,
  byLink,
  byMember,
  makeWorld,
  member,
  memberCtx,
  refer,
  rowsAsText,
  type World,
} from './world.ts'

const tokenIn = (text: string | undefined) =>
  /https:\/\/waggle\.test\/m\/([\w-]+)/.exec(text ?? '')?.[1] ?? ''

t.test('consent asked: the member gets one mail with a link; granting sends the referral', async (t) => {
  const world = await makeWorld(t)
  const box = await openMailbox(t)
  const mail = startMailTo(t, world.deps, box.port)
  const { id, status } = await refer(world, byLink)
  t.equal(status, 'awaiting_consent')
  const other = startMailTo(t, world.deps, box.port)
  await Promise.all([mail.drain(), other.drain()])
  await mail.drain()
  t.equal(box.received.length, 1, 'one, by however many workers')
  const [letter] = box.received
  t.strictSame(letter?.recipients, [member.email])
  t.match(letter?.mail.text, 'Cais Aberto in Lisbon thinks you would be well there')
  t.match(letter?.mail.text, 'La Traboule in Lyon')
  t.match(letter?.mail.text, 'Illustrator of children’s books')
  t.match(letter?.mail.text, 'She organised our drawing nights.')
  t.match(letter?.mail.text, 'Please answer by Friday 27 November, 10:30 (Lyon time).')
  t.match(letter?.mail.text, 'up to €250 a month')

  const target = await openLink(world.deps, 'member', tokenIn(letter?.mail.text))
  t.equal(target.referralId, id)
  await grantConsent(memberCtx(world, id), target)
  const seen = await getReferral(world.receiver, id)
  t.equal(seen.status, 'sent')
  t.equal(seen.member, null)
})

t.test(
  'attested consent: the member is told, and the contact opens once the mail server has the notice',
  async (t) => {
    const world = await makeWorld(t)
    const box = await openMailbox(t)
    const { id } = await refer(world, attested)
    await acceptReferral(world.receiver, id, {})
    t.equal(
      (await getReferral(world.receiver, id)).member,
      null,
      'accepted, but the member does not know yet',
    )

    await startMailTo(t, world.deps, box.port).drain()
    const notice = box.received.find(({ mail }) => mail.subject?.includes('has referred you'))
    t.strictSame(notice?.recipients, [member.email])
    t.match(
      notice?.mail.text,
      'Cais Aberto in Lisbon says that you agreed to this on 19 November 2026, in person',
    )
    t.not(tokenIn(notice?.mail.text), '')
    const [here, there] = [await getReferral(world.receiver, id), await getReferral(world.sender, id)]
    t.equal(here.member?.email, member.email)
    t.equal(here.consent.noticeAt, there.consent.noticeAt)
    t.not(here.consent.noticeAt, null)
  },
)

t.test('the introduction on acceptance goes to all three, and answers go to all three', async (t) => {
  const world = await makeWorld(t)
  const box = await openMailbox(t)
  const mail = startMailTo(t, world.deps, box.port)
  const { id } = await refer(world, attested)
  await mail.drain()
  await acceptReferral(world.receiver, id, {
    terms: { kind: 'discount', note: 'a month at half price' },
    message: 'Come for coffee on Monday.',
  })
  await mail.drain()
  const introductions = box.received.filter(({ mail }) => mail.subject?.startsWith('Introduction'))
  t.equal(introductions.length, 1)
  const [letter] = introductions
  const everybody = ['desk@lisbon.example', 'desk@lyon.example', member.email]
  t.strictSame(letter?.recipients.toSorted(), everybody)
  t.strictSame(letter?.mail.replyTo?.value.map(({ address }) => address).toSorted(), everybody)
  for (const words of [
    'She organised our drawing nights.',
    'Come for coffee on Monday.',
    'at a discount: a month at half price',
    '14 rue Tissot, 69009 Lyon',
    'https://latraboule.example',
    member.phone,
  ]) {
    t.match(letter?.mail.text, words)
  }
  t.notMatch(letter?.raw, '/m/', "the member's link is for the member alone")
})

t.test('the introduction waits until the member was told, and waiting is not failing', async (t) => {
  const world = await makeWorld(t)
  const box = await openMailbox(t)
  const log = newLines()
  const { id } = await refer(world, attested, { member: { name: member.name, phone: member.phone } })
  await acceptReferral(world.receiver, id, {})
  const mail = startMailTo(t, world.deps, box.port, log)
  for (let round = 0; round < 12; round += 1) {
    await mail.drain()
    world.deps.clock.advance(90 * minute)
  }
  t.strictSame([box.received.length, log.lines], [0, []])

  await confirmNotice(world.sender, id)
  await mail.drain()
  t.strictSame(
    box.received.map(({ recipients }) => recipients.toSorted()),
    [['desk@lisbon.example', 'desk@lyon.example']],
  )
})

t.test('no mail is sent about a referral that has ended meanwhile', async (t) => {
  const world = await makeWorld(t)
  const box = await openMailbox(t)
  for (const consent of [byLink, attested]) {
    const { id } = await refer(world, consent)
    await withdrawReferral(world.sender, id)
  }
  const { id } = await refer(world, attested)
  await acceptReferral(world.receiver, id, {})
  await revokeConsent(...byMember(world, id))
  await startMailTo(t, world.deps, box.port).drain()
  t.strictSame(
    box.received.map((one) => one.mail.subject),
    ['Please delete what you noted about a member from Cais Aberto'],
    'of the last one the receiver is told that the member has withdrawn consent',
  )
  t.equal(await dueRows(world), 0)
})

t.test('nobody is asked once the time to answer is over', async (t) => {
  const world = await makeWorld(t)
  const box = await openMailbox(t)
  await refer(world, byLink)
  world.deps.clock.advance(7 * day)
  await startMailTo(t, world.deps, box.port).drain()
  t.strictSame([box.received.length, await dueRows(world)], [0, 0])
})

t.test('a member who has joined before the mail was carried is introduced all the same', async (t) => {
  const world = await makeWorld(t)
  const box = await openMailbox(t)
  const { id } = await refer(world, attested)
  await acceptReferral(world.receiver, id, {})
  await closeReferral(world.receiver, id, { outcome: 'joined' })
  const mail = startMailTo(t, world.deps, box.port)
  await mail.drain()
  // The introduction may have been looked at before the notice that it waits for.
  world.deps.clock.advance(minute)
  await mail.drain()
  t.match(
    box.received.map((one) => one.mail.subject),
    [/has referred you/, /^Introduction/],
  )
})

t.test('a referral that has come to nothing since acceptance is not introduced', async (t) => {
  const world = await makeWorld(t)
  const box = await openMailbox(t)
  const [declined, closed] = [await refer(world, attested), await refer(world, attested)]
  for (const { id } of [declined, closed]) await acceptReferral(world.receiver, id, {})
  await declineReferral(world.receiver, declined.id, { reason: 'no_capacity' })
  await closeReferral(world.receiver, closed.id, { outcome: 'unreachable' })
  const mail = startMailTo(t, world.deps, box.port)
  await mail.drain()
  const notice = 'Cais Aberto has referred you to La Traboule in Lyon'
  t.strictSame(box.received.map((one) => one.mail.subject).toSorted(), [
    notice,
    notice,
    'La Traboule has said no',
  ])
  t.equal(await dueRows(world), 0)
})

const dueRows = async ({ deps }: World) =>
  (await deps.db.pool.query("select from outbox where due_at is not null and topic like 'mail.%'")).rowCount

t.test('revoking erases the words on both sides and hides the contact at once', async (t) => {
  const world = await makeWorld(t)
  const box = await openMailbox(t)
  const mail = startMailTo(t, world.deps, box.port)
  const { id } = await refer(world, attested)
  await mail.drain()
  await acceptReferral(world.receiver, id, { message: 'Welcome.' })
  t.ok((await getReferral(world.receiver, id)).member)
  const told = box.received.find(({ recipients }) => recipients[0] === member.email)
  const target = await openLink(world.deps, 'member', tokenIn(told?.mail.text))
  await revokeConsent(memberCtx(world, id), target)
  for (const side of [world.sender, world.receiver]) {
    const { member: shown, brief, message, note, status } = await getReferral(side, id)
    t.strictSame(
      { shown, brief, message, note, status },
      {
        shown: null,
        brief: null,
        message: null,
        note: null,
        status: 'consent_revoked',
      },
    )
  }
  t.equal(await rowsAsText(world, 'referral_texts'), '')
})

t.test('names, addresses and links are in no log line and no row that is kept for good', async (t) => {
  const world = await makeWorld(t)
  const box = await openMailbox(t)
  const log = newLines()
  const mail = startMailTo(t, world.deps, box.port, log)
  await refer(world, byLink)
  const told = await refer(world, attested)
  await acceptReferral(world.receiver, told.id, {})
  await box.close()
  await mail.drain()
  t.equal(log.lines.length, 2, 'both failed')
  const again = await openMailbox(t, box.port)
  // Twice: the introduction may be looked at before the notice that it waits for.
  for (let round = 0; round < 2; round += 1) {
    world.deps.clock.advance(minute)
    await mail.drain()
  }
  t.equal(again.received.length, 3)
  const tokens = again.received.map((one) => tokenIn(one.mail.text)).filter((token) => token !== '')
  t.equal(tokens.length, 2)
  for (const token of tokens) await world.app.inject(`/m/${token}`)
  const kept = await Promise.all(
    ['outbox', 'audit_log', 'referral_events', 'referrals', 'links'].map((table) => rowsAsText(world, table)),
  )
  const everything = [...kept, ...log.lines, ...world.logs].join('\n')
  for (const secret of ['Teresa', 'Valad', '@', '912 345', 'Illustrator', 'drawing nights', ...tokens])
    t.notMatch(everything, secret)
})
