import { createHmac, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { decodeJwt, SignJWT } from 'jose'
import t, { type Test } from 'tap'
import { revokeClient } from '../../src/access/revoke-client.ts'
import { instant, second } from '../../src/platform/clock.ts'
import { newId, toUuid } from '../../src/platform/ids.ts'
import { loadKeys, makeKeys } from '../../src/platform/keys.ts'
import { testApp, testStart, type TestApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { query } from '../db/query.ts'
import { addClient, addSpace, getMe, stewardCtx, tokenOf } from './world.ts'

type Header = Partial<Parameters<SignJWT['setProtectedHeader']>[0]>
type Claims = Record<string, unknown>

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const sign = (by: KeyObject, claims: Claims, header: Header) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...header }).sign(by)

const without = (claims: Claims, name: string) =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))

/** A server that would hand out the forger's keys and certificates, and counts who connects to it. */
const keyHost = async (t: Test, key: KeyObject) => {
  const counted = { connections: 0 }
  const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid: 'forged', alg: 'EdDSA', use: 'sig' }
  const server = createServer((_request, reply) => reply.end(JSON.stringify({ keys: [jwk] })))
  server.on('connection', () => (counted.connections += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return { counted, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/keys`, jwk }
}

/** Tokens whose signature is not that of this installation, or is made of something that everybody knows. */
const forgedTokens = async (
  { deps }: TestApp,
  good: string,
  host: Awaited<ReturnType<typeof keyHost>>,
  foreign: KeyObject,
) => {
  const claims = decodeJwt(good)
  const [header = '', payload = '', signature = ''] = good.split('.')
  const { kid, x, ...key } = deps.keys.sign[0]!
  const pem = createPublicKey({ key: { ...key, x }, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const hs256 = (secret: string | Buffer) => {
    const body = `${base64({ alg: 'HS256', typ: 'at+jwt', kid })}.${payload}`
    return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
  }
  const elsewhere = loadKeys(makeKeys()).sign[0]!
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const certificate = createPublicKey(foreign).export({ type: 'spki', format: 'der' }).toString('base64')
  return {
    'signed by another installation under the kid of this one': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
      .sign(elsewhere),
    'signed by another key': await sign(foreign, claims, { kid }),
    'unknown kid': await sign(foreign, claims, { kid: 'forged' }),
    'key in the header (jwk)': await sign(foreign, claims, { kid: 'forged', jwk: host.jwk }),
    'address of keys in the header (jku)': await sign(foreign, claims, { kid: 'forged', jku: host.url }),
    'address of a certificate in the header (x5u)': await sign(foreign, claims, {
      kid: 'forged',
      x5u: host.url,
    }),
    'certificate in the header (x5c)': await sign(foreign, claims, { kid: 'forged', x5c: [certificate] }),
    'kid that is an address': await sign(foreign, claims, { kid: host.url }),
    'issuer that hosts the keys': await sign(foreign, { ...claims, iss: host.url }, { kid: 'forged' }),
    'HS256 by the public key': hs256(Buffer.from(x, 'base64url')),
    'HS256 by the public key in PEM': hs256(pem),
    RS256: await sign(rsa, claims, { alg: 'RS256', kid }),
    ES256: await sign(ec, claims, { alg: 'ES256', kid }),
    'alg none': `${base64({ alg: 'none', typ: 'at+jwt', kid })}.${payload}.`,
    'alg nOnE with a signature': `${base64({ alg: 'nOnE', typ: 'at+jwt', kid })}.${payload}.${signature}`,
    'no signature': `${header}.${payload}.`,
    'claims of more scope': `${header}.${base64({ ...claims, scope: 'network:admin' })}.${signature}`,
    truncated: good.slice(0, -4),
    'half of it': `${header}.${payload}`,
    'four parts': `${good}.${signature}`,
    oversized: `${good}${'A'.repeat(12_000)}`,
  }
}

/** Well signed by this installation, and yet no access token for it, or none any more. */
const confusedTokens = async ({ deps }: TestApp, good: string) => {
  const claims = decodeJwt(good)
  const { exp = 0, ...rest } = claims
  const key = deps.keys.sign[0]!
  const signed = (changed: Claims, header: Header = {}) =>
    new SignJWT(changed)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid, ...header })
      .sign(key)
  const tokens: Record<string, string> = {
    'like an ID token (typ JWT, nonce)': await signed(
      { ...claims, nonce: 'n-0S6_WzA2Mj', auth_time: testStart / second },
      { typ: 'JWT' },
    ),
    'an attestation': await signed(claims, { typ: 'attestation+jwt' }),
    'of another issuer': await signed({ ...claims, iss: 'https://other.test' }),
    'for another audience': await signed({ ...claims, aud: 'https://other.test' }),
    'an assertion of the client (iss and sub its own)': await signed({ ...claims, iss: claims.sub }),
    expired: await signed({ ...claims, exp: testStart / second }),
    'not yet valid': await signed({ ...claims, nbf: testStart / second + 60 }),
    'exp as text': await signed({ ...rest, exp: String(exp) }),
    'sub of another than client_id': await signed({ ...claims, sub: newId('client', testStart) }),
    'a client that there is not': await (() => {
      const nobody = newId('client', testStart)
      return signed({ ...claims, sub: nobody, client_id: nobody })
    })(),
    'space that is none': await signed({ ...claims, space: 'everything' }),
  }
  for (const name of ['iss', 'aud', 'sub', 'client_id', 'iat', 'exp', 'jti', 'scope'])
    tokens[`without ${name}`] = await signed(without(claims, name))
  return tokens
}

/** Personal tokens that stand for nobody, or for nobody any more. */
const personalTokens = async (test: TestApp) => {
  const spaceId = await addSpace(test.deps)
  const add = () => addManager(test, { spaceId, role: 'owner' })
  const [mangled, revoked, over, removed] = [await add(), await add(), await add(), await add()]
  const at = instant(testStart)
  const set = (sql: string, { managerId }: typeof revoked) =>
    query(test.ownerUrl, `${sql} where manager_id = '${toUuid(managerId)}'`)
  await set(`update personal_tokens set revoked_at = '${at}'`, revoked)
  await set(`update personal_tokens set created_at = '2026-11-01', expires_at = '${at}'`, over)
  await set('delete from space_managers', removed)
  return {
    'personal token that there is not': `wgp_${randomBytes(32).toString('base64url')}`,
    'personal token, mangled': `${mangled.token.slice(0, -2)}${mangled.token.endsWith('AA') ? 'BB' : 'AA'}`,
    'personal token in capitals': mangled.token.toUpperCase(),
    'personal token without its mark': mangled.token.slice('wgp_'.length),
    'personal token, revoked': revoked.token,
    'personal token, over': over.token,
    'personal token of somebody who was taken out': removed.token,
  }
}

t.test('tokens that are forged, stale, confused or misplaced', async (t) => {
  const test = await testApp(t)
  const { app, deps, logs } = test
  const spaceId = await addSpace(deps)
  const client = await addClient(deps, { spaceId })
  const good = await tokenOf(app, client)
  const foreign = generateKeyPairSync('ed25519').privateKey
  const host = await keyHost(t, foreign)
  const shape = {
    type: /unauthenticated$/,
    status: 401,
    code: 'unauthenticated',
    title: String,
    detail: String,
  }

  const refused = (
    t: Test,
    name: string,
    token: string,
    { statusCode, headers, body }: { statusCode: number; headers: Record<string, unknown>; body: string },
  ) => {
    t.equal(statusCode, 401, name)
    t.match(headers, { 'content-type': /^application\/problem\+json/, 'www-authenticate': /^Bearer/ }, name)
    const problem = JSON.parse(body) as object
    t.match(problem, shape, name)
    t.strictSame(
      Object.keys(problem).sort(),
      ['code', 'detail', 'instance', 'requestId', 'status', 'title', 'type'],
      name,
    )
    for (const part of token.split('.').filter((each) => each.length >= 16)) {
      t.notOk(body.includes(part), `${name}: the answer repeats nothing of it`)
      t.notOk(logs.join('').includes(part), `${name}: nothing of it is in the log`)
    }
  }

  t.equal((await getMe(app, good)).statusCode, 200, 'the same request with a good token is answered')

  t.test(
    'of more than 25 kinds each gets the same 401, and none is repeated in the answer or the log',
    async (t) => {
      const ended = await addClient(deps, { spaceId })
      const endedToken = await tokenOf(app, ended)
      await revokeClient(stewardCtx(deps), ended.clientId)
      const kinds = {
        ...(await forgedTokens(test, good, host, foreign)),
        ...(await confusedTokens(test, good)),
        ...(await personalTokens(test)),
        'of a client that was revoked': endedToken,
      }
      const distinct = new Set(Object.values(kinds)).size
      t.ok(distinct > 25 && distinct === Object.keys(kinds).length, `${String(distinct)} kinds`)
      for (const [name, token] of Object.entries(kinds)) refused(t, name, token, await getMe(app, token))
    },
  )

  t.test('in the wrong place the best token counts for nothing', async (t) => {
    const person = await addManager(test, { spaceId, role: 'owner' })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const json = { 'content-type': 'application/json' }
    for (const token of [good, person.token]) {
      const places = {
        'in the query': { url: `/v1/me?access_token=${token}` },
        'in the query as token': { url: `/v1/me?token=${token}` },
        'in a field of a form': {
          method: 'POST',
          url: '/v1/referrals',
          headers: { ...form, 'idempotency-key': 'a' },
          payload: `access_token=${token}`,
        },
        'in a field of JSON': {
          method: 'POST',
          url: '/v1/referrals',
          headers: { ...json, 'idempotency-key': 'a' },
          payload: JSON.stringify({ access_token: token }),
        },
        'in a cookie': {
          url: '/v1/me',
          headers: { cookie: `access_token=${token}; waggle=${token}; __Host-waggle=${token}` },
        },
        'in a header of another name': {
          url: '/v1/me',
          headers: {
            'x-authorization': `Bearer ${token}`,
            'proxy-authorization': `Bearer ${token}`,
            'x-access-token': token,
          },
        },
        'under Basic': { url: '/v1/me', headers: { authorization: `Basic ${token}` } },
        'without a scheme': { url: '/v1/me', headers: { authorization: token } },
        'twice in one header': {
          url: '/v1/me',
          headers: { authorization: `Bearer ${token}, Bearer ${token}` },
        },
        'beside another word': { url: '/v1/me', headers: { authorization: `Bearer ${token} ${token}` } },
      } as const
      for (const [name, request] of Object.entries(places)) refused(t, name, token, await app.inject(request))
    }
  })

  t.test('two Authorization headers are refused, whichever of them is the good one', async (t) => {
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo
    const send = async (...tokens: string[]) => {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      const headers = tokens.map((token) => `Authorization: Bearer ${token}\r\n`).join('')
      socket.write(`GET /v1/me HTTP/1.1\r\nhost: a\r\n${headers}connection: close\r\n\r\n`)
      const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
      const lines = head.split('\r\n').map((line) => line.split(': ') as [string, string])
      return { statusCode: Number(head.split(' ')[1]), headers: Object.fromEntries(lines), body }
    }
    t.match(await send(good), { statusCode: 200 }, 'one is taken')
    for (const tokens of [
      [good, 'forged'],
      ['forged', good],
      [good, good],
    ])
      refused(t, tokens.map((token) => token.slice(0, 6)).join(), good, await send(...tokens))
  })

  t.test('nothing that a token names is asked: nobody connected to the server of keys', async (t) => {
    t.equal(host.counted.connections, 0)
    await (await fetch(host.url)).text()
    t.equal(host.counted.connections, 1, 'whoever asks it is counted')
  })
})
