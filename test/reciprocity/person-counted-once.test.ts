import t from 'tap'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { testApp } from '../helpers/app.ts'
import type { Ctx } from '../../src/platform/context.ts'
import { toUuid, type Id } from '../../src/platform/ids.ts'
import { grantConsent } from '../../src/referrals/member-consent.ts'
import { sendFrom, somebody } from '../helpers/network.ts'
import {
  acceptedFrom,
  addLastingCaller,
  entriesOf,
  join,
  joinedFrom,
  pointsOf,
  step,
  story,
  year,
} from './world.ts'

const callers = async (t: Parameters<typeof testApp>[0], count: number) => {
  const test = await testApp(t)
  const spaces = await Promise.all(Array.from({ length: count }, () => addLastingCaller(test)))
  return { test, spaces }
}

t.test('a person who was counted brings what is left: 25 at one space, 75 at the next', async (t) => {
  const { test, spaces } = await callers(t, 4)
  const [a, b, c, d] = [spaces[0]!, spaces[1]!, spaces[2]!, spaces[3]!]
  const ada = { name: 'Ada Lovelace', email: 'ada@example.org' }
  const first = await acceptedFrom(a, b, ada)
  const second = await acceptedFrom(c, d, ada)
  await step(b, first, 'start-trial')
  t.same(await story(a, first), ['visited 10 0', 'trial 15 0'])
  t.match(await pointsOf(c), { inFlight: 100 }, 'what is left is weighed when it is posted')
  await join(d, second)
  t.same(await story(c, second), ['visited 10 0', 'trial 15 0', 'joined 50 0 person_already_counted'])
  t.same(await story(d, second), ['visited -10 0', 'trial -15 0', 'joined -50 0 person_already_counted'])
  t.match(await pointsOf(c), { earned: 75, inFlight: 0, provisional: 50 })
  await join(b, first)
  t.same(await story(a, first), ['visited 10 0', 'trial 15 0', 'joined 0 0 person_already_counted'])
  t.match(await pointsOf(a), { earned: 25, inFlight: 0, provisional: 0 })
  t.same((await verifyLedger(test.deps)).differences, [])
})

t.test('one person is known by every spelling of an address, or of a phone number', async (t) => {
  const { spaces } = await callers(t, 2)
  const [a, b] = [spaces[0]!, spaces[1]!]
  const same = [
    [{ email: 'ada@example.org' }, { email: 'Ada+wg@Example.org' }, { email: 'ADA@EXAMPLE.ORG' }],
    [{ phone: '+33 1 42 68 53 00' }, { phone: '+33 (0)1.42.68.53.00' }, { phone: '+33142685300' }],
  ]
  for (const [first, ...others] of same) {
    t.same((await story(a, await joinedFrom(a, b, { name: 'Ada', ...first })))[2], 'joined 75 0')
    for (const other of others) {
      const id = await joinedFrom(b, a, { name: 'A. Lovelace', ...other })
      t.same(
        await story(b, id),
        ['visited', 'trial', 'joined'].map((stage) => `${stage} 0 0 person_already_counted`),
        JSON.stringify(other),
      )
    }
  }
  t.match(await pointsOf(a), { earned: 100 * same.length, owed: 0 })
  const other = await joinedFrom(a, b, { name: 'Ada', email: 'ada.l@example.org' })
  t.same((await story(a, other))[2], 'joined 75 0', 'another mailbox is another person')
})

t.test('after 365 days a person counts anew, and not a millisecond before', async (t) => {
  const { test, spaces } = await callers(t, 2)
  const [a, b] = [spaces[0]!, spaces[1]!]
  const start = test.deps.clock.now()
  const [ada, zoe] = [somebody(), somebody()]
  for (const member of [ada, zoe]) await joinedFrom(a, b, member)
  test.deps.clock.set(start + year - 1)
  t.match(await entriesOf(b, `?referralId=${await joinedFrom(b, a, ada)}`), [
    { points: 0, reasonCode: 'person_already_counted' },
    { points: 0, reasonCode: 'person_already_counted' },
    { points: 0, reasonCode: 'person_already_counted' },
  ])
  test.deps.clock.set(start + year)
  t.same(await story(b, await joinedFrom(b, a, zoe)), ['visited 10 0', 'trial 15 0', 'joined 75 0'])
  t.same((await verifyLedger(test.deps)).differences, [])
})

