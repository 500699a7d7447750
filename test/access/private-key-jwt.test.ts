import { createHmac, createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SignJWT, type JWTPayload } from 'jose'
import t, { type Test } from 'tap'
import type { PublicJwk } from '../../db/schema/access.ts'
import { createClient } from '../../src/access/create-client.ts'
import { forgetAssertions } from '../../src/access/forget-assertions.ts'
import { hour, minute, second } from '../../src/platform/clock.ts'
import { baseUrl, testApp, type TestApp } from '../helpers/app.ts'
import { rowsOf } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addClient, addSpace, basic, getMe, postForm, stewardCtx } from './world.ts'

const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const jwkOf = (key: KeyObject, kid: string) =>
  ({ ...createPublicKey(key).export({ format: 'jwk' }), kid }) as unknown as PublicJwk

const ed = generateKeyPairSync('ed25519').privateKey
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const keys = [jwkOf(ed, 'ed'), jwkOf(ec, 'ec')]

const send = (test: TestApp, assertion: string, form: Record<string, string> = {}, headers = {}) =>
  postForm(test.app, { client_assertion_type: type, client_assertion: assertion, ...form }, headers)

/** A world with a client that has two keys, and what signs for it; the fields given replace the usual ones. */
const open = async (t: Test) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test.deps)
  const { clientId } = await createClient(stewardCtx(test.deps), {
    name: 'Booking',
    owner: { spaceId },
    scopes: ['spaces:read'],
    publicKeys: keys,
  })
  const now = () => test.deps.clock.now() / second
  const sign = (claims: JWTPayload = {}, header: object = {}, key: KeyObject = ed) =>
    new SignJWT(
      JSON.parse(
        JSON.stringify({
          iss: clientId,
          sub: clientId,
          aud: baseUrl,
          exp: now() + 60,
          jti: randomUUID(),
          ...claims,
        }),
      ) as JWTPayload,
    )
      .setProtectedHeader({ alg: 'EdDSA', kid: 'ed', ...header })
      .sign(key)
  /** Ten failures lock an address out: not what is looked at here. */
  const refused = async (t: Test, name: string, assertion: string, form: Record<string, string> = {}) => {
    const answer = await send(test, assertion, form)
    t.match(
      { status: answer.statusCode, ...answer.json<object>() },
      { status: 401, error: 'invalid_client' },
      name,
    )
    await test.deps.db.pool.query('delete from rate_limits')
    return answer
  }
  return { test, clientId, spaceId, sign, refused, now }
}

