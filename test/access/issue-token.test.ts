import { decodeJwt, decodeProtectedHeader } from 'jose'
import t from 'tap'
import { createClient } from '../../src/access/create-client.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { baseUrl, testApp, testStart } from '../helpers/app.ts'
import {
  addClient,
  addOperator,
  addSpace,
  askToken,
  basic,
  getMe,
  postForm,
  resourceOf,
  stewardCtx,
  tokenOf,
} from './world.ts'

const nobody = { clientId: 'cli_01kn3xq5wde7mvqrb2fj8s6t4a', clientSecret: 'waggle_guess' } as const

t.test('issueToken', async (t) => {
  const { app, deps, logs } = await testApp(t)
  const spaceId = await addSpace(deps)
  const client = await addClient(deps, { spaceId })

  t.test('answers client_secret_basic and client_secret_post alike, and never to be stored', async (t) => {
    const asForm = { client_id: client.clientId, client_secret: client.clientSecret }
    for (const answer of [await askToken(app, client), await postForm(app, asForm)]) {
      t.equal(answer.statusCode, 200)
      t.equal(answer.headers['cache-control'], 'no-store')
      t.match(answer.json(), { token_type: 'Bearer', expires_in: 600, scope: 'spaces:read referrals:write' })
      t.equal((await getMe(app, answer.json<{ access_token: string }>().access_token)).statusCode, 200)
    }
  })

  t.test('signs an at+jwt of ten minutes that names client, space and scopes', async (t) => {
    const token = await tokenOf(app, client)
    t.match(decodeProtectedHeader(token), { alg: 'EdDSA', typ: 'at+jwt', kid: deps.keys.sign[0]!.kid })
    const { jti, ...claims } = decodeJwt(token)
    t.type(jti, 'string')
    t.strictSame(claims, {
      iss: baseUrl,
      aud: baseUrl,
      sub: client.clientId,
      client_id: client.clientId,
      iat: testStart / 1000,
      exp: testStart / 1000 + 600,
      scope: 'spaces:read referrals:write',
      space: spaceId,
    })
    t.not(decodeJwt(await tokenOf(app, client)).jti, jti)
  })

  t.test('gives a wrong secret, an unknown client and a malformed id the very same 401', async (t) => {
    const wrongSecret = { ...client, clientSecret: nobody.clientSecret }
    const malformed = { ...nobody, clientId: 'cli_\u0000x' as `cli_${string}` }
    const answers = [
      await askToken(app, wrongSecret),
      await askToken(app, nobody),
      await askToken(app, malformed),
      await postForm(app, { client_id: client.clientId, client_secret: nobody.clientSecret }),
      await postForm(app, { client_id: nobody.clientId, client_secret: nobody.clientSecret }),
    ]
    for (const answer of answers) {
      t.equal(answer.statusCode, 401)
      t.match(answer.headers['www-authenticate'], /^Basic /)
      t.match(answer.headers['content-type'], 'application/problem+json')
      t.equal(answer.headers['cache-control'], 'no-store')
      t.match(answer.json(), { code: 'invalid_client', error: 'invalid_client', error_description: String })
      t.equal(answer.json<{ detail: string }>().detail, answers[0]!.json<{ detail: string }>().detail)
    }
  })

  t.test('refuses credentials that are absent, in the query or in no form that it knows', async (t) => {
    const query = new URLSearchParams({ client_id: client.clientId, client_secret: client.clientSecret })
    const inQuery = await app.inject({
      method: 'POST',
      url: `/oauth/token?${query.toString()}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'grant_type=client_credentials',
    })
    const headers = ['Basic', 'Basic !!!', 'Basic Zm9v', 'Basic JTpi', 'Bearer abc', 'Digest x=1']
    const others = await Promise.all(headers.map((authorization) => postForm(app, {}, { authorization })))
    for (const answer of [await postForm(app, {}), inQuery, ...others]) {
      t.equal(answer.statusCode, 401)
      t.equal(answer.json<{ error: string }>().error, 'invalid_client')
    }
  })

  t.test('refuses a client that names itself in two ways', async (t) => {
    const twice = await postForm(app, { client_secret: client.clientSecret }, basic(client))
    const asAnother = await postForm(app, { client_id: nobody.clientId }, basic(client))
    for (const answer of [twice, asAnother]) {
      t.equal(answer.statusCode, 400)
      t.equal(answer.json<{ error: string }>().error, 'invalid_request')
    }
    t.equal((await postForm(app, { client_id: client.clientId }, basic(client))).statusCode, 200)
  })

  t.test('takes credentials that are form-encoded before they are joined', async (t) => {
    const encoded = client.clientSecret.replaceAll('_', '%5F').replaceAll('-', '%2D')
    t.equal((await askToken(app, { ...client, clientSecret: encoded })).statusCode, 200)
  })

  t.test(
    'says in OAuth words what is wrong with the form, and ignores fields that it does not know',
    async (t) => {
      const send = (payload: string) =>
        app.inject({
          method: 'POST',
          url: '/oauth/token',
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(client) },
          payload,
        })
      const grant = 'grant_type=client_credentials'
      const faults = [
        ['', 'invalid_request'],
        ['scope=spaces:read', 'invalid_request'],
        [`${grant}&${grant}`, 'invalid_request'],
        [`${grant}&scope=${'x'.repeat(501)}`, 'invalid_request'],
        ['grant_type=password', 'unsupported_grant_type'],
        ['grant_type=__proto__', 'unsupported_grant_type'],
      ] as const
      for (const [payload, error] of faults) {
        const answer = await send(payload)
        t.equal(answer.statusCode, 400, payload)
        t.match(answer.json(), { code: error, error, error_description: String }, payload)
      }
      t.equal((await send(`${grant}&__proto__=1&audience=x&scope=`)).statusCode, 200)
    },
  )

  t.test('reads forms only', async (t) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: basic(client),
      payload: { grant_type: 'client_credentials' },
    })
    t.equal(answer.statusCode, 415)
  })

  t.test('grants the scopes that were asked for and no others', async (t) => {
    const token = await tokenOf(app, client, { scope: 'referrals:write' })
    t.strictSame((await getMe(app, token)).json<{ scopes: string[] }>().scopes, ['referrals:write'])
    for (const scope of ['referrals:read', 'spaces:read network:admin', 'nonsense', 'spaces:read,x']) {
      const answer = await askToken(app, client, { scope })
      t.equal(answer.statusCode, 400, scope)
      t.equal(answer.json<{ error: string }>().error, 'invalid_scope', scope)
    }
  })

  t.test('acts for the one space of a client, whether resource names it or not', async (t) => {
    const other = await addSpace(deps)
    t.equal(decodeJwt(await tokenOf(app, client, { resource: resourceOf(spaceId) }))['space'], spaceId)
    const resources = [
      resourceOf(other),
      resourceOf('spc_x'),
      `${resourceOf(spaceId)}#f`,
      baseUrl,
      'https://x.test',
    ]
    for (const resource of resources) {
      const answer = await askToken(app, client, { resource })
      t.equal(answer.statusCode, 400, resource)
      t.equal(answer.json<{ error: string }>().error, 'invalid_target', resource)
    }
  })

  t.test('makes an operator with two spaces choose one of its own', async (t) => {
    const operatorId = await addOperator(deps)
    const operator = await addClient(deps, { operatorId })
    const refusal = async (form: Record<string, string>) =>
      (await askToken(app, operator, form)).json<object>()
    t.equal(
      (await getMe(app, await tokenOf(app, operator))).json<{ spaceId: unknown }>().spaceId,
      null,
      'no space yet',
    )
    const first = await addSpace(deps, { operatorId })
    t.equal(decodeJwt(await tokenOf(app, operator))['space'], first, 'one space needs no choice')
    const second = await addSpace(deps, { operatorId })
    t.match(await refusal({}), { status: 400, error: 'invalid_target' }, 'two spaces do')
    t.match(await refusal({ resource: resourceOf(spaceId) }), { status: 400, error: 'invalid_target' })
    for (const space of [first, second]) {
      const me = await getMe(app, await tokenOf(app, operator, { resource: resourceOf(space) }))
      t.match(me.json(), { owner: 'operator', operatorId, spaceId: space })
    }
  })

  t.test('gives a client of the network no space', async (t) => {
    const network = await addClient(deps, 'network')
    const token = await tokenOf(app, network)
    t.hasStrict(decodeJwt(token), { scope: 'network:read network:admin' })
    t.notOk('space' in decodeJwt(token))
    const refused = await askToken(app, network, { resource: resourceOf(spaceId) })
    t.match(refused.json(), { status: 400, error: 'invalid_target' })
  })

  t.test('leaves no secret and no token in the log, nor the secret in the database', async (t) => {
    const token = await tokenOf(app, client)
    await getMe(app, token)
    await getMe(app, `${token}x`)
    await app.inject({ url: `/v1/me?access_token=${token}` })
    await app.inject({ method: 'POST', url: `/oauth/token?client_secret=${client.clientSecret}` })
    await askToken(app, { ...client, clientId: nobody.clientId })
    const written = logs.join('\n')
    t.match(written, /issueToken/, 'the log was captured')
    for (const secret of [client.clientSecret, token, basic(client).authorization.slice('Basic '.length)]) {
      t.notOk(written.includes(secret))
    }
    const { rows } = await deps.db.pool.query<{ row: string }>(
      'select clients::text as row from clients where id = $1',
      [toUuid(client.clientId)],
    )
    t.notOk(rows[0]!.row.includes(client.clientSecret))
    t.notOk(rows[0]!.row.includes(Buffer.from(client.clientSecret).toString('hex')))
  })
})

t.test('createClient', async (t) => {
  const { deps } = await testApp(t)
  const spaceId = await addSpace(deps)

  t.test('makes a secret of 256 random bits, another one each time', async (t) => {
    const made = [await addClient(deps, { spaceId }), await addClient(deps, { spaceId })]
    for (const { clientSecret } of made) {
      t.equal(Buffer.from(clientSecret.replace('waggle_', ''), 'base64url').length, 32)
    }
    t.not(made[0]!.clientSecret, made[1]!.clientSecret)
  })

  t.test('keeps network scopes to the network, and the others away from it', async (t) => {
    const operatorId = await addOperator(deps)
    const refused = [
      [{ spaceId }, ['spaces:read', 'network:admin']],
      [{ operatorId }, ['network:admin']],
      ['network', ['network:read', 'referrals:read']],
      [{ spaceId }, []],
    ] as const
    for (const [owner, scopes] of refused) {
      await t.rejects(addClient(deps, owner, scopes), { code: 'validation_failed' })
    }
  })

  t.test('is refused to a caller without network:admin', async (t) => {
    const actor = {
      kind: 'client',
      id: nobody.clientId,
      owner: 'space',
      spaceId,
      operatorId: null,
      standing: 'admitted',
      scopes: new Set(['spaces:write']),
    } as const
    const asking = createClient(
      { ...stewardCtx(deps), actor },
      { name: 'X', owner: { spaceId }, scopes: ['spaces:read'] },
    )
    await t.rejects(asking, { code: 'insufficient_scope' })
  })
})
