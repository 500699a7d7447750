import { createClient } from '../../src/access/create-client.ts'
import { steward } from '../helpers/network.ts'
import type { Row, Statuses } from './rows.ts'

/** An API client of the subject, made anew for each caller. */
const onClient =
  (path: string, body?: unknown): Row['ask'] =>
  async ({ spaceId }, { test }) => {
    const { clientId } = await createClient(steward(test), {
      name: 'Booking',
      owner: { spaceId },
      scopes: ['spaces:read'],
    })
    return { url: `/v1/clients/${clientId}${path}`, secret: clientId, ...(body !== undefined && { body }) }
  }

/** The steward looks after the clients of the network and of operators, not after those of a space. */
const reads: Statuses = [200, 200, 403, 200, 404, 404, 200, 404, 401]
/** People alone, and of them the owners. */
const changes: Statuses = [200, 403, 403, 403, 404, 404, 200, 404, 401]

const publicKeys = [
  { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'one' },
]

/** Rights to API clients. */
export const clientRows = {
  listClients: {
    ask: async (subject, world) => {
      const { secret } = await onClient('')(subject, world)
      return { url: '/v1/clients', ...(secret !== undefined && { secret }) }
    },
    statuses: [200, 200, 403, 200, 200, 200, 200, 200, 401],
  },
  getClient: { ask: onClient(''), statuses: reads },
  // A scope that a client of a space may hold, and one of the network too.
  createClient: {
    ask: () => ({ url: '/v1/clients', body: { name: 'Booking', scopes: ['network:read'] } }),
    statuses: [201, 403, 403, 403, 201, 201, 201, 201, 401],
  },
  rotateClientSecret: { ask: onClient('/rotate-secret', {}), statuses: changes },
  setClientKeys: { ask: onClient('/set-keys', { publicKeys }), statuses: changes },
  revokeClient: { ask: onClient('/revoke'), statuses: changes },
} satisfies Record<string, Row>
