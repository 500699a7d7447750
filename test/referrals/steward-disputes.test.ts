import t from 'tap'
import { second } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { accepts, claims, disputes, openWorld, walkFrom } from './walks.ts'

t.test('a steward decides disputes over the API, and reads nothing about the member', async (t) => {
  const world = await openWorld(await testApp(t))
  const steward = await addManager(world.test, 'steward')
  const story = [accepts, claims('visited'), disputes('receiver')]
  const first = await walkFrom(world, {}, ...story)
  world.test.deps.clock.advance(second)
  const later = await walkFrom(world, {}, ...story)
  const page = (await steward.get('/v1/disputes?limit=1')).body
  t.match(page.data, [{ referralId: first.id, contested: 'visited', asserted: 'none', by: 'receiver' }])
  const next = await steward.get(`/v1/disputes?limit=1&cursor=${String(page.nextCursor)}`)
  t.match(next.body, { data: [{ referralId: later.id }], nextCursor: null })

  const resolve = (version: number) => steward.post(`${first.url}/resolve`, { decision: 'reversed', version })
  const { version } = page.data[0]
  t.match(await resolve(version - 1), { status: 412 }, 'decided on accounts that have changed: refused')
  const resolved = await resolve(version)
  t.same(resolved.body, {
    id: first.id,
    status: 'accepted',
    outcome: null,
    reached: null,
    dispute: { ...resolved.body.dispute, decided: 'none', resolution: 'reversed' },
  })
  t.match(await resolve(version), { status: 409 })
  t.match((await steward.get('/v1/disputes')).body.data, [{ referralId: later.id }])
})
