import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace, newReferral } from '../helpers/network.ts'

t.test('a personal token acts for its space with what its manager may there', async (t) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test)
  const viewer = await addManager(test, { spaceId, role: 'viewer' })
  t.equal((await viewer.get('/v1/referrals?box=sent')).status, 200)
  const referral = newReferral(await addSpace(test))
  t.match(await viewer.post('/v1/referrals', referral), { status: 403, body: { code: 'insufficient_role' } })
  const manager = await addManager(test, { spaceId, role: 'manager' })
  t.match(await manager.post('/v1/referrals', referral), { status: 201 })
})

t.test('a personal token is refused once it is over, at the millisecond', async (t) => {
  const test = await testApp(t)
  const owner = await addManager(test, { spaceId: await addSpace(test), role: 'owner' })
  test.deps.clock.set(test.deps.clock.now() + 90 * day - 1)
  t.equal((await owner.get('/v1/spaces')).status, 200)
  test.deps.clock.set(test.deps.clock.now() + 1)
  t.equal((await owner.get('/v1/spaces')).status, 401)
})

t.test('many first uses at once need one connection each, so that none waits for another’s', async (t) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test)
  const people = await Promise.all(
    Array.from({ length: 40 }, () => addManager(test, { spaceId, role: 'viewer' })),
  )
  const answers = await Promise.all(people.map((one) => one.get('/v1/me')))
  t.strictSame([...new Set(answers.map(({ status }) => status))], [200])
})
