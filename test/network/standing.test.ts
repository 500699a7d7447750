import t from 'tap'
import { leaveNetwork } from '../../src/network/leave-network.ts'
import { readmitSpace } from '../../src/network/readmit-space.ts'
import { suspendSpace } from '../../src/network/suspend-space.ts'
import { toTypeId } from '../../src/platform/ids.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addCaller, addSpace, newReferral, sendFrom, steward } from '../helpers/network.ts'
import { as, endings, spaceRow } from './world.ts'

const world = async (test: TestApp) => {
  const [own, other] = [await addCaller(test), await addCaller(test)]
  const waits = await sendFrom(other, own)
  const open = await sendFrom(other, own)
  await own.post(`/v1/referrals/${open}/accept`, {})
  const sent = await sendFrom(own, other)
  await other.post(`/v1/referrals/${sent}/accept`, {})
  return { own, other, waits, open, sent }
}

const found = async (caller: Awaited<ReturnType<typeof addCaller>>, id: string) => {
  const { body } = await caller.get('/v1/spaces?limit=100')
  return (body.data as { id: string }[]).some((space) => space.id === id)
}

t.test('a suspended space finishes what is open and starts nothing, at once', async (t) => {
  const test = await testApp(t)
  const { own, other, waits, open, sent } = await world(test)
  t.ok(await found(other, own.spaceId))
  await suspendSpace(steward(test), own.spaceId, 'Members were charged for their free days.')
  t.match(await spaceRow(test, own.spaceId), {
    suspended_reason: 'Members were charged for their free days.',
  })

  const started = await own.post('/v1/referrals', newReferral(other.spaceId))
  t.match([started.status, started.body.code], [409, 'space_suspended'])
  const sentTo = await other.post('/v1/referrals', newReferral(own.spaceId))
  t.equal(sentTo.status, 409, 'nobody sends to it')
  t.equal((await own.post(`/v1/referrals/${waits}/accept`, {})).body.code, 'space_suspended')
  t.notOk(await found(other, own.spaceId), 'it is found no more')

  t.equal((await own.post(`/v1/referrals/${waits}/decline`, { reason: 'paused' })).status, 200)
  t.equal((await own.post(`/v1/referrals/${open}/close`, { outcome: 'joined' })).status, 200)
  t.equal((await other.post(`/v1/referrals/${sent}/close`, { outcome: 'joined' })).status, 200)
  t.equal((await own.get('/v1/reciprocity')).status, 200)
})

t.test('readmitted, it stands as it stood before', async (t) => {
  const test = await testApp(t)
  const { own, other } = await world(test)
  await suspendSpace(steward(test), own.spaceId, 'Charged.')
  await readmitSpace(steward(test), own.spaceId)
  t.match(await spaceRow(test, own.spaceId), { status: 'admitted', suspended_reason: null })
  t.equal((await own.post('/v1/referrals', newReferral(other.spaceId))).status, 201)
  t.equal((await other.post('/v1/referrals', newReferral(own.spaceId))).status, 201)
  t.ok(await found(other, own.spaceId))
})

t.test('a probation goes on after a suspension', async (t) => {
  const test = await testApp(t)
  const until = '2027-01-01T00:00:00.000Z'
  const id = await addSpace(test, { probationUntil: until })
  await suspendSpace(steward(test), id, 'Charged.')
  await readmitSpace(steward(test), id)
  t.strictSame((await spaceRow(test, id)).probation_until, new Date(until))
})

t.test('an owner leaves with the own space, and the steward takes it in again', async (t) => {
  const test = await testApp(t)
  const { own, other, open } = await world(test)
  const owner = await as(test, await addManager(test, { spaceId: own.spaceId, role: 'owner' }))
  t.strictSame(await endings([leaveNetwork(owner, other.spaceId)]), ['not_found'])
  t.match(await leaveNetwork(owner, own.spaceId), { status: 'left' })
  t.notOk(await found(other, own.spaceId))
  t.equal((await own.post('/v1/referrals', newReferral(other.spaceId))).body.code, 'space_not_admitted')
  t.equal((await other.post('/v1/referrals', newReferral(own.spaceId))).status, 409)
  t.equal((await own.post(`/v1/referrals/${open}/close`, { outcome: 'joined' })).status, 200)
  t.strictSame(
    await endings([readmitSpace(owner, own.spaceId)]),
    ['insufficient_role'],
    'not by its own word',
  )
  await readmitSpace(steward(test), own.spaceId)
  t.equal((await own.post('/v1/referrals', newReferral(other.spaceId))).status, 201)
})

t.test('a suspended space does not slip out by leaving', async (t) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test)
  const person = await addManager(test, { spaceId, role: 'owner' })
  await suspendSpace(steward(test), spaceId, 'Charged.')
  t.strictSame(await endings([leaveNetwork(await as(test, person), spaceId)]), ['wrong_standing'])
  t.match(await spaceRow(test, spaceId), { status: 'suspended', suspended_reason: 'Charged.' })
})

t.test('each turn is taken from where it fits, and once', async (t) => {
  const test = await testApp(t)
  const word = steward(test)
  for (const status of ['unclaimed', 'registered', 'suspended', 'left'] as const)
    t.strictSame(await endings([suspendSpace(word, await addSpace(test, { status }), 'No.')]), [
      'wrong_standing',
    ])
  for (const status of ['unclaimed', 'registered', 'admitted'] as const)
    t.strictSame(await endings([readmitSpace(word, await addSpace(test, { status }))]), ['wrong_standing'])
  const id = await addSpace(test)
  const twice = [1, 2].map((n) => suspendSpace(word, id, `Reason ${String(n)}.`))
  t.strictSame(await endings(twice), ['done', 'wrong_standing'])
  const unknown = toTypeId('space', '00000000-0000-7000-8000-000000000001')
  t.strictSame(await endings([suspendSpace(word, unknown, 'No.'), readmitSpace(word, unknown)]), [
    'not_found',
    'not_found',
  ])
})
