import { createHmac, randomUUID } from 'node:crypto'
import t from 'tap'
import { linkHash, linkUrl } from '../../src/members/link.ts'
import { day, hour } from '../../src/platform/clock.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { eraseMember, forgetAgain } from '../../src/referrals/erase.ts'
import { openLink } from '../../src/referrals/member-consent.ts'
import { renewMemberLink, renewOwnLink } from '../../src/referrals/renew-member-link.ts'
import { ctxOf } from '../events/world.ts'
import { testApp } from '../helpers/app.ts'
import { somebody, steward } from '../helpers/network.ts'
import {
  accepts,
  asks,
  by,
  byMember,
  declines,
  forwardTo,
  joins,
  memberOf,
  openWorld,
  requests,
  visits,
  walkFrom,
  walkOn,
  withdraws,
  type Walk,
} from './walks.ts'

const test = await testApp(t)
const world = await openWorld(test)
const { pool } = test.deps.db

const renews = by('sender', 'renew-member-link')

const byPhone = () => ({ member: { name: somebody().name, phone: '+351912345678' } })

/** The path of the member's page by the link that was replaced so often. */
const pathOf = ({ id }: Walk, number: number) =>
  linkUrl('', test.deps.keys.link, 'member', { id, linkNumber: number || null })

const tokenOf = (walk: Walk, linkNumber: number) => pathOf(walk, linkNumber).split('/').at(-1) ?? ''

const opens = async (path: string) => (await test.app.inject(path)).statusCode

const linksOf = async ({ id }: Walk) =>
  (
    await pool.query<{ expires_at: Date; is_alive: boolean }>(
      `select expires_at, revoked_at is null as is_alive from links where referral_id = $1 and kind = 'member' order by revoked_at nulls last`,
      [toUuid(id)],
    )
  ).rows

const livingOf = async (walk: Walk) => (await linksOf(walk)).filter(({ is_alive }) => is_alive).length

/** What a renewal must leave alone. */
const lifeOf = async ({ sender, receiver, url }: Walk) => {
  const read = async (side: typeof sender) => {
    const { memberUrl, updatedAt, ...rest } = (await side.get(url)).body
    return [rest, (await side.get(`${url}/events`)).body]
  }
  return [await read(sender), await read(receiver)]
}

t.test('renewMemberLink: nothing opens by the link before, and the new one opens the page', async (t) => {
  const walk = await walkFrom(world, {}, accepts)
  test.deps.clock.advance(hour)
  const before = await lifeOf(walk)
  const answer = await renews(walk)
  t.equal(answer.memberUrl, null, 'it is mailed, and the sender does not see it')
  t.equal(await opens(pathOf(walk, 0)), 410)
  t.equal(await opens(`${pathOf(walk, 0)}/export`), 410)
  for (const path of ['', '/export', '?lang=fr']) t.equal(await opens(pathOf(walk, 1) + path), 200, path)
  t.strictSame(await lifeOf(walk), before, 'status, deadlines, notice, contact and history are as they were')
  const [first, second] = await linksOf(walk)
  t.strictSame([first?.is_alive, second?.is_alive], [false, true])
  t.strictSame(first?.expires_at, second?.expires_at, 'and ends when the one before would have')
  await renews(walk)
  t.strictSame(
    await Promise.all([0, 1, 2].map((number) => opens(pathOf(walk, number)))),
    [410, 410, 200],
    'and so on',
  )
})

