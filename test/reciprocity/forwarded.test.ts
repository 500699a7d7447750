import t from 'tap'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { testApp } from '../helpers/app.ts'
import { addOperator } from '../spaces/world.ts'
import { sendFrom, somebody, type Caller } from '../helpers/network.ts'
import { addLastingCaller, balanceOf, entriesOf, forwardedTo, join, pointsOf, step, story } from './world.ts'

/** Each stage, one after the other, and what the creditors have after it. */
const stagesOf = async (receiver: Caller, id: string, creditors: readonly Caller[]) => {
  const earned = async () => Promise.all(creditors.map(async (one) => (await pointsOf(one))['earned']))
  await step(receiver, id, 'record-visit', { on: '2026-11-20' })
  const visited = await earned()
  await step(receiver, id, 'start-trial')
  const trial = await earned()
  await join(receiver, id)
  return { visited, trial, joined: await earned() }
}

t.test(
  'one forwarder gets a fifth of what the referral brings, rounded down; the final receiver owes all',
  async (t) => {
    const test = await testApp(t)
    const [origin, forwarder, receiver] = [
      await addLastingCaller(test),
      await addLastingCaller(test),
      await addLastingCaller(test),
    ]
    const root = await sendFrom(origin, forwarder)
    const id = await forwardedTo(test, forwarder, root, receiver)
    await step(receiver, id, 'accept')
    t.match(await pointsOf(origin), { inFlight: 80 })
    t.match(await pointsOf(forwarder), { inFlight: 20, owed: 0 }, 'who forwarded owes nothing')
    t.same(await stagesOf(receiver, id, [origin, forwarder]), {
      visited: [8, 2],
      trial: [20, 5],
      joined: [80, 20],
    })
    t.same(await story(origin, id), ['visited 8 0', 'trial 12 0', 'joined 60 0'])
    t.same(await story(forwarder, id), ['visited 2 0', 'trial 3 0', 'joined 15 0'])
    t.same(await entriesOf(origin, `?referralId=${root}`), [], 'the first referral itself brings nothing')
    t.match(await pointsOf(receiver), { owed: 100, net: -100, inFlight: 0 })
    t.same((await entriesOf(receiver)).filter(({ side }) => side === 'debtor').length, 6)
    t.match((await balanceOf(origin)).referrals, { sent: 1, received: 0, sentActive: 0, sentJoined: 1 })
    t.match((await balanceOf(forwarder)).referrals, {
      sent: 0,
      received: 1,
      sentJoined: 0,
      receivedJoined: 0,
    })
    t.match((await balanceOf(receiver)).referrals, { received: 1, receivedActive: 0, receivedJoined: 1 })
    t.match((await origin.get(`/v1/referrals/${root}`)).body, { status: 'forwarded', finalOutcome: 'joined' })
    t.same((await verifyLedger(test.deps)).differences, [])
  },
)

