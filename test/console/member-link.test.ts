import t from 'tap'
import { linkUrl } from '../../src/members/link.ts'
import { day } from '../../src/platform/clock.ts'
import type { Id } from '../../src/platform/ids.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { declineReferral } from '../../src/referrals/decline.ts'
import { getReferral } from '../../src/referrals/get.ts'
import { renewMemberLink } from '../../src/referrals/renew-member-link.ts'
import { languages } from '../../src/words/language.ts'
import { openMailbox, startMailTo } from '../events/mailbox.ts'
import { attested, byLink, makeWorld, member, refer } from '../events/world.ts'
import { ownForm, pageOf, reports } from './pages.ts'

const world = await makeWorld(t)
const box = await openMailbox(t)

/** By the link that was replaced so often. */
const pathOf = (id: Id<'referral'>, number: number) =>
  linkUrl('', world.deps.keys.link, 'member', { id, linkNumber: number || null })

const statusOf = async (path: string) => (await world.app.inject(path)).statusCode

/** Whether the page has the form by which its link is replaced. */
const offersLink = (source: string) => /action="\/m\/[^/"]+\/renew-link"/.test(source)

const press = (url: string, headers: Record<string, string> = ownForm) =>
  world.app.inject({ method: 'POST', url, headers, payload: '' })

/** The mails that are due; between two looks none are carried. */
const carried = async () => {
  const mail = startMailTo(t, world.deps, box.port)
  await mail.drain()
  await mail.stop()
  return box.received.splice(0).map(({ recipients, mail: { subject, text } }) => ({
    recipients,
    subject: subject ?? '',
    path: /https:\/\/waggle\.test(\/m\/[\w-]+)/.exec(text ?? '')?.[1],
  }))
}

t.beforeEach(async () => {
  await carried()
  // Each test may use up what one person is given in a day.
  world.deps.clock.advance(day)
})

t.test('a member stops the link that somebody else has, and gets a new one by mail', async (t) => {
  const { id } = await refer(world, attested)
  await carried()
  const old = pathOf(id, 0)
  const before = await world.app.inject(old)
  t.match(before.body, 'Does somebody else have this link?')
  t.ok(offersLink(before.body))
  const answer = await press(`${old}/renew-link`)
  t.equal(answer.statusCode, 200)
  t.match(answer.body, 'A new link is on its way to you')
  t.notMatch(answer.body, pathOf(id, 1), 'whoever pressed it does not learn the new one')
  for (const words of ['Teresa', member.email]) t.notMatch(answer.body, words)

  const gone = [old, `${old}/export`].map(statusOf)
  t.strictSame(await Promise.all(gone), [410, 410])
  for (const name of ['grant', 'refuse', 'revoke', 'renew-link', ...reports])
    t.equal((await press(`${old}/${name}`)).statusCode, 410, name)
  t.match((await world.app.inject(old)).body, 'look for a newer one in your e-mail')

  const [letter, ...others] = await carried()
  t.strictSame(others, [])
  t.strictSame(letter?.recipients, [member.email])
  t.equal(letter?.subject, 'A new link to the page about your introduction')
  t.equal(letter?.path, pathOf(id, 1))
  t.equal(await statusOf(pathOf(id, 1)), 200)
  t.equal((await press(`${pathOf(id, 1)}/revoke`)).statusCode, 303, 'and has the same rights')
  t.equal((await getReferral(world.receiver, id)).status, 'consent_revoked')
})

t.test('the address of the form, opened or loaded again, changes nothing', async (t) => {
  const { id } = await refer(world, attested)
  const { statusCode, headers } = await world.app.inject(`${pathOf(id, 0)}/renew-link?lang=de`)
  t.strictSame([statusCode, headers.location], [303, `${pathOf(id, 0)}?lang=de`])
  t.equal(await statusOf(pathOf(id, 0)), 200)
})

t.test('a form on another site stops no link', async (t) => {
  const { id } = await refer(world, attested)
  const answer = await press(`${pathOf(id, 0)}/renew-link`, { 'sec-fetch-site': 'cross-site' })
  t.equal(answer.statusCode, 403)
  t.equal(await statusOf(pathOf(id, 0)), 200)
})

t.test('a member without e-mail is told whom to ask, and cannot lock themselves out', async (t) => {
  const { id } = await refer(world, attested, { member: { name: member.name, phone: member.phone } })
  const page = await world.app.inject(pathOf(id, 0))
  t.match(page.body, 'Ask Cais Aberto for a new one.')
  t.notOk(offersLink(page.body))
  t.equal((await press(`${pathOf(id, 0)}/renew-link`)).statusCode, 303)
  t.equal(await statusOf(pathOf(id, 0)), 200)
})

t.test('once the words are erased the page offers no new link, and none is made', async (t) => {
  const { id } = await refer(world, attested)
  await declineReferral(world.receiver, id, { reason: 'no_capacity' })
  const page = pageOf(world, id)
  t.ok(offersLink(await page.look()))
  await page.press('erase')
  await carried()
  t.notOk(offersLink(await page.look()))
  t.equal((await page.press('renew-link')).status, 303)
  t.equal(await statusOf(page.path), 200, 'it goes on saying that they are gone')
  t.strictSame(
    (await carried()).filter(({ path }) => path),
    [],
  )
})

t.test('mails that were promised before a renewal bring the link that works, or are not sent', async (t) => {
  const asked = await refer(world, byLink)
  const told = await refer(world, attested)
  for (const { id } of [asked, told]) {
    await renewMemberLink(world.sender, id)
    await renewMemberLink(world.sender, id)
  }
  const letters = await carried()
  t.strictSame(
    letters.flatMap(({ path }) => path ?? []).sort(),
    [asked, asked, told, told].map(({ id }) => pathOf(id, 2)).sort(),
    'the first letter, and one for both renewals, with the last link',
  )
  t.not((await getReferral(world.sender, told.id)).consent.noticeAt, null)
})

t.test('the mail of a renewal is no notice: the contact opens by the notice alone', async (t) => {
  const { id } = await refer(world, attested)
  await acceptReferral(world.receiver, id, {})
  const { pool } = world.deps.db
  await pool.query("update outbox set due_at = null where topic = 'mail.consent_notice'")
  await renewMemberLink(world.sender, id)
  const letters = await carried()
  t.match(letters, [{ path: pathOf(id, 1) }])
  t.equal((await getReferral(world.receiver, id)).member, null)
})

t.test('page and mail say it in every language', async (t) => {
  const said = new Set<string>()
  for (const language of languages) {
    const { id } = await refer(world, attested, {
      member: { ...member, email: `teresa@${language}.example`, language },
    })
    await carried()
    const page = await world.app.inject(pathOf(id, 0))
    const title = /<summary>([^<]+)<\/summary><div><p>[^<]+<\/p><form[^>]+renew-link/.exec(page.body)?.[1]
    const stopped = await press(`${pathOf(id, 0)}/renew-link`)
    const head = /<h1>([^<]+)</.exec(stopped.body)?.[1]
    const [letter] = await carried()
    for (const words of [title, head, letter?.subject]) said.add(words ?? '')
  }
  t.equal(said.size, 3 * languages.length)
  t.notOk(said.has(''))
})