t.test('links that were mailed before links had numbers go on working, and can be replaced', async (t) => {
  const walk = await walkFrom(world, {}, accepts)
  const token = createHmac('sha256', test.deps.keys.link)
    .update(`link\nmember\n${walk.id}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
  await pool.query('update links set link_hash = $2 where referral_id = $1', [
    toUuid(walk.id),
    linkHash(token),
  ])
  t.equal(await opens(`/m/${token}`), 200)
  await renews(walk)
  t.equal(await opens(`/m/${token}`), 410)
})

t.test(
  'a link key that leaked and was replaced opens nothing more, and a renewal makes up for it',
  async (t) => {
    const walk = await walkFrom(world, {}, accepts)
    const before = pathOf(walk, 0)
    t.equal(await opens(before), 200)
    t.intercept(test.deps.keys, 'link', { value: Buffer.alloc(32, 7) })
    t.equal(await opens(before), 410)
    await renewMemberLink(ctxOf(test.deps, walk.sender.spaceId), walk.id)
    t.equal(await opens(pathOf(walk, 1)), 200)
    t.equal(await opens(before), 410)
    t.equal(await forgetAgain(steward(test), walk.id), true, 'the steward erases what an older key linked to')
  },
)

t.test('a consent that is awaited keeps its deadline, and is given by the new link', async (t) => {
  const walk = await walkFrom(world, { consent: { kind: 'link' } })
  const { answerBy, nextDueAt } = (await walk.sender.get(walk.url)).body
  test.deps.clock.advance(day)
  t.match(await renews(walk), { status: 'awaiting_consent', answerBy, nextDueAt })
  const press = (number: number) =>
    test.app.inject({
      method: 'POST',
      url: `${pathOf(walk, number)}/grant`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      payload: '',
    })
  t.equal((await press(0)).statusCode, 410)
  t.equal((await walk.receiver.get(walk.url)).status, 404, 'the old link says yes to nothing')
  t.equal((await press(1)).statusCode, 303)
  t.equal((await walk.receiver.get(walk.url)).body.status, 'sent')
})

t.test(
  'a member without e-mail: the sender is shown the new link, and a notice stays as it is',
  async (t) => {
    const walk = await walkFrom(world, byPhone(), accepts)
    const shown = async () => (await walk.sender.get(walk.url)).body.memberUrl as string | null
    const isOpen = async () => (await walk.receiver.get(walk.url)).body.contactOpen as boolean
    const first = await shown()
    const unread = await renews(walk)
    t.ok(unread.memberUrl)
    t.not(unread.memberUrl, first)
    t.equal(await shown(), unread.memberUrl, 'as long as it is not passed on')
    t.equal(unread.consent.noticeAt, null)
    t.equal(await isOpen(), false, 'a link that was made tells nobody anything')
    const { consent } = await by('sender', 'confirm-notice')(walk)
    const told = await renews(walk)
    t.ok(told.memberUrl)
    t.strictSame(told.consent, consent, 'who was told stays told')
    t.equal(await isOpen(), true)
    t.equal(await shown(), null, 'it is in the answer alone')
    t.equal(await opens(new URL(unread.memberUrl).pathname), 410)
    t.equal(await opens(new URL(told.memberUrl).pathname), 200)
    t.equal((await walk.receiver.get(walk.url)).body.memberUrl, null)
  },
)

t.test('it goes by If-Match, and its answer carries what a read carries', async (t) => {
  const walk = await walkFrom(world, byPhone())
  const read = await walk.sender.get(walk.url)
  const headers = { 'if-match': String(read.headers['etag']) }
  const renewed = await walk.sender.post(`${walk.url}/renew-member-link`, undefined, headers)
  t.equal(renewed.status, 200)
  t.not(renewed.headers['etag'], read.headers['etag'], 'another memberUrl is another representation')
  t.equal((await walk.sender.get(walk.url)).headers['etag'], renewed.headers['etag'])
  const stale = await walk.sender.post(`${walk.url}/renew-member-link`, undefined, headers)
  t.equal(stale.status, 412)
  const confirmed = await walk.sender.post(`${walk.url}/confirm-notice`, undefined, headers)
  t.equal(confirmed.status, 412, 'nor is a link confirmed that is dead meanwhile')
  t.equal(await opens(pathOf(walk, 1)), 200)
})

t.test('the same request again renews nothing a second time', async (t) => {
  const walk = await walkFrom(world, byPhone())
  const headers = { 'idempotency-key': randomUUID() }
  const ask = () => walk.sender.post(`${walk.url}/renew-member-link`, undefined, headers)
  const [first, again] = [await ask(), await ask()]
  t.equal(first.text, again.text)
  t.equal(again.headers['idempotent-replayed'], 'true')
  t.equal((await linksOf(walk)).length, 2)
})

t.test('the sender alone renews, and the audit log has one row of it, the history none', async (t) => {
  const walk = await walkFrom(world, {}, accepts)
  const ask = (space: typeof walk.sender) => space.post(`${walk.url}/renew-member-link`)
  t.match(await ask(walk.receiver), { status: 409, body: { code: 'illegal_transition' } })
  t.equal((await ask(world.next)).status, 404)
  t.equal(await opens(pathOf(walk, 0)), 200)
  await renews(walk)
  const { rowCount } = await pool.query(
    "select from audit_log where action = 'renewMemberLink' and object_id = $1",
    [walk.id],
  )
  t.equal(rowCount, 1)
})

t.test('as long as there is something to see behind it, and no longer', async (t) => {
  const renewable: Walk[] = [
    await walkFrom(world, {}, asks),
    await walkFrom(world, {}, withdraws),
    await walkFrom(world, {}, declines),
    await walkFrom(world, {}, accepts, requests),
    await walkFrom(world, {}, accepts, visits, joins),
  ]
  const passedOn = await walkFrom(world, {}, accepts)
  renewable.push(await forwardTo(passedOn, world.next), passedOn)
  for (const walk of renewable) {
    await renews(walk)
    t.equal(await opens(pathOf(walk, 1)), 200)
  }
  const [, , declined] = renewable
  if (!declined) throw new Error('nothing was declined')
  await eraseMember(memberOf(declined), { senderId: declined.sender.spaceId, referralId: declined.id })
  const draft = await walkFrom(world, { draft: true })
  const dropped = await walkFrom(world, { draft: true }, withdraws)
  const revoked = await walkFrom(world, {}, accepts, byMember('revoke'))
  for (const walk of [declined, draft, dropped, revoked]) {
    const living = await livingOf(walk)
    const answer = await walk.sender.post(`${walk.url}/renew-member-link`)
    t.match(answer, { status: 409, body: { code: 'illegal_transition' } })
    t.equal((await linksOf(walk)).length, walk === declined ? 2 : 1)
    t.equal(await livingOf(walk), living)
  }
  t.equal(await opens(pathOf(declined, 1)), 200, 'the page goes on saying that the words are gone')
})

t.test('of renewals at once, by whomever, exactly one link is left alive', async (t) => {
  const walk = await walkFrom(world, {}, accepts)
  const target = { senderId: walk.sender.spaceId, referralId: walk.id }
  const results = await Promise.allSettled([
    renews(walk),
    renews(walk),
    renewOwnLink(memberOf(walk), target, tokenOf(walk, 0)),
    renewOwnLink(memberOf(walk), target, tokenOf(walk, 0)),
  ])
  const done = results.filter(({ status }) => status === 'fulfilled').length
  t.ok(done >= 2, 'the sender’s count both, the member’s at most once')
  t.ok(done <= 3)
  t.equal((await linksOf(walk)).length, done + 1)
  t.equal(await livingOf(walk), 1)
  t.equal(await opens(pathOf(walk, done)), 200)
})

t.test('who was slower with the same link stops no newer one', async (t) => {
  const walk = await walkFrom(world, {}, accepts)
  const target = await openLink(test.deps, 'member', tokenOf(walk, 0))
  await renews(walk)
  await t.rejects(renewOwnLink(memberOf(walk), target, tokenOf(walk, 0)), { code: 'gone' })
  t.equal(await opens(pathOf(walk, 1)), 200)
})

t.test('five new links of one person a day, whoever sends them; their own are counted apart', async (t) => {
  const member = somebody()
  const [one, other] = [await walkFrom(world, { member }), await walkFrom(world, { member })]
  for (const walk of [one, other, one, other, one]) await renews(walk)
  const refused = await other.sender.post(`${other.url}/renew-member-link`)
  t.match(refused, { status: 429, body: { code: 'too_many_requests' } })
  t.equal(refused.headers['retry-after'], '17280')
  t.equal(await opens(pathOf(other, 2)), 200, 'a refusal stops no link')
  const target = { senderId: other.sender.spaceId, referralId: other.id }
  for (let number = 2; number < 7; number += 1)
    await renewOwnLink(memberOf(other), target, tokenOf(other, number))
  await t.rejects(renewOwnLink(memberOf(other), target, tokenOf(other, 7)), { code: 'too_many_requests' })
  t.equal(await opens(pathOf(other, 7)), 200)
  await walkOn(await walkFrom(world), renews)
  test.deps.clock.advance(day / 5)
  await renews(other)
})
