import { randomUUID } from 'node:crypto'
import t from 'tap'
import { rotateClientSecret } from '../../src/access/rotate-client-secret.ts'
import { day, hour } from '../../src/platform/clock.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { rowsOf } from '../helpers/browser.ts'
import { addManager, type TestManager } from '../helpers/managers.ts'
import { addSpace, tokenFor } from '../helpers/network.ts'
import { addClient, addOperator, askToken, getMe, stewardCtx, tokenOf } from './world.ts'

interface Made {
  readonly clientId: `cli_${string}`
  readonly clientSecret: string
}

const body = { name: 'Booking', scopes: ['spaces:read', 'referrals:write'] }

const makeBy = async (owner: TestManager, fields: object = {}): Promise<Made> => {
  const answer = await owner.post('/v1/clients', { ...body, ...fields })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body
}

const rotate = async (owner: TestManager, { clientId }: Made, input: object = {}): Promise<Made> => {
  const answer = await owner.post(`/v1/clients/${clientId}/rotate-secret`, input)
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body
}

/** As a map of who gets a token: the answer's status for each secret. */
const statuses = async (test: TestApp, clientId: Made['clientId'], ...secrets: string[]) => {
  const answers = []
  for (const clientSecret of secrets)
    answers.push((await askToken(test.app, { clientId, clientSecret })).statusCode)
  return answers
}

const auditOf = async (test: TestApp, clientId: string) => {
  const { rows } = await test.deps.db.pool.query<{ action: string; actor_kind: string; space_id: string }>(
    'select action, actor_kind, space_id from audit_log where object_id = $1 order by at, action',
    [clientId],
  )
  return rows
}

