import t from 'tap'
import { scopesOf } from '../../src/platform/permissions.ts'
import { testApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addClient, addSpace, getMe, tokenOf } from './world.ts'

t.test('getMe', async (t) => {
  const test = await testApp(t)
  const { app, deps } = test

  t.test('says who I am, for which space, with which scopes', async (t) => {
    const spaceId = await addSpace(deps)
    const client = await addClient(deps, { spaceId })
    const answer = await getMe(app, await tokenOf(app, client))
    t.equal(answer.statusCode, 200)
    t.strictSame(answer.json(), {
      clientId: client.clientId,
      name: 'Front desk',
      owner: 'space',
      spaceId,
      operatorId: null,
      scopes: ['spaces:read', 'referrals:write'],
      space: { name: 'Nave', status: 'admitted' },
    })
  })

  t.test('tells a client of the network that it acts for no space', async (t) => {
    const client = await addClient(deps, 'network')
    const answer = await getMe(app, await tokenOf(app, client))
    t.match(answer.json(), { owner: 'network', spaceId: null, operatorId: null, space: null })
  })

  t.test('answers a suspended space too', async (t) => {
    const client = await addClient(deps, { spaceId: await addSpace(deps, { status: 'suspended' }) })
    const answer = await getMe(app, await tokenOf(app, client))
    t.equal(answer.statusCode, 200)
    t.match(answer.json(), { space: { status: 'suspended' } })
  })

  t.test('tells a person by which role the token acts, and whom it names', async (t) => {
    const spaceId = await addSpace(deps)
    const manager = await addManager(test, { spaceId, role: 'viewer' })
    t.strictSame((await getMe(app, manager.token)).json(), {
      managerId: manager.managerId,
      name: 'Inês Moura',
      role: 'viewer',
      spaceId,
      scopes: [...scopesOf('viewer')],
      space: { name: 'Nave', status: 'admitted' },
    })
    const steward = await addManager(test, 'steward')
    t.match((await getMe(app, steward.token)).json(), { role: 'steward', spaceId: null, space: null })
  })
})