t.test('private_key_jwt', async (t) => {
  const { test, clientId, spaceId, sign, refused, now } = await open(t)
  const ok = async (t: Test, name: string, assertion: string, form = {}) =>
    t.equal((await send(test, assertion, form)).statusCode, 200, name)

  t.test('takes what a key of the client has signed, by either algorithm, for either audience', async (t) => {
    const answer = await send(test, await sign())
    t.equal(answer.statusCode, 200)
    const { access_token: token } = answer.json<{ access_token: string }>()
    t.match((await getMe(test.app, token)).json(), { clientId, spaceId })
    await ok(t, 'ES256', await sign({}, { alg: 'ES256', kid: 'ec' }, ec))
    await ok(t, 'token endpoint', await sign({ aud: `${baseUrl}/oauth/token` }))
    await ok(t, 'with client_id', await sign(), { client_id: clientId })
    await ok(t, 'typ of RFC 7523bis', await sign({}, { typ: 'client-authentication+jwt' }))
    await ok(t, 'a clock that is half a minute ahead', await sign({ iat: now() + 30, nbf: now() + 30 }))
    await ok(t, 'five minutes', await sign({ exp: now() + 300 }))
  })

  t.test('takes each assertion once, also of twenty at the same moment', async (t) => {
    const assertion = await sign()
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(test, assertion)))
    t.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 1)
    await test.deps.db.pool.query('delete from rate_limits')
    const jti = randomUUID()
    await ok(t, 'first', await sign({ jti }))
    await refused(t, 'the same jti under another signature', await sign({ jti, exp: now() + 61 }))
  })

  t.test(
    'forgets a jti an hour after its assertion has ended, and none that could still be taken',
    async (t) => {
      const assertion = await sign({ exp: now() + 300 })
      await ok(t, 'first', assertion)
      test.deps.clock.advance(5 * minute - 1)
      await forgetAssertions(test.deps)
      await refused(t, 'replayed in its last millisecond', assertion)
      test.deps.clock.advance(hour + 1)
      await forgetAssertions(test.deps)
      t.strictSame(await rowsOf(test, 'used_assertions'), [])
    },
  )

  t.test('refuses claims that are absent, foreign, over or too far ahead', async (t) => {
    const other = await addClient(test.deps, { spaceId })
    const wrong: Record<string, JWTPayload> = {
      'no iss': { iss: undefined as never },
      'no sub': { sub: undefined as never },
      'no aud': { aud: undefined as never },
      'no exp': { exp: undefined as never },
      'no jti': { jti: undefined as never },
      'empty jti': { jti: '' },
      'long jti': { jti: 'x'.repeat(201) },
      'NUL in jti': { jti: 'a\u0000b' },
      'iss of another': { iss: other.clientId },
      'sub of another': { sub: other.clientId },
      'both of another': { iss: other.clientId, sub: other.clientId },
      'aud of another': { aud: 'https://other.test' },
      'aud with slash': { aud: `${baseUrl}/` },
      'aud of the API': { aud: `${baseUrl}/v1` },
      'aud as a list': { aud: [baseUrl] },
      over: { exp: now() },
      'more than five minutes': { exp: now() + 301 },
      'exp as text': { exp: String(now() + 60) as never },
      'iat ahead': { iat: now() + 31 },
      'nbf ahead': { nbf: now() + 31 },
    }
    for (const [name, claims] of Object.entries(wrong)) await refused(t, name, await sign(claims))
    await refused(t, 'client_id of another', await sign(), { client_id: other.clientId })
  })

  t.test('refuses other keys, other algorithms and other kinds of token', async (t) => {
    const foreign = generateKeyPairSync('ed25519').privateKey
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const [, payload = ''] = (await sign()).split('.')
    const hs256 = (secret: string | Buffer) => {
      const text = `${part({ alg: 'HS256', kid: 'ed' })}.${payload}`
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    }
    const pem = createPublicKey(ed).export({ type: 'spki', format: 'pem' })
    await refused(t, 'another key', await sign({}, {}, foreign))
    await refused(t, 'a kid that is not the client’s', await sign({}, { kid: 'other' }))
    await refused(t, 'a kid of a prototype', await sign({}, { kid: '__proto__' }))
    await refused(t, 'no kid', await sign({}, { kid: undefined }))
    await refused(t, 'the kid of the other key', await sign({}, { kid: 'ec' }))
    await refused(t, 'none', `${part({ alg: 'none', kid: 'ed' })}.${payload}.`)
    await refused(t, 'HS256 by the public key', hs256(Buffer.from(keys[0]!.x, 'base64url')))
    await refused(t, 'HS256 by the public key in PEM', hs256(pem))
    await refused(t, 'HS256 by the public key as JSON', hs256(JSON.stringify(keys[0])))
    await refused(t, 'typ of an access token', await sign({}, { typ: 'at+jwt' }))
    await refused(t, 'changed', (await sign()).replace(/\.[^.]{4}/, '.eyJh'))
    for (const text of ['x', 'a.b.c', '..', payload]) await refused(t, text, text)
  })

  t.test('fetches no key from anywhere, whatever the header names', async (t) => {
    let asked = 0
    const foreign = generateKeyPairSync('ed25519').privateKey
    const server = createServer((_request, response) => {
      response.end(JSON.stringify({ keys: [jwkOf(foreign, 'ed')] }))
    })
    server.on('connection', () => (asked += 1))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => server.close())
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/keys`
    await refused(t, 'jku', await sign({}, { jku: url }, foreign))
    await refused(t, 'x5u', await sign({}, { x5u: url }, foreign))
    await refused(t, 'jwk', await sign({}, { jwk: jwkOf(foreign, 'ed') }, foreign))
    await refused(t, 'iss', await sign({ iss: url, sub: url }, {}, foreign))
    t.equal(asked, 0)
  })

  t.test('says the same of an unknown client, an unknown key and a wrong signature', async (t) => {
    const foreign = generateKeyPairSync('ed25519').privateKey
    const nobody = 'cli_01kn3xq5wde7mvqrb2fj8s6t4a'
    const answers = [
      await refused(t, 'unknown client', await sign({ iss: nobody, sub: nobody }, {}, foreign)),
      await refused(t, 'unknown key', await sign({}, { kid: 'x' }, foreign)),
      await refused(t, 'wrong signature', await sign({}, {}, foreign)),
    ].map((answer) => ({ ...answer.json<object>(), requestId: '' }))
    t.strictSame(answers[1], answers[0])
    t.strictSame(answers[2], answers[0])
  })

  t.test('goes with no other way of saying who one is', async (t) => {
    const client = await addClient(test.deps, { spaceId })
    const answers = [
      await send(test, await sign(), {}, basic(client)),
      await send(test, await sign(), { client_secret: client.clientSecret }),
      await send(test, await sign(), { client_assertion_type: 'urn:x' }),
      await postForm(test.app, { client_assertion: await sign() }),
      await postForm(test.app, { client_assertion_type: type }),
    ]
    for (const answer of answers) t.match(answer.json(), { status: 400, error: 'invalid_request' })
  })

  t.test('is for clients with keys, which have no secret; the others have no key', async (t) => {
    const withSecret = await addClient(test.deps, { spaceId })
    await refused(t, 'no keys', await sign({ iss: withSecret.clientId, sub: withSecret.clientId }))
    for (const clientSecret of ['', 'x', 'waggle_x']) {
      const answer = await postForm(test.app, {}, basic({ clientId, clientSecret }))
      t.equal(answer.statusCode, 401, 'no secret fits a client that has none')
    }
  })

  t.test(
    'setClientKeys changes keys without a gap, and ends the secret of a client that had one',
    async (t) => {
      await test.deps.db.pool.query('delete from rate_limits')
      const owner = await addManager(test, { spaceId, role: 'owner' })
      const path = `/v1/clients/${clientId}`
      const next = generateKeyPairSync('ed25519').privateKey
      const both = [...keys, jwkOf(next, 'next')]
      t.match(await owner.post(`${path}/set-keys`, { publicKeys: both }), {
        status: 200,
        body: { publicKeys: both },
      })
      await ok(t, 'old', await sign())
      await ok(t, 'new', await sign({}, { kid: 'next' }, next))
      await owner.post(`${path}/set-keys`, { publicKeys: [jwkOf(next, 'next')] })
      await refused(t, 'the old one', await sign())
      await ok(t, 'new', await sign({}, { kid: 'next' }, next))
      t.match(await owner.post(`${path}/rotate-secret`, {}), {
        status: 409,
        body: { code: 'client_has_keys' },
      })

      const other = await addClient(test.deps, { spaceId })
      await owner.post(`/v1/clients/${other.clientId}/rotate-secret`, {})
      await owner.post(`/v1/clients/${other.clientId}/set-keys`, { publicKeys: keys })
      await ok(t, 'its key', await sign({ iss: other.clientId, sub: other.clientId }))
      t.equal((await postForm(test.app, {}, basic(other))).statusCode, 401)
      const { rows } = await test.deps.db.pool.query<{ action: string }>(
        'select distinct action from audit_log where object_id = $1 order by action',
        [other.clientId],
      )
      t.strictSame(
        rows.map(({ action }) => action),
        ['createClient', 'rotateClientSecret', 'setClientKeys'],
      )
    },
  )

  t.test(
    'createClient and setClientKeys keep public keys alone, that are keys, each of its own name',
    async (t) => {
      const owner = await addManager(test, { spaceId, role: 'owner' })
      const [good] = keys
      const privateJwk = { ...ed.export({ format: 'jwk' }), kid: 'ed' }
      const wrong = [
        [privateJwk],
        [{ ...good, kty: 'EC' }],
        [{ ...good, crv: 'X25519' }],
        [{ kty: 'oct', k: 'AAAA', kid: 'x' }],
        [{ kty: 'RSA', n: 'AAAA', e: 'AQAB', kid: 'x' }],
        [{ kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'B'.repeat(43), kid: 'x' }],
        [good, good],
        [],
        Array.from({ length: 6 }, (_, index) => ({ ...good, kid: String(index) })),
      ]
      for (const publicKeys of wrong) {
        const made = await owner.post('/v1/clients', { name: 'X', scopes: ['spaces:read'], publicKeys })
        t.equal(made.status, 422, JSON.stringify(publicKeys).slice(0, 80))
        t.equal((await owner.post(`/v1/clients/${clientId}/set-keys`, { publicKeys })).status, 422)
      }
      const made = await owner.post('/v1/clients', { name: 'X', scopes: ['spaces:read'], publicKeys: keys })
      t.match(made, { status: 201, body: { clientSecret: null, publicKeys: keys } })
    },
  )

  t.test('is named in the metadata, with its algorithms', async (t) => {
    const answer = await test.app.inject('/.well-known/oauth-authorization-server')
    t.match(answer.json(), {
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['EdDSA', 'ES256'],
    })
  })

  t.test('leaves no assertion in the log', async (t) => {
    const assertion = await sign()
    await send(test, assertion)
    await test.app.inject({ method: 'POST', url: `/oauth/token?client_assertion=${assertion}` })
    t.notOk(test.logs.join('\n').includes(assertion))
  })
})
