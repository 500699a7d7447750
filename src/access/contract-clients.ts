import { z } from 'zod'
import {
  clientId,
  cursor,
  exampleId,
  exampleMoment,
  limit,
  line,
  moment,
  openEnum,
  operatorId,
  pageOf,
  spaceId,
} from '../platform/contract.ts'
import { scopes, type Operation } from '../platform/operation.ts'

const keyId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[!-~]*$/)
  .meta({ description: 'Named in the header of what is signed: `kid`. Unique among the keys of the client.' })

/** 32 bytes in base64url. */
const coordinate = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .max(43)

/** Public halves alone: a private member (`d`) is refused as unknown. */
const publicKey = z.discriminatedUnion('kty', [
  z
    .strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate, kid: keyId })
    .meta({ id: 'Ed25519Key' }),
  z
    .strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate, kid: keyId })
    .meta({ id: 'P256Key' }),
])

const publicKeys = z.array(publicKey).min(1).max(5).meta({
  description: 'Public keys (RFC 7517): Ed25519, which sign with `EdDSA`, or P-256, which sign with `ES256`.',
})

const shownKey = z.object({
  kty: openEnum(['OKP', 'EC']),
  crv: openEnum(['Ed25519', 'P-256']),
  x: z.string().max(43),
  y: z.string().max(43).exactOptional(),
  kid: z.string().max(64),
})

const fields = {
  clientId,
  name: line(200),
  owner: openEnum(['space', 'operator', 'network']).meta({ description: 'To whom the client belongs.' }),
  spaceId: spaceId.nullable(),
  operatorId: operatorId.nullable(),
  scopes: z.array(openEnum(scopes)).max(50),
  publicKeys: z
    .array(shownKey)
    .max(5)
    .meta({ description: 'Empty for a client that proves itself by a secret.' }),
  previousSecretUntil: moment
    .nullable()
    .meta({ description: 'Until when the secret before the last rotation is taken; null when it is not.' }),
  createdAt: moment,
  lastUsedAt: moment.nullable().meta({ description: 'To the hour: when it last asked for a token.' }),
  revokedAt: moment.nullable(),
}

const client = z.object(fields).meta({ id: 'Client' })
export type ClientView = z.infer<typeof client>

const clientSecret = z.string().max(100)

const newClient = z
  .object({
    ...fields,
    clientSecret: clientSecret
      .nullable()
      .meta({ description: 'Shown this once. Null for a client with keys of its own.' }),
  })
  .meta({ id: 'NewClient' })

const rotatedClient = z
  .object({ ...fields, clientSecret: clientSecret.meta({ description: 'Shown this once.' }) })
  .meta({ id: 'RotatedClient' })

const exampleKey = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  kid: 'front-desk-1',
} as const

const exampleClient = {
  clientId: exampleId('cli'),
  name: 'Front desk',
  owner: 'space',
  spaceId: exampleId('spc'),
  operatorId: null,
  scopes: ['spaces:read', 'referrals:write'],
  publicKeys: [],
  previousSecretUntil: null,
  createdAt: exampleMoment,
  lastUsedAt: null,
  revokedAt: null,
}

const exampleSecret = 'waggle_pL0c3Nb1Vq8wXkT5sJd7Zr2yGm9uHf4aEo6iQvKxWt0'

const params = z.strictObject({ clientId })

export const listClients = {
  id: 'listClients',
  method: 'GET',
  path: '/v1/clients',
  tag: 'Access',
  summary: 'List API clients',
  description:
    'Those of your space, the newest first, revoked ones too; for a steward those of the network and of operators.',
  scope: 'access:read',
  query: z.strictObject({ limit, cursor: cursor.exactOptional() }),
  answers: {
    200: {
      description: 'A page of API clients.',
      schema: pageOf(client, 'Clients'),
      example: { data: [exampleClient], nextCursor: null },
      headers: ['Link'],
    },
  },
  problems: ['invalid_cursor'],
} as const satisfies Operation

export const getClient = {
  id: 'getClient',
  method: 'GET',
  path: '/v1/clients/{clientId}',
  tag: 'Access',
  summary: 'One API client',
  scope: 'access:read',
  params,
  answers: { 200: { description: 'The API client.', schema: client, example: exampleClient } },
  problems: [],
} as const satisfies Operation

export const createClient = {
  id: 'createClient',
  method: 'POST',
  path: '/v1/clients',
  tag: 'Access',
  summary: 'Make an API client',
  description:
    'For your space, by an owner; for the network, by a steward. People alone make API clients. It proves itself by the secret ' +
    'in the answer, or by public keys that you send (`private_key_jwt`), never by both.',
  scope: 'access:write',
  secret: true,
  body: z.strictObject({
    name: line(200),
    scopes: z.array(z.enum(scopes)).min(1).max(20).meta({
      description: 'Some of those that a client of this owner may hold, and that you hold yourself.',
    }),
    publicKeys: publicKeys.exactOptional(),
  }),
  bodyExample: { name: 'Front desk', scopes: ['spaces:read', 'referrals:write'] },
  answers: {
    201: {
      description: 'The API client, with its secret.',
      schema: newClient,
      example: { ...exampleClient, clientSecret: exampleSecret },
    },
  },
  problems: [],
} as const satisfies Operation

export const rotateClientSecret = {
  id: 'rotateClientSecret',
  method: 'POST',
  path: '/v1/clients/{clientId}/rotate-secret',
  tag: 'Access',
  summary: 'Give an API client a new secret',
  description:
    'The secret before it is taken for a day longer, unless it leaked; an older one no more. Tokens that it got hold for their ten minutes.',
  scope: 'access:write',
  secret: true,
  params,
  body: z.strictObject({
    hasLeaked: z.boolean().default(false).meta({ description: 'True ends every older secret at once.' }),
  }),
  bodyExample: { hasLeaked: false },
  answers: {
    200: {
      description: 'The API client, with its new secret.',
      schema: rotatedClient,
      example: {
        ...exampleClient,
        previousSecretUntil: '2026-11-21T09:30:00.000Z',
        clientSecret: exampleSecret,
      },
    },
  },
  problems: ['client_revoked', 'client_has_keys'],
} as const satisfies Operation

export const setClientKeys = {
  id: 'setClientKeys',
  method: 'POST',
  path: '/v1/clients/{clientId}/set-keys',
  tag: 'Access',
  summary: 'Replace the public keys of an API client',
  description:
    'All of them at once: to change a key, send the new one beside the old one, and later without it. A client that had a secret ' +
    'proves itself by these keys alone from then on.',
  scope: 'access:write',
  params,
  body: z.strictObject({ publicKeys }),
  bodyExample: { publicKeys: [exampleKey] },
  answers: {
    200: {
      description: 'The API client, with its keys.',
      schema: client,
      example: { ...exampleClient, publicKeys: [exampleKey] },
    },
  },
  problems: ['client_revoked'],
} as const satisfies Operation

export const revokeClient = {
  id: 'revokeClient',
  method: 'POST',
  path: '/v1/clients/{clientId}/revoke',
  tag: 'Access',
  summary: 'Revoke an API client',
  description:
    'It gets no more tokens, and those that it has are refused within 2 s. To revoke it again changes nothing.',
  scope: 'access:write',
  params,
  answers: {
    200: {
      description: 'The API client, revoked.',
      schema: client,
      example: { ...exampleClient, revokedAt: exampleMoment },
    },
  },
  problems: [],
} as const satisfies Operation
