import t from 'tap'
import { createClient } from '../../src/access/create-client.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { testApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace, steward } from '../helpers/network.ts'

t.test('a personal token of few scopes hands out nothing that may do more than itself', async (t) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test)
  const owner = await addManager(test, { spaceId, role: 'owner' })
  const colleague = await addManager(test, { spaceId, role: 'viewer' })
  const wide = { name: 'Front desk', owner: { spaceId }, scopes: ['members:read'] } as const
  const narrow = { name: 'Map', owner: { spaceId }, scopes: ['spaces:read'] } as const
  const [front, map] = [await createClient(steward(test), wide), await createClient(steward(test), narrow)]
  await test.deps.db.pool.query('update personal_tokens set scopes = $2 where manager_id = $1', [
    toUuid(owner.managerId),
    JSON.stringify(['access:read', 'access:write', 'spaces:read']),
  ])
  const rotate = (id: string) => owner.post(`/v1/clients/${id}/rotate-secret`, {})
  const refused = { status: 403, body: { code: 'insufficient_scope' } }
  t.match(await rotate(front.clientId), refused)
  t.match(await rotate(map.clientId), { status: 200 })
  const key = { kty: 'OKP', crv: 'Ed25519', kid: 'k1', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
  t.match(await owner.post(`/v1/clients/${front.clientId}/set-keys`, { publicKeys: [key] }), refused)
  for (const role of ['owner', 'manager', 'viewer'])
    t.match(await owner.post('/v1/managers', { email: 'ada@example.org', role }), refused, role)
  t.match(await owner.post(`/v1/managers/${colleague.managerId}/change-role`, { role: 'owner' }), refused)
  t.match(await owner.post(`/v1/managers/${colleague.managerId}/hand-over`), refused)
  t.match(
    await owner.post(`/v1/managers/${colleague.managerId}/remove`),
    { status: 200 },
    'to take away is no gift',
  )
})
