import t from 'tap'
import { admitSpace, findSpaceByReference } from '../../src/network/admit-space.ts'
import { readUnscoped } from '../../src/platform/database/door.ts'
import { toTypeId } from '../../src/platform/ids.ts'
import { testApp } from '../helpers/app.ts'
import { addCaller, addSpace, steward } from '../helpers/network.ts'
import { addOperator, operatorCaller, registration, spaceIn } from '../spaces/world.ts'

t.test('admitSpace', async (t) => {
  const test = await testApp(t)
  const ctx = steward(test)
  const outsider = await addCaller(test)

  t.test('takes registered and unclaimed spaces in, where all find them', async (t) => {
    for (const status of ['registered', 'unclaimed'] as const) {
      const id = await addSpace(test, { status })
      t.match(await admitSpace(ctx, id), { id, status: 'admitted' })
      t.match((await outsider.get(`/v1/spaces/${id}`)).body, {
        status: 'admitted',
        claimed: true,
        version: 2,
      })
    }
  })

  t.test('changes nothing the second time, and leaves the suspended suspended', async (t) => {
    const id = await addSpace(test, { status: 'registered' })
    await admitSpace(ctx, id)
    await admitSpace(ctx, id)
    t.match((await outsider.get(`/v1/spaces/${id}`)).body, { version: 2 })
    await t.rejects(admitSpace(ctx, await addSpace(test, { status: 'suspended' })), {
      code: 'wrong_standing',
    })
    const unknown = toTypeId('space', '00000000-0000-7000-8000-000000000001')
    await t.rejects(admitSpace(ctx, unknown), { code: 'not_found' })
  })

  t.test('is for the steward', async (t) => {
    const id = await addSpace(test, { status: 'registered' })
    const actor = {
      kind: 'client',
      id: 'cli_x',
      owner: 'space',
      spaceId: id,
      operatorId: null,
      standing: 'admitted',
    } as const
    const scopes = new Set(['spaces:write', 'network:read'])
    await t.rejects(admitSpace({ ...ctx, actor: { ...actor, scopes } }, id), { code: 'insufficient_scope' })
    t.equal((await outsider.get(`/v1/spaces/${id}`)).status, 404)
  })

  t.test('finds a space by id, slug, or source and id there', async (t) => {
    const operator = await operatorCaller(test, await addOperator(test))
    const externalIds = [{ system: 'openstreetmap', id: 'node/1:2' }]
    const { id, slug } = spaceIn(await operator.post('/v1/spaces', registration({ externalIds })))
    const found = (reference: string) => readUnscoped(test.deps, (tx) => findSpaceByReference(tx, reference))
    for (const reference of [id, slug, 'openstreetmap:node/1:2'])
      t.match(await found(reference), { id, slug }, reference)
    for (const nothing of ['', 'nobody', 'openstreetmap:node/2', 'cobot:node/1:2', `${id}x`])
      t.equal(await found(nothing), null)
  })
})
