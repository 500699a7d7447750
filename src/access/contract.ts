import { z } from 'zod'
import { clientId, exampleId, line, managerId, openEnum, operatorId, spaceId } from '../platform/contract.ts'
import { scopes, type Operation } from '../platform/operation.ts'

const address = z.string().max(500)
const parameter = (max: number, description: string) =>
  z.string().max(max).exactOptional().meta({ description })

/** Unknown parameters are let through, for RFC 6749 §3.2 says that they are to be ignored. */
const tokenRequest = z.object({
  grant_type: z.string().max(100).meta({ description: '`client_credentials`.' }),
  client_id: parameter(100, 'Unless the client names itself by HTTP Basic.'),
  client_secret: parameter(200, 'Unless the client names itself by HTTP Basic, or by an assertion.'),
  client_assertion_type: parameter(100, '`urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.'),
  client_assertion: parameter(
    4000,
    'A JWT that the client has signed with a key of its own (RFC 7523): `iss` and `sub` = client id, `aud` = base URL, `exp` at most ' +
      'five minutes ahead, `jti` of which each is taken once; `kid` in its header.',
  ),
  scope: parameter(500, 'Scopes, divided by spaces; all that the client holds, when absent.'),
  resource: parameter(
    500,
    'The space to act for (RFC 8707): `<base URL>/v1/spaces/spc_…`. May be left out when the client has one space.',
  ),
})
export type TokenRequest = z.infer<typeof tokenRequest>

const token = z.object({
  access_token: z.string().max(4000),
  token_type: z.literal('Bearer'),
  expires_in: z.int().min(1).max(3600).meta({ description: 'Seconds.' }),
  scope: z.string().max(500).meta({ description: 'The scopes that the token holds, divided by spaces.' }),
})
export type Token = z.infer<typeof token>

export const issueToken = {
  id: 'issueToken',
  method: 'POST',
  path: '/oauth/token',
  tag: 'Access',
  summary: 'Get an access token',
  description:
    'OAuth 2.0 client credentials (RFC 6749 §4.4), by HTTP Basic, form fields or `private_key_jwt` (RFC 7523). The token is an `at+jwt` (RFC 9068) ' +
    'that holds for 10 minutes and acts for one space. After ten failed checks in 15 minutes an address waits (429). Refusals are problems that also carry `error` and `error_description`.',
  idempotent: false,
  body: tokenRequest,
  bodyType: 'application/x-www-form-urlencoded',
  bodyExample: { grant_type: 'client_credentials', scope: 'spaces:read referrals:write' },
  answers: {
    200: {
      description: 'The token.',
      schema: token,
      example: {
        access_token: 'eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiJjbGlfMDEifQ.c2lnbmF0dXJl',
        token_type: 'Bearer',
        expires_in: 600,
        scope: 'spaces:read referrals:write',
      },
    },
  },
  problems: [
    'invalid_client',
    'invalid_request',
    'unsupported_grant_type',
    'invalid_scope',
    'invalid_target',
  ],
} as const satisfies Operation

const space = z
  .object({
    name: line(200),
    status: openEnum(['unclaimed', 'registered', 'rejected', 'admitted', 'suspended', 'left']),
  })
  .nullable()
const held = z.array(openEnum(scopes)).max(50).meta({ description: 'What the token may do.' })

const client = z
  .object({
    clientId,
    name: line(200),
    owner: openEnum(['space', 'operator', 'network']).meta({ description: 'To whom the client belongs.' }),
    spaceId: spaceId.nullable().meta({ description: 'The space that the token acts for.' }),
    operatorId: operatorId.nullable(),
    scopes: held,
    space,
  })
  .meta({ id: 'Me' })

const person = z
  .object({
    managerId,
    name: line(200),
    role: openEnum(['owner', 'manager', 'viewer', 'steward']).meta({
      description: 'What the person is to the space that the token acts for; `steward` for the network.',
    }),
    spaceId: spaceId.nullable().meta({ description: 'Null for the network.' }),
    scopes: held,
    space,
  })
  .meta({ id: 'MeAsManager' })

const me = z.union([client, person])
export type Me = z.infer<typeof me>

export const getMe = {
  id: 'getMe',
  method: 'GET',
  path: '/v1/me',
  tag: 'Access',
  summary: 'Who I am, for which space, and what I may do',
  scope: 'any',
  answers: {
    200: {
      description: 'The API client behind the token; with a personal token, the manager.',
      schema: me,
      example: {
        clientId: exampleId('cli'),
        name: 'Front desk',
        owner: 'space',
        spaceId: exampleId('spc'),
        operatorId: null,
        scopes: ['spaces:read', 'referrals:write'],
        space: { name: 'Nave', status: 'admitted' },
      },
    },
  },
  problems: [],
} as const satisfies Operation

const metadata = z
  .object({
    issuer: address,
    token_endpoint: address,
    jwks_uri: address,
    grant_types_supported: z.array(z.string().max(100)).max(10),
    response_types_supported: z.array(z.string().max(100)).max(10),
    token_endpoint_auth_methods_supported: z.array(z.string().max(100)).max(10),
    token_endpoint_auth_signing_alg_values_supported: z.array(z.string().max(100)).max(10),
    scopes_supported: z.array(openEnum(scopes)).max(50),
  })
  .meta({ id: 'AuthorizationServerMetadata' })
export type Metadata = z.infer<typeof metadata>

export const getAuthorizationServerMetadata = {
  id: 'getAuthorizationServerMetadata',
  method: 'GET',
  path: '/.well-known/oauth-authorization-server',
  tag: 'Access',
  summary: 'Where and how to get a token (RFC 8414)',
  answers: {
    200: {
      description: 'The metadata of the authorization server.',
      schema: metadata,
      example: {
        issuer: 'https://waggle.example',
        token_endpoint: 'https://waggle.example/oauth/token',
        jwks_uri: 'https://waggle.example/.well-known/jwks.json',
        grant_types_supported: ['client_credentials'],
        response_types_supported: [],
        token_endpoint_auth_methods_supported: [
          'client_secret_basic',
          'client_secret_post',
          'private_key_jwt',
        ],
        token_endpoint_auth_signing_alg_values_supported: ['EdDSA', 'ES256'],
        scopes_supported: ['spaces:read', 'referrals:write'],
      },
    },
  },
  problems: [],
} as const satisfies Operation

const publicKey = z
  .object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string().max(100),
    kid: z.string().max(64),
    alg: z.literal('EdDSA'),
    use: z.literal('sig'),
  })
  .meta({ id: 'PublicKey' })
export type PublicKey = z.infer<typeof publicKey>

const keySet = z.object({ keys: z.array(publicKey).max(8) }).meta({ id: 'KeySet' })
export type KeySet = z.infer<typeof keySet>

export const getJwks = {
  id: 'getJwks',
  method: 'GET',
  path: '/.well-known/jwks.json',
  tag: 'Access',
  summary: 'The keys that verify what Waggle signs (RFC 7517)',
  answers: {
    200: {
      description: 'The public keys. Several while keys are rotated; the first one signs.',
      schema: keySet,
      example: {
        keys: [
          {
            kty: 'OKP',
            crv: 'Ed25519',
            x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
            kid: 'k1',
            alg: 'EdDSA',
            use: 'sig',
          },
        ],
      },
    },
  },
  problems: [],
} as const satisfies Operation