t.test('what is taken back may be earned again, by another referral of the person', async (t) => {
  const { test, spaces } = await callers(t, 3)
  const [a, b, c] = [spaces[0]!, spaces[1]!, spaces[2]!]
  const ada = somebody()
  const first = await joinedFrom(a, b, ada)
  const second = await joinedFrom(a, c, ada)
  t.match(await pointsOf(a), { earned: 100 })
  await step(b, first, 'report-left')
  t.same(await story(a, first), [
    'visited 10 0',
    'trial 15 0',
    'joined 75 0',
    'reversal of joined -75 0 left',
  ])
  t.match(await pointsOf(a), { earned: 25, provisional: 0 }, 'the second stays worth nothing')
  const third = await joinedFrom(a, c, ada)
  t.same(await story(a, third), ['visited 10 0', 'trial 15 0', 'joined 50 0 person_already_counted'])
  await step(c, second, 'report-left')
  t.same((await story(a, second)).at(-1), 'reversal of joined 0 0 left', 'nothing to take back')
  t.match(await pointsOf(a), { earned: 100 })
  t.same((await verifyLedger(test.deps)).differences, [])
})

t.test('joins of one person at once in several pairs bring 100 points together', async (t) => {
  const { test, spaces } = await callers(t, 6)
  for (let round = 0; round < 6; round += 1) {
    const member = somebody()
    const pairs = [0, 2, 4].map((index) => [spaces[index]!, spaces[index + 1]!] as const)
    const ids = await Promise.all(pairs.map(([from, to]) => acceptedFrom(from, to, member)))
    await Promise.all(pairs.map(([, to], index) => join(to, ids[index]!)))
    const earned = await Promise.all(
      pairs.map(([from], index) => entriesOf(from, `?referralId=${ids[index]!}`)),
    )
    t.equal(
      earned.flat().reduce((sum, { points }) => sum + points, 0),
      100,
    )
  }
  t.same((await verifyLedger(test.deps)).differences, [])
})

t.test(
  'a person whose referral was prepared or sent before people were told apart counts once, too',
  async (t) => {
    const { test, spaces } = await callers(t, 2)
    const [a, b] = [spaces[0]!, spaces[1]!]
    /** As such a card came through the upgrade. */
    const forgetPeople = () => test.deps.db.pool.query('update referrals set person_hash = null')
    const ways = {
      submitted: async (member: object) => {
        const id = await sendFrom(a, b, { member, draft: true })
        await forgetPeople()
        await step(a, id, 'submit')
        return id
      },
      'consented to': async (member: object) => {
        const id = (await sendFrom(a, b, { member, consent: { kind: 'link' } })) as Id<'referral'>
        await forgetPeople()
        const ctx: Ctx = { ...test.deps, actor: { kind: 'member', id }, requestId: 'test' }
        await grantConsent(ctx, { senderId: a.spaceId, referralId: id })
        return id
      },
      accepted: async (member: object) => {
        const id = await sendFrom(a, b, { member })
        await forgetPeople()
        return id
      },
    }
    for (const [how, prepare] of Object.entries(ways)) {
      const member = somebody()
      const id = await prepare(member)
      await step(b, id, 'accept')
      await join(b, id)
      t.same((await story(a, id))[2], 'joined 75 0', how)
      const again = await joinedFrom(b, a, member)
      t.same((await story(b, again))[2], 'joined 0 0 person_already_counted', how)
      const { rows } = await test.deps.db.pool.query(
        `select role from referrals where id = $1 and person_hash is not null`,
        [toUuid(id as Id<'referral'>)],
      )
      t.same(rows, [{ role: 'sender' }], 'on the card of the sender alone')
    }
    t.same((await verifyLedger(test.deps)).differences, [])
  },
)