t.test('clients', async (t) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test)
  const owner = await addManager(test, { spaceId, role: 'owner' })
  const other = await addManager(test, { spaceId: await addSpace(test), role: 'owner' })
  const steward = await addManager(test, 'steward')

  t.test(
    'createClient makes an API client of the owner’s space, whose secret gets tokens for it',
    async (t) => {
      const made = await makeBy(owner)
      t.match(made, {
        ...body,
        owner: 'space',
        spaceId,
        operatorId: null,
        publicKeys: [],
        lastUsedAt: null,
        revokedAt: null,
        clientSecret: /^waggle_[\w-]{43}$/,
      })
      const me = await getMe(test.app, await tokenOf(test.app, made))
      t.match(me.json(), { clientId: made.clientId, spaceId, scopes: body.scopes })
      t.match(await auditOf(test, made.clientId), [
        { action: 'createClient', actor_kind: 'manager', space_id: toUuid(spaceId) },
      ])
    },
  )

  t.test('createClient makes one of the network for a steward', async (t) => {
    const made = await makeBy(steward, { scopes: ['network:read'] })
    t.match(made, { owner: 'network', spaceId: null, operatorId: null })
    const refused = await steward.post('/v1/clients', { ...body, scopes: ['referrals:read'] })
    t.match(refused, { status: 422, body: { errors: [{ pointer: '/scopes' }] } })
  })

  t.test('createClient gives no scope that its kind, or its maker, does not hold', async (t) => {
    for (const scope of ['network:admin', 'access:write', 'nonsense'])
      t.match(
        await owner.post('/v1/clients', { ...body, scopes: ['spaces:read', scope] }),
        { status: 422 },
        scope,
      )
    t.match(await owner.post('/v1/clients', { ...body, scopes: [] }), { status: 422 })
    const narrow = await addManager(test, { spaceId, role: 'owner' })
    await test.deps.db.pool.query('update personal_tokens set scopes = $2 where manager_id = $1', [
      toUuid(narrow.managerId),
      JSON.stringify(['access:write', 'spaces:read']),
    ])
    t.match(await narrow.post('/v1/clients', body), {
      status: 422,
      body: { errors: [{ pointer: '/scopes' }] },
    })
    t.match(await narrow.post('/v1/clients', { ...body, scopes: ['spaces:read'] }), { status: 201 })
  })

  t.test('createClient takes no fields of its maker’s choice beside name, scopes and keys', async (t) => {
    for (const field of ['spaceId', 'operatorId', 'owner', 'clientId', 'clientSecret', 'revokedAt'])
      t.match(await owner.post('/v1/clients', { ...body, [field]: other.spaceId }), { status: 422 }, field)
  })

  t.test(
    'getClient and every change find nothing of another space, of the network or of nobody',
    async (t) => {
      const made = await makeBy(owner)
      const ofNetwork = await addClient(test.deps, 'network')
      const ofOperator = await addClient(test.deps, { operatorId: await addOperator(test.deps) })
      const publicKeys = [{ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), kid: 'one' }]
      const cases = [
        [other, made.clientId],
        [steward, made.clientId],
        [owner, ofNetwork.clientId],
        [owner, ofOperator.clientId],
        [owner, 'cli_01kn3xq5wde7mvqrb2fj8s6t4a'],
        [owner, 'cli_x'],
      ] as const
      for (const [caller, clientId] of cases) {
        const path = `/v1/clients/${clientId}`
        t.equal((await caller.get(path)).status, 404)
        t.equal((await caller.post(`${path}/rotate-secret`, {})).status, 404)
        t.equal((await caller.post(`${path}/set-keys`, { publicKeys })).status, 404)
        t.equal((await caller.post(`${path}/revoke`)).status, 404)
      }
      t.strictSame(await statuses(test, made.clientId, made.clientSecret), [200], 'and nothing was changed')
      t.equal((await steward.get(`/v1/clients/${ofOperator.clientId}`)).body.owner, 'operator')
    },
  )

  t.test('getClient shows an API client of the space to those of that space alone', async (t) => {
    const made = await makeBy(owner)
    const token = await tokenFor(test, { spaceId }, ['access:read'])
    const operatorId = await addOperator(test.deps)
    const placeless = await tokenFor(test, { operatorId }, ['access:read'])
    const ask = (bearer: string, path: string) =>
      test.app.inject({ url: path, headers: { authorization: `Bearer ${bearer}` } })
    t.equal((await ask(token, `/v1/clients/${made.clientId}`)).statusCode, 200)
    t.equal((await ask(placeless, '/v1/clients')).statusCode, 403, 'for no space, not those of the network')
  })

  t.test('listClients pages through those of the space, the newest first, and ends', async (t) => {
    const space = await addSpace(test)
    const boss = await addManager(test, { spaceId: space, role: 'owner' })
    t.strictSame((await boss.get('/v1/clients')).body, { data: [], nextCursor: null })
    const made: string[] = []
    for (let index = 0; index < 5; index += 1) {
      test.deps.clock.advance(1)
      made.unshift((await makeBy(boss)).clientId)
    }
    const seen: string[] = []
    let path: string | null = '/v1/clients?limit=2'
    let pages = 0
    while (path !== null) {
      const { body: page }: { body: { data: Made[]; nextCursor: string | null } } = await boss.get(path)
      seen.push(...page.data.map(({ clientId }) => clientId))
      path = page.nextCursor === null ? null : `/v1/clients?limit=2&cursor=${page.nextCursor}`
      pages += 1
      if (pages === 1 && path !== null)
        t.match(await other.get(path), { status: 400, body: { code: 'invalid_cursor' } })
    }
    t.strictSame(seen, made)
    t.equal(pages, 3)
  })

  t.test('rotateClientSecret lets the secret before it go on for a day, to the millisecond', async (t) => {
    const made = await makeBy(owner)
    const rotated = await rotate(owner, made)
    const both = [made.clientSecret, rotated.clientSecret]
    t.strictSame(await statuses(test, made.clientId, ...both), [200, 200])
    const path = `/v1/clients/${made.clientId}`
    t.equal(
      Date.parse((await owner.get(path)).body.previousSecretUntil as string),
      test.deps.clock.now() + day,
    )
    test.deps.clock.advance(day - 1)
    t.strictSame(await statuses(test, made.clientId, ...both), [200, 200])
    test.deps.clock.advance(1)
    t.strictSame(await statuses(test, made.clientId, ...both), [401, 200])
    t.equal((await owner.get(path)).body.previousSecretUntil, null)
  })

  t.test('rotateClientSecret again within that day ends the oldest', async (t) => {
    const first = await makeBy(owner)
    const second = await rotate(owner, first)
    const third = await rotate(owner, first)
    const secrets = [first, second, third].map(({ clientSecret }) => clientSecret)
    t.strictSame(await statuses(test, first.clientId, ...secrets), [401, 200, 200])
    t.match(
      (await auditOf(test, first.clientId)).map(({ action }) => action),
      ['createClient', 'rotateClientSecret', 'rotateClientSecret'],
    )
  })

  t.test('rotateClientSecret ends every older secret at once when one has leaked', async (t) => {
    const first = await makeBy(owner)
    const second = await rotate(owner, first)
    const third = await rotate(owner, first, { hasLeaked: true })
    const secrets = [first, second, third].map(({ clientSecret }) => clientSecret)
    t.strictSame(await statuses(test, first.clientId, ...secrets), [401, 401, 200])
  })

  t.test('rotateClientSecret twice at once: both new secrets hold, the old one is over', async (t) => {
    await test.deps.db.pool.query('delete from rate_limits')
    const made = await makeBy(owner)
    const [one, two] = await Promise.all([rotate(owner, made), rotate(owner, made)])
    const secrets = [made, one, two].map(({ clientSecret }) => clientSecret)
    t.strictSame(await statuses(test, made.clientId, ...secrets), [401, 200, 200])
  })

  t.test('revokeClient at once with rotateClientSecret: whatever comes first, it is revoked', async (t) => {
    for (let index = 0; index < 4; index += 1) {
      const made = await makeBy(owner)
      const path = `/v1/clients/${made.clientId}`
      const [rotated, revoked] = await Promise.all([
        owner.post(`${path}/rotate-secret`, {}),
        owner.post(`${path}/revoke`),
      ])
      t.equal(revoked.status, 200)
      t.ok([200, 409].includes(rotated.status), String(rotated.status))
      const secret = rotated.status === 200 ? (rotated.body.clientSecret as string) : made.clientSecret
      t.strictSame(await statuses(test, made.clientId, secret), [401])
    }
    await test.deps.db.pool.query('delete from rate_limits')
  })

  t.test('revokeClient ends tokens at once, and nothing can be done to the client any more', async (t) => {
    const made = await makeBy(owner)
    const token = await tokenOf(test.app, made)
    const path = `/v1/clients/${made.clientId}`
    const revoked = await owner.post(`${path}/revoke`)
    t.match(revoked, { status: 200, body: { clientId: made.clientId, revokedAt: /Z$/ } })
    t.equal((await getMe(test.app, token)).statusCode, 401)
    test.deps.clock.advance(1)
    t.equal(
      (await owner.post(`${path}/revoke`)).body.revokedAt,
      revoked.body.revokedAt,
      'again changes nothing',
    )
    const publicKeys = [{ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), kid: 'one' }]
    const refused = { status: 409, body: { code: 'client_revoked' } }
    t.match(await owner.post(`${path}/rotate-secret`, {}), refused)
    t.match(await owner.post(`${path}/set-keys`, { publicKeys }), refused)
    const listed = (
      (await owner.get('/v1/clients')).body.data as (Made & { revokedAt: string | null })[]
    ).find(({ clientId }) => clientId === made.clientId)
    t.match(listed, { revokedAt: /Z$/ }, 'it stays in the list')
  })

  t.test('lastUsedAt tells the hour of the last token that was asked for', async (t) => {
    const made = await makeBy(owner)
    const read = async () =>
      (await owner.get(`/v1/clients/${made.clientId}`)).body.lastUsedAt as string | null
    await statuses(test, made.clientId, 'waggle_wrong')
    t.equal(await read(), null, 'a wrong secret is no use')
    await tokenOf(test.app, made)
    const hourOf = (ms: number) => new Date(Math.floor(ms / hour) * hour).toISOString()
    t.equal(await read(), hourOf(test.deps.clock.now()))
    test.deps.clock.advance(hour)
    await tokenOf(test.app, made)
    t.equal(await read(), hourOf(test.deps.clock.now()))
  })

  t.test('a secret is told once: no list, log, outbox, job or kept answer has it', async (t) => {
    const key = { 'idempotency-key': randomUUID() }
    const made = (await owner.post('/v1/clients', body, key)).body as Made
    t.match(await owner.post('/v1/clients', body, key), { status: 409, body: { code: 'secret_shown_once' } })
    const path = `/v1/clients/${made.clientId}/rotate-secret`
    const again = { 'idempotency-key': randomUUID() }
    const rotated = (await owner.post(path, {}, again)).body as Made
    t.match(await owner.post(path, {}, again), { status: 409, body: { code: 'secret_shown_once' } })
    t.strictSame(
      await statuses(test, made.clientId, rotated.clientSecret),
      [200],
      'the replay rotated nothing',
    )
    const answers = [await owner.get('/v1/clients'), await owner.get(`/v1/clients/${made.clientId}`)]
    const written = [...test.logs, ...answers.map(({ text }) => text)]
    for (const table of ['clients', 'outbox', 'idempotency_keys', 'audit_log', 'rate_limits'])
      written.push(...(await rowsOf(test, table)))
    t.ok(written.join('\n').includes(made.clientId), 'the right things were searched')
    for (const { clientSecret } of [made, rotated]) {
      for (const form of [clientSecret, Buffer.from(clientSecret).toString('hex')])
        t.notOk(written.some((line) => line.includes(form)))
    }
    const { rows } = await test.deps.db.pool.query(
      'select from idempotency_keys where key = $1 and answer is null',
      [key['idempotency-key']],
    )
    t.equal(rows.length, 1)
  })

  t.test('nobody of another space changes a client, not even by the verb itself', async (t) => {
    const made = await makeBy(owner)
    const actor = {
      kind: 'manager',
      id: other.managerId,
      role: 'owner',
      spaceId: other.spaceId,
      scopes: new Set(['access:write']),
      standing: 'admitted',
    } as const
    const ctx = { ...stewardCtx(test.deps), actor }
    await t.rejects(rotateClientSecret(ctx, made.clientId, { hasLeaked: true }), { code: 'not_found' })
  })
})