t.test('two forwarders get a tenth each, rounded down', async (t) => {
  const test = await testApp(t)
  const [origin, first, second, receiver] = [
    await addLastingCaller(test),
    await addLastingCaller(test),
    await addLastingCaller(test),
    await addLastingCaller(test),
  ]
  const root = await sendFrom(origin, first)
  const child = await forwardedTo(test, first, root, second)
  await step(second, child, 'accept')
  t.match(await pointsOf(first), { inFlight: 20 })
  t.match((await balanceOf(origin)).referrals, { sent: 1, sentActive: 1 })
  const id = await forwardedTo(test, second, child, receiver)
  t.match(await pointsOf(first), { inFlight: 0 }, 'what was forwarded on brings nothing any more')
  await step(receiver, id, 'accept')
  t.same(await stagesOf(receiver, id, [origin, first, second]), {
    visited: [8, 1, 1],
    trial: [21, 2, 2],
    joined: [80, 10, 10],
  })
  t.match(await pointsOf(receiver), { owed: 100, earned: 0 })
  t.match((await balanceOf(origin)).referrals, { sent: 1, sentActive: 0, sentJoined: 1 })
  for (const forwarder of [first, second]) {
    t.match(await balanceOf(forwarder), {
      points: { owed: 0, inFlight: 0, earned: 10 },
      referrals: { sent: 0, received: 1, receivedActive: 0, sentJoined: 0, receivedJoined: 0 },
    })
  }
  for (const ancestor of [root, child]) {
    const holder = ancestor === root ? origin : first
    t.match((await holder.get(`/v1/referrals/${ancestor}`)).body, { finalOutcome: 'joined' })
  }
  const peers = (await receiver.get('/v1/reciprocity/peers')).body.data as {
    peer: { id: string }
    points: { owed: number }
    referrals: { received: number }
  }[]
  const byPeer = new Map(
    peers.map(({ peer, points, referrals }) => [peer.id, [points.owed, referrals.received]]),
  )
  t.same(byPeer.get(origin.spaceId), [80, 1], 'counted with the space that sent the member first')
  t.same(byPeer.get(first.spaceId), [10, 0])
  t.same(byPeer.get(second.spaceId), [10, 0])
  t.same((await verifyLedger(test.deps)).differences, [])
})

t.test('who leaves again is taken back from each by its share', async (t) => {
  const test = await testApp(t)
  const [origin, forwarder, receiver] = [
    await addLastingCaller(test),
    await addLastingCaller(test),
    await addLastingCaller(test),
  ]
  const id = await forwardedTo(test, forwarder, await sendFrom(origin, forwarder), receiver)
  await step(receiver, id, 'accept')
  await join(receiver, id)
  await step(receiver, id, 'report-left')
  t.match(await pointsOf(origin), { earned: 20, provisional: 0 })
  t.match(await pointsOf(forwarder), { earned: 5, provisional: 0 })
  t.match(await pointsOf(receiver), { owed: 25 })
  t.match((await balanceOf(origin)).referrals, { sentJoined: 0 })
  t.same((await verifyLedger(test.deps)).differences, [])
})

t.test(
  'what is left of a person is shared as it is; the receiver’s operator among the senders makes it nothing',
  async (t) => {
    const test = await testApp(t)
    const operatorId = await addOperator(test)
    const [origin, forwarder, receiver, other] = [
      await addLastingCaller(test, { operatorId }),
      await addLastingCaller(test),
      await addLastingCaller(test),
      await addLastingCaller(test),
    ]
    const ada = somebody()
    const first = await sendFrom(other, receiver, { member: ada })
    await step(receiver, first, 'accept')
    await step(receiver, first, 'start-trial')
    const id = await forwardedTo(
      test,
      forwarder,
      await sendFrom(origin, forwarder, { member: ada }),
      receiver,
    )
    await step(receiver, id, 'accept')
    await join(receiver, id)
    t.same(await story(origin, id), ['visited 8 0', 'trial 12 0', 'joined 40 0 person_already_counted'])
    t.same(await story(forwarder, id), ['visited 2 0', 'trial 3 0', 'joined 10 0 person_already_counted'])

    const friend = await addLastingCaller(test)
    const owner = await addLastingCaller(test, { operatorId: await addOperator(test) })
    const kept = await forwardedTo(test, friend, await sendFrom(owner, friend), receiver)
    await step(receiver, kept, 'accept')
    t.match(await pointsOf(owner), { inFlight: 80 })
    await test.deps.db.pool.query(
      `update spaces set operator_id = (select operator_id from spaces where slug = $1) where slug = $2`,
      [owner.spaceId.replace('_', '-'), receiver.spaceId.replace('_', '-')],
    )
    await join(receiver, kept)
    for (const creditor of [owner, friend]) {
      t.same(
        await story(creditor, kept),
        ['visited', 'trial', 'joined'].map((stage) => `${stage} 0 0 same_operator`),
      )
    }
    t.same((await verifyLedger(test.deps)).differences, [])
  },
)
