import t from 'tap'
import { day, instant } from '../../src/platform/clock.ts'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { testApp, testStart } from '../helpers/app.ts'
import { addOperator } from '../spaces/world.ts'
import { acceptedFrom, addLastingCaller, balanceOf, join, pointsOf, step, story } from './world.ts'

t.test('spaces of one operator earn nothing from each other', async (t) => {
  const test = await testApp(t)
  const operatorId = await addOperator(test)
  const [a, b] = [await addLastingCaller(test, { operatorId }), await addLastingCaller(test, { operatorId })]
  const id = await acceptedFrom(a, b)
  t.match(await pointsOf(a), { inFlight: 0 })
  await join(b, id)
  const worth = ['visited', 'trial', 'joined'].map((stage) => `${stage} 0 0 same_operator`)
  t.same(await story(a, id), worth)
  t.same(await story(b, id), worth)
  t.match(await balanceOf(a), { points: { earned: 0, net: 0 }, referrals: { sent: 1, sentJoined: 1 } })
  t.match(await balanceOf(b), { points: { owed: 0 }, referrals: { received: 1, receivedJoined: 1 } })

  const other = await addLastingCaller(test, { operatorId: await addOperator(test) })
  t.same(await story(a, await joined(a, other)), ['visited 10 0', 'trial 15 0', 'joined 75 0'])
  const alone = [await addLastingCaller(test), await addLastingCaller(test)] as const
  t.same(
    (await story(alone[0], await joined(...alone)))[2],
    'joined 75 0',
    'a space without operator is its own',
  )
  t.same((await verifyLedger(test.deps)).differences, [])
})

const joined = async (from: Parameters<typeof acceptedFrom>[0], to: Parameters<typeof join>[0]) => {
  const id = await acceptedFrom(from, to)
  await join(to, id)
  return id
}

t.test('a person of one operator’s space is not used up by it', async (t) => {
  const test = await testApp(t)
  const operatorId = await addOperator(test)
  const [a, b] = [await addLastingCaller(test, { operatorId }), await addLastingCaller(test, { operatorId })]
  const c = await addLastingCaller(test)
  const ada = { name: 'Ada', email: 'ada@example.org' }
  await join(b, await acceptedFrom(a, b, ada))
  const id = await acceptedFrom(a, c, ada)
  await join(c, id)
  t.same((await story(a, id))[2], 'joined 75 0')
})

t.test(
  'while the creditor or the debtor is on probation points are held, and the clock releases them',
  async (t) => {
    for (const who of ['creditor', 'debtor'] as const) {
      const test = await testApp(t)
      const until = instant(testStart + 20 * day)
      const fresh = await addLastingCaller(test, { probationUntil: until })
      const old = await addLastingCaller(test)
      const [a, b] = who === 'creditor' ? [fresh, old] : [old, fresh]
      const id = await acceptedFrom(a, b)
      await step(b, id, 'record-visit', { on: '2026-11-20' })
      t.same(await story(a, id), ['visited 0 10 probation'])
      t.match((await a.get(`/v1/referrals/${id}`)).body, { heldUntil: until }, 'both are told until when')
      t.match((await b.get(`/v1/referrals/${id}`)).body, { heldUntil: until })
      await join(b, id)
      const held = ['visited 0 10 probation', 'trial 0 15 probation', 'joined 0 75 probation']
      t.same(await story(a, id), held)
      t.same(
        await story(b, id),
        held.map((line) => line.replace(' 0 ', ' 0 -')),
      )
      t.match(await balanceOf(a), {
        points: { earned: 0, net: 0, held: 100, inFlight: 0, provisional: 0 },
        referrals: { sentJoined: 1 },
        returnRate: null,
        limit: 300,
      })
      t.match(await pointsOf(b), { owed: 0, net: 0, held: 0 })

      test.deps.clock.set(testStart + 20 * day - 1)
      await sweepReferrals(test.deps)
      t.match(await pointsOf(a), { held: 100 }, 'not before the end')
      test.deps.clock.set(testStart + 20 * day)
      await sweepReferrals(test.deps)
      t.same(await story(a, id), [
        ...held,
        'release of visited 10 -10',
        'release of trial 15 -15',
        'release of joined 75 -75',
      ])
      t.match(await balanceOf(a), { points: { earned: 100, net: 100, held: 0, provisional: 75 }, limit: 400 })
      t.match(await pointsOf(b), { owed: 100, net: -100 })
      t.match((await a.get(`/v1/referrals/${id}`)).body, { heldUntil: null })
      const later = await joined(a, b)
      t.same((await story(a, later))[2], 'joined 75 0', 'from now on nothing waits')
      t.same((await verifyLedger(test.deps)).differences, [])
    }
  },
)

t.test('what is held is taken back from what is held', async (t) => {
  const test = await testApp(t)
  const a = await addLastingCaller(test, { probationUntil: instant(testStart + 90 * day) })
  const b = await addLastingCaller(test)
  const id = await joined(a, b)
  await step(b, id, 'report-left')
  t.same((await story(a, id)).at(-1), 'reversal of joined 0 -75 left')
  t.match(await pointsOf(a), { earned: 0, held: 25 })
  test.deps.clock.set(testStart + 90 * day)
  await sweepReferrals(test.deps)
  t.match(await pointsOf(a), { earned: 25, held: 0, provisional: 0 })
  t.same((await verifyLedger(test.deps)).differences, [])
})

t.test('who joined before the probation ended is provisional for 30 days in any case', async (t) => {
  const test = await testApp(t)
  const a = await addLastingCaller(test, { probationUntil: instant(testStart + 90 * day) })
  const b = await addLastingCaller(test)
  await joined(a, b)
  test.deps.clock.set(testStart + 90 * day)
  await sweepReferrals(test.deps)
  t.match(await pointsOf(a), { earned: 100, held: 0, provisional: 0 }, 'confirmed while it was held')
  t.same((await verifyLedger(test.deps)).differences, [])
})
