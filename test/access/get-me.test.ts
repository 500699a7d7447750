import t from 'tap'
import { testApp } from '../helpers/app.ts'
import { addClient, addSpace, getMe, tokenOf } from './world.ts'

t.test('getMe', async (t) => {
  const { app, deps } = await testApp(t)

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
})
