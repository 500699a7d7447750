import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import t from 'tap'
import { makeKeys } from '../../src/platform/keys.ts'
import { baseUrl, testApp } from '../helpers/app.ts'
import { addClient, addSpace, getMe, tokenOf } from './world.ts'

interface KeySet {
  keys: Record<string, string>[]
}

t.test('getJwks', async (t) => {
  const [oldKeys, newKeys] = [makeKeys(), makeKeys()]
  const [oldKey, newKey] = [oldKeys.sign[0]!, newKeys.sign[0]!]
  const before = await testApp(t, { keys: oldKeys })
  const during = await testApp(t, { keys: { ...oldKeys, sign: [newKey, oldKey] }, database: before })
  const after = await testApp(t, { keys: { ...oldKeys, sign: [newKey] }, database: before })
  const client = await addClient(before.deps, { spaceId: await addSpace(before.deps) })
  const keySet = async ({ app }: typeof before) => (await app.inject('/.well-known/jwks.json')).json<KeySet>()

  t.test('lists every key during a rotation, the one that signs first, and no private part', async (t) => {
    const { keys } = await keySet(during)
    t.strictSame(
      keys,
      [newKey, oldKey].map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' })),
    )
  })

  t.test('verifies the tokens of both keys during a rotation, signed by the first one', async (t) => {
    const oldToken = await tokenOf(before.app, client)
    const newToken = await tokenOf(during.app, client)
    t.equal(decodeProtectedHeader(newToken).kid, newKey.kid)
    for (const token of [oldToken, newToken]) t.equal((await getMe(during.app, token)).statusCode, 200)
    t.equal((await getMe(after.app, oldToken)).statusCode, 401, 'a key that was dropped verifies nothing')
    t.equal((await getMe(after.app, newToken)).statusCode, 200)
  })

  t.test('lets a third party verify a token by the published keys', async (t) => {
    const token = await tokenOf(during.app, client)
    const { payload } = await jwtVerify(token, createLocalJWKSet((await keySet(during)) as never), {
      issuer: baseUrl,
      audience: baseUrl,
      currentDate: new Date(during.deps.clock.now()),
    })
    t.equal(payload.sub, client.clientId)
  })
})

t.test('getAuthorizationServerMetadata', async (t) => {
  t.test('leads to the token endpoint and the keys', async (t) => {
    const { app } = await testApp(t)
    const answer = await app.inject('/.well-known/oauth-authorization-server')
    const metadata = answer.json<Record<string, string>>()
    t.equal(metadata['issuer'], baseUrl)
    for (const [name, method] of [
      ['token_endpoint', 'POST'],
      ['jwks_uri', 'GET'],
    ] as const) {
      const address = String(metadata[name])
      t.ok(address.startsWith(`${baseUrl}/`))
      t.not((await app.inject({ method, url: address.slice(baseUrl.length) })).statusCode, 404)
    }
  })
})
