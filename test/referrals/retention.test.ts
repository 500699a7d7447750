import t, { type Test } from 'tap'
import { linkUrl } from '../../src/members/link.ts'
import { day } from '../../src/platform/clock.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { purgeIdentities } from '../../src/referrals/retention.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import {
  accepts,
  by,
  claims,
  closes,
  declines,
  disputes,
  forwardTo,
  forwards,
  grants,
  joins,
  openWorld,
  passes,
  walkFrom,
  walkOn,
  withdraws,
  type Move,
  type Walk,
} from './walks.ts'

const wordsOf = async ({ deps }: TestApp, { id }: Walk) =>
  (await deps.db.pool.query('select from referral_texts where referral_id = $1', [toUuid(id)])).rowCount ?? 0

const inMillis = (test: TestApp, ms: number) => test.deps.clock.advance(ms)

const nothingCameOfIt: Record<string, readonly Move[]> = {
  declined: [declines],
  'declined after a yes': [accepts, declines],
  withdrawn: [withdraws],
  'passed on': [accepts, forwards],
}

for (const [name, moves] of Object.entries(nothingCameOfIt)) {
  t.test(
    `${name}: the words about the member are kept for 90 days after the end, and no longer`,
    async (t) => {
      const test = await testApp(t)
      const walk = await walkFrom(await openWorld(test), { externalRef: 'ada' }, ...moves)
      await keptFor(t, test, walk, 90)
    },
  )
}

t.test('expired: the words about the member are kept for 90 days after the end, and no longer', async (t) => {
  const test = await testApp(t)
  const walk = await walkFrom(await openWorld(test), {}, passes(7))
  t.match((await walk.sender.get(walk.url)).body, { status: 'expired' })
  await keptFor(t, test, walk, 90)
})

for (const [name, end] of Object.entries({ joined: joins, 'closed without a join': closes })) {
  t.test(
    `${name}: the words about the member are kept for 24 months after the end, and no longer`,
    async (t) => {
      const test = await testApp(t)
      const walk = await walkFrom(await openWorld(test), {}, accepts, end, passes(30))
      inMillis(test, -30 * day)
      await keptFor(t, test, walk, 730)
    },
  )
}

/** Looked at in the last millisecond, and at the end of it. */
const keptFor = async (t: Test, test: TestApp, walk: Walk, days: number) => {
  const before = await wordsOf(test, walk)
  t.ok(before > 0)
  inMillis(test, days * day - 1)
  t.equal(await purgeIdentities(test.deps), 0)
  t.equal(await wordsOf(test, walk), before)
  inMillis(test, 1)
  t.equal(await purgeIdentities(test.deps), 1)
  t.equal(await wordsOf(test, walk), 0)
  t.match((await walk.sender.get(walk.url)).body, {
    member: null,
    brief: null,
    contactOpen: false,
    externalRef: null,
    needs: {},
  })
  t.equal(await purgeIdentities(test.deps), 0, 'once')
  const { rows } = await test.deps.db.pool.query(
    "select actor_kind from audit_log where action = 'purgeIdentity' and object_id = $1",
    [walk.id],
  )
  t.same(rows, [{ actor_kind: 'clock' }], 'and it is noted')
  t.match(
    (await test.app.inject(linkUrl('', test.deps.keys.link, 'member', { id: walk.id, linkNumber: null })))
      .body,
    'What was written about you is erased',
  )
  t.same(await brokenInvariants(test.deps), [])
}

t.test('as long as a claim or a dispute is open, the words stay', async (t) => {
  const policy = { ...standardPolicy, closedIdentity: day, declinedIdentity: day }
  const test = await testApp(t, { policy })
  const walk = await walkFrom(await openWorld(test), {}, accepts, declines, claims('visited'))
  inMillis(test, 2 * day)
  t.equal(await purgeIdentities(test.deps), 0, 'claimed')
  await walkOn(walk, disputes('receiver', 'none'))
  t.equal(await purgeIdentities(test.deps), 0, 'disputed')
  await walkOn(walk, passes(30))
  t.match((await walk.sender.get(walk.url)).body, { dispute: { resolution: 'reversed' } })
  t.equal(await purgeIdentities(test.deps), 1, 'decided')
})

t.test('a referral that is under way is never purged, nor one further on a way that has ended', async (t) => {
  const test = await testApp(t)
  const world = await openWorld(test)
  const parent = await walkFrom(world, {}, accepts)
  const child = await forwardTo(parent, world.next)
  await walkOn(child, grants, by('receiver', 'accept', {}))
  inMillis(test, 90 * day)
  t.equal(await purgeIdentities(test.deps), 1)
  t.equal(await wordsOf(test, parent), 0)
  t.ok((await wordsOf(test, child)) > 0)
  t.match((await child.receiver.get(child.url)).body, { member: { name: 'Ada Lovelace' } })
})

t.test('more than a batch, by two nodes at once: each is purged once', async (t) => {
  const test = await testApp(t)
  const world = await openWorld(test)
  for (let n = 0; n < 130; n += 1) await walkFrom(world, {}, withdraws)
  inMillis(test, 90 * day)
  const purged = await Promise.all([purgeIdentities(test.deps), purgeIdentities(test.deps)])
  t.equal(purged[0] + purged[1], 130)
  t.equal(
    (await test.deps.db.pool.query("select from audit_log where action = 'purgeIdentity'")).rowCount,
    130,
  )
  t.equal((await test.deps.db.pool.query('select from referral_texts')).rowCount, 0)
})
