import type { Row } from './rows.ts'

/** Rights of the room `access`, and of what is for everybody. */
export const accessRows = {
  getMe: {
    ask: () => ({ url: '/v1/me' }),
    statuses: [200, 200, 200, 200, 200, 200, 200, 200, 401],
  },
  getJwks: {
    ask: () => ({ url: '/.well-known/jwks.json' }),
    statuses: [200, 200, 200, 200, 200, 200, 200, 200, 200],
  },
  getAuthorizationServerMetadata: {
    ask: () => ({ url: '/.well-known/oauth-authorization-server' }),
    statuses: [200, 200, 200, 200, 200, 200, 200, 200, 200],
  },
  // A bearer token is no credential of a client: whoever sends one gets none for it.
  issueToken: {
    ask: () => ({
      url: '/oauth/token',
      body: 'grant_type=client_credentials',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    statuses: [401, 401, 401, 401, 401, 401, 401, 401, 401],
  },
} satisfies Record<string, Row>
