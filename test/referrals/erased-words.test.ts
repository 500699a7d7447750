import { randomUUID } from 'node:crypto'
import t from 'tap'
import { eraseMember } from '../../src/referrals/erase.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { day } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { newReferral, type Caller } from '../helpers/network.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import {
  accepts,
  asks,
  byMember,
  claims,
  closes,
  disputes,
  forwardTo,
  grants,
  memberOf,
  openWorld,
  walkFrom,
  walkOn,
  withdraws,
  type Walk,
} from './walks.ts'

const test = await testApp(t)

/** Ada Lovelace, by name and by mail. */
const telling = 'Lovelace never came, I wrote to her.'

const erase = (walk: Walk) =>
  eraseMember(memberOf(walk), { senderId: walk.sender.spaceId, referralId: walk.id })

const wordsOf = async (externalRef: string) => {
  const { rows } = await test.deps.db.pool.query<{ kind: string }>(
    `select t.kind from referral_texts t
      join referrals r on r.space_id = t.space_id and r.id = t.referral_id
      where r.external_ref = $1 order by t.kind`,
    [externalRef],
  )
  return rows.map(({ kind }) => kind)
}

t.test('a forwarder who never saw the member learns the name from no refusal and from no note', async (t) => {
  const walk = await walkFrom(await openWorld(test), {})
  const child = await forwardTo(walk, walk.world.next)
  await walkOn(child, grants, asks)
  const answered = await child.sender.post(`${child.url}/answer`, {
    answer: 'Ask Ada or Lovelace, I do not know.',
  })
  t.equal(answered.status, 200, 'a guess is not told from any other word')
  await walkOn(child, accepts, claims('visited'))
  const note = { note: telling }
  t.match((await child.receiver.post(`${child.url}/dispute`, { stage: 'none', ...note })).body, {
    code: 'identity_in_brief',
    errors: [{ pointer: '/note' }],
  })
  await walkOn(child, disputes('receiver', 'none'))
  t.match((await child.sender.get(child.url)).body, { member: null, disputeNote: null })
})

t.test(
  'after the member erased it all nothing is written anew, and a reader by ETag learns of it',
  async (t) => {
    const walk = await walkFrom(await openWorld(test), {}, accepts, closes)
    const before = await walk.sender.get(walk.url)
    t.match(before.body, { contactOpen: true })
    await erase(walk)
    const after = await walk.sender.get(walk.url, { 'if-none-match': String(before.headers['etag']) })
    t.match(after, {
      status: 200,
      body: { contactOpen: false, member: null, brief: null, outcome: 'not_joined' },
    })
    t.ok(after.body.updatedAt > before.body.updatedAt, 'updatedAfter finds it')
    t.match((await walk.sender.post(`${walk.url}/dispute`, { stage: 'visited', note: telling })).body, {
      code: 'validation_failed',
      errors: [{ pointer: '/note' }],
    })
    t.equal((await walk.sender.post(`${walk.url}/dispute`, { stage: 'visited' })).status, 200)
  },
)

const sentBy = async (sender: Pick<Caller, 'get'>): Promise<string[]> => {
  const { data } = (await sender.get('/v1/referrals?box=sent')).body
  return (data as { id: string }[]).map(({ id }) => id)
}

t.test(
  'a request that is made again after the erasure is not carried out again, and tells nothing',
  async (t) => {
    const world = await openWorld(test)
    const { sender, receiver } = world
    const key = () => ({ 'idempotency-key': randomUUID() })
    const ends = {
      revoked: (walk: Walk) => byMember('revoke')(walk),
      erased: (walk: Walk) => walkOn(walk, accepts, closes, erase),
      'a draft that is withdrawn': (walk: Walk) => withdraws(walk),
    }
    for (const [how, end] of Object.entries(ends)) {
      const request = [
        '/v1/referrals',
        newReferral(receiver.spaceId, { draft: how.includes('draft'), externalRef: how }),
        key(),
      ] as const
      const first = await sender.post(...request)
      const id = first.body.id as Walk['id']
      await end({ world, sender, receiver, id, url: `/v1/referrals/${id}` })
      const before = await sentBy(sender)
      const again = await sender.post(...request)
      t.match(again.body, { status: 410, code: 'answer_erased' }, how)
      t.notMatch(again.text, 'Illustrator')
      t.same(await sentBy(sender), before, 'there is no other one')
    }
  },
)

t.test('a draft of which the member never heard leaves no words, withdrawn or abandoned', async (t) => {
  const { sender, receiver } = await openWorld(test)
  const draft = async (externalRef: string) => {
    const body = newReferral(receiver.spaceId, { draft: true, externalRef })
    return (await sender.post('/v1/referrals', body)).body.id as string
  }
  const [withdrawn] = [await draft('given up'), await draft('forgotten')]
  t.same(await wordsOf('given up'), ['brief', 'contact'])
  t.equal((await sender.post(`/v1/referrals/${withdrawn}/withdraw`)).status, 200)
  t.same(await wordsOf('given up'), [])
  test.deps.clock.advance(30 * day)
  await sweepReferrals(test.deps)
  t.same(await wordsOf('forgotten'), [])
})

t.test('nothing of it breaks the books', async (t) => {
  t.same(await brokenInvariants(test.deps), [])
})
