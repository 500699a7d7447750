import t from 'tap'
import { makeAuthenticate } from '../../src/access/authenticate.ts'
import { currentEpoch } from '../../src/access/revocation-epoch.ts'
import { revokeClient } from '../../src/access/revoke-client.ts'
import { second } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import { newId, toUuid } from '../../src/platform/ids.ts'
import { makeKeys } from '../../src/platform/keys.ts'
import { testApp, testStart } from '../helpers/app.ts'
import { addClient, addSpace, askToken, getMe, stewardCtx, tokenOf } from './world.ts'

t.test('revokeClient', async (t) => {
  const keys = makeKeys()
  const here = await testApp(t, { keys })
  const there = await testApp(t, { keys, database: here })
  const spaceId = await addSpace(here.deps)
  const newClient = () => addClient(here.deps, { spaceId })
  const revoke = (clientId: `cli_${string}`) => revokeClient(stewardCtx(here.deps), clientId)

  t.test('refuses the tokens of the client on this node with the next request', async (t) => {
    const client = await newClient()
    const token = await tokenOf(here.app, client)
    t.equal((await getMe(here.app, token)).statusCode, 200)
    await revoke(client.clientId)
    t.equal((await getMe(here.app, token)).statusCode, 401, 'though the clock stands still')
  })

  t.test('refuses them within 5 s on another node that has checked them before', async (t) => {
    const client = await newClient()
    const token = await tokenOf(here.app, client)
    t.equal((await getMe(there.app, token)).statusCode, 200)
    await revoke(client.clientId)
    there.deps.clock.advance(5 * second)
    t.equal((await getMe(there.app, token)).statusCode, 401)
  })

  t.test('refuses them at once on a node that has not seen them before', async (t) => {
    const [client, other] = [await newClient(), await newClient()]
    const token = await tokenOf(here.app, client)
    t.equal(
      (await getMe(there.app, await tokenOf(here.app, other))).statusCode,
      200,
      'the node knows the epoch',
    )
    await revoke(client.clientId)
    t.equal((await getMe(there.app, token)).statusCode, 401)
  })

  t.test('leaves the tokens of others alone', async (t) => {
    const [client, other] = [await newClient(), await newClient()]
    const token = await tokenOf(here.app, other)
    t.equal((await getMe(here.app, token)).statusCode, 200)
    await revoke(client.clientId)
    t.equal((await getMe(here.app, token)).statusCode, 200)
  })

  t.test('gives a revoked client no more tokens, on any node', async (t) => {
    const client = await newClient()
    await revoke(client.clientId)
    for (const { app } of [here, there]) {
      const answer = await askToken(app, client)
      t.match(answer.json(), { status: 401, error: 'invalid_client' })
    }
  })

  t.test('keeps the first moment when it is done again, and writes each one down', async (t) => {
    const client = await newClient()
    await revoke(client.clientId)
    here.deps.clock.advance(second)
    await revoke(client.clientId)
    const { rows } = await here.deps.db.pool.query<{ at: string }>(
      `select extract(epoch from revoked_at) * 1000 as at from clients where id = $1`,
      [toUuid(client.clientId)],
    )
    t.equal(Number(rows[0]!.at), here.deps.clock.now() - second)
    const audit = await here.deps.db.pool.query<{ action: string }>(
      'select action from audit_log where object_id = $1 and space_id = $2 order by action',
      [client.clientId, toUuid(spaceId)],
    )
    t.strictSame(
      audit.rows.map(({ action }) => action),
      ['createClient', 'revokeClient', 'revokeClient'],
    )
  })

  t.test('says not_found for a client that there is not', async (t) => {
    await t.rejects(revoke(newId('client', testStart)), { code: 'not_found' })
  })

  t.test('lets no token through while revocations cannot be read, not even one checked before', async (t) => {
    const unreachable = openDatabase({
      url: 'postgresql://nobody@127.0.0.1:1/none',
      onError: () => undefined,
    })
    t.teardown(() => unreachable.close())
    const db = { ...there.deps.db }
    const authenticate = makeAuthenticate({ ...there.deps, db })
    const authorization = `Bearer ${await tokenOf(there.app, await newClient())}`
    t.match(await authenticate(authorization), { kind: 'client', spaceId })
    db.pool = unreachable.pool
    t.match(await authenticate(authorization), { kind: 'client' }, 'what is known holds for 2 s')
    there.deps.clock.advance(2 * second)
    await t.rejects(authenticate(authorization), { code: 'unavailable' })
  })

  t.test('reads the epoch once for all the requests that come meanwhile', async (t) => {
    const { pool } = there.deps.db
    let reads = 0
    const db = { pool, close: () => Promise.resolve() }
    const deps = { ...there.deps, db }
    const counting = new Proxy(pool, {
      get: (target, name, receiver) => {
        if (name === 'connect') reads += 1
        return Reflect.get(target, name, receiver) as unknown
      },
    })
    db.pool = counting
    await Promise.all(Array.from({ length: 50 }, async () => currentEpoch(deps)))
    t.equal(reads, 1)
    await currentEpoch(deps)
    t.equal(reads, 1)
    deps.clock.advance(2 * second)
    await currentEpoch(deps)
    t.equal(reads, 2)
  })
})
