import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { decodeJwt, SignJWT } from 'jose'
import t, { type Test } from 'tap'
import { minute, second } from '../../src/platform/clock.ts'
import type { Deps } from '../../src/platform/context.ts'
import { baseUrl, testApp, testStart } from '../helpers/app.ts'
import { addClient, addSpace, getMe, tokenOf } from './world.ts'

type Header = Parameters<SignJWT['setProtectedHeader']>[0]

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs claims of our choice with the real key: what is wrong with the token is then the claims or the header alone. */
const signed = (deps: Deps, claims: Record<string, unknown>, header: Partial<Header> = {}) => {
  const key = deps.keys.sign[0]!
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid, ...header })
    .sign(key)
}

const without = (claims: Record<string, unknown>, name: string) =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))

t.test('authenticate', async (t) => {
  const { app, deps } = await testApp(t)
  const spaceId = await addSpace(deps)
  const client = await addClient(deps, { spaceId })
  const good = await tokenOf(app, client)
  const claims = decodeJwt(good)
  const [header = '', payload = '', signature = ''] = good.split('.')
  const key = deps.keys.sign[0]!

  const refused = async (t: Test, tokens: Record<string, string | Promise<string>>) => {
    for (const [name, token] of Object.entries(tokens)) {
      const answer = await getMe(app, await token)
      t.equal(answer.statusCode, 401, name)
      t.match(answer.headers['www-authenticate'], /^Bearer/, name)
      t.match(answer.json(), { code: 'unauthenticated' }, name)
    }
  }

  t.test('takes a token that was signed here, and takes it again', async (t) => {
    t.equal((await getMe(app, await signed(deps, claims))).statusCode, 200, 'the test signs as Waggle does')
    t.equal((await getMe(app, good)).statusCode, 200)
    t.equal((await getMe(app, good)).statusCode, 200)
  })

  t.test('refuses forged signatures and other algorithms', async (t) => {
    const foreign = generateKeyPairSync('ed25519').privateKey
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const pem = createPublicKey({ key: { ...key }, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
    const hs256 = (secret: string | Buffer) => {
      const body = `${base64({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${payload}`
      return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
    }
    const sign = (head: Header, by: typeof foreign) => new SignJWT(claims).setProtectedHeader(head).sign(by)
    const typ = 'at+jwt'
    await refused(t, {
      'signed by another key': sign({ alg: 'EdDSA', typ, kid: key.kid }, foreign),
      RS256: sign({ alg: 'RS256', typ, kid: key.kid }, rsa),
      'key in the header': sign(
        { alg: 'EdDSA', typ, kid: key.kid, jwk: createPublicKey(foreign).export({ format: 'jwk' }) },
        foreign,
      ),
      'address of keys in the header': sign(
        { alg: 'EdDSA', typ, kid: key.kid, jku: 'https://x.test' },
        foreign,
      ),
      'HS256 by the public key': hs256(Buffer.from(key.x, 'base64url')),
      'HS256 by the public key in PEM': hs256(pem),
      'HS256 by the public key as text': hs256(key.x),
      'alg none': `${base64({ alg: 'none', typ, kid: key.kid })}.${payload}.`,
      'alg None with signature': `${base64({ alg: 'None', typ, kid: key.kid })}.${payload}.${signature}`,
      'no signature': `${header}.${payload}.`,
      'changed claims': `${header}.${base64({ ...claims, scope: 'network:admin' })}.${signature}`,
      'changed signature': `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    })
  })

  t.test('refuses what is signed here but is no access token for here', async (t) => {
    const { exp = 0, ...rest } = claims
    await refused(t, {
      'wrong typ': signed(deps, claims, { typ: 'JWT' }),
      'attestation typ': signed(deps, claims, { typ: 'attestation+jwt' }),
      'unknown kid': signed(deps, claims, { kid: 'other' }),
      'kid of a prototype': signed(deps, claims, { kid: '__proto__' }),
      'critical extension': signed(deps, claims, { crit: ['x'], x: 1 }).catch(() => 'a.b.c'),
      'wrong iss': signed(deps, { ...claims, iss: 'https://other.test' }),
      'wrong aud': signed(deps, { ...claims, aud: 'https://other.test' }),
      'longer aud': signed(deps, { ...claims, aud: `${baseUrl}/` }),
      ended: signed(deps, { ...claims, exp: testStart / second }),
      'exp as text': signed(deps, { ...rest, exp: String(exp) }),
      'not yet valid': signed(deps, { ...claims, nbf: testStart / second + 60 }),
      'sub of another': signed(deps, { ...claims, sub: 'cli_01kn3xq5wde7mvqrb2fj8s6t4a' }),
      'space that is none': signed(deps, { ...claims, space: 'everything' }),
    })
    for (const name of ['iss', 'aud', 'sub', 'client_id', 'iat', 'exp', 'jti', 'scope']) {
      await refused(t, { [`without ${name}`]: signed(deps, without(claims, name)) })
    }
    const noTyp = new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: key.kid }).sign(key)
    const noKid = new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' }).sign(key)
    await refused(t, { 'without typ': noTyp, 'without kid': noKid })
  })

  t.test('refuses what is no token at all, with 401 and never with 500', async (t) => {
    const broken = ['', 'x', '..', 'a.b.c', '...', `${header}..${signature}`, `${base64([])}.${payload}.x`]
    const jsonless = [
      `${Buffer.from('{').toString('base64url')}.e30.e30`,
      `${header}.${payload}`,
      'x'.repeat(8000),
    ]
    for (const token of [...broken, ...jsonless]) {
      t.equal((await getMe(app, token)).statusCode, 401, JSON.stringify(token.slice(0, 20)))
    }
    for (const authorization of [
      'Bearer',
      good,
      `Basic ${good}`,
      `Bearer ${good} ${good}`,
      `Bearer  \u00e9`,
    ]) {
      const answer = await app.inject({ url: '/v1/me', headers: { authorization } })
      t.equal(answer.statusCode, 401, authorization.slice(0, 20))
    }
  })

  t.test('refuses a token in the query, and no token at all', async (t) => {
    t.equal((await app.inject({ url: `/v1/me?access_token=${good}` })).statusCode, 401)
    t.equal((await app.inject({ url: '/v1/me' })).statusCode, 401)
  })

  t.test(
    'takes a token to its last second and not beyond, also one that it has checked before',
    async (t) => {
      const node = await testApp(t)
      const token = await tokenOf(
        node.app,
        await addClient(node.deps, { spaceId: await addSpace(node.deps) }),
      )
      t.equal((await getMe(node.app, token)).statusCode, 200)
      node.deps.clock.advance(10 * minute - second)
      t.equal((await getMe(node.app, token)).statusCode, 200)
      node.deps.clock.advance(second)
      t.equal((await getMe(node.app, token)).statusCode, 401)
    },
  )
})
