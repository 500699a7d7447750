import { randomUUID } from 'node:crypto'
import type { Row } from './rows.ts'

const profile = () => ({
  name: `Nave ${randomUUID().slice(0, 8)}`,
  city: 'Porto',
  countryCode: 'PT',
  geo: { lat: 41.15, lon: -8.61 },
})

/** Rights of the rooms `spaces` and `reciprocity`: a profile in the network is for all, its changes for its own. */
export const spaceRows = {
  searchSpaces: {
    ask: () => ({ url: '/v1/spaces' }),
    statuses: [200, 200, 200, 200, 200, 200, 200, 200, 401],
  },
  registerSpace: {
    ask: () => ({ url: '/v1/spaces', body: profile() }),
    statuses: [403, 403, 403, 403, 403, 403, 403, 201, 401],
  },
  getSpace: {
    ask: ({ spaceId }) => ({ url: `/v1/spaces/${spaceId}` }),
    statuses: [200, 200, 200, 200, 200, 200, 200, 200, 401],
  },
  updateSpace: {
    ask: async ({ spaceId, owner }) => {
      const url = `/v1/spaces/${spaceId}`
      const { headers } = await owner.get(url)
      const patch = { 'content-type': 'application/merge-patch+json', 'if-match': String(headers['etag']) }
      return { url, body: JSON.stringify({ description: 'Quiet, with daylight.' }), headers: patch }
    },
    statuses: [200, 200, 403, 200, 404, 404, 200, 403, 401],
  },
  getReciprocity: {
    ask: () => ({ url: '/v1/reciprocity' }),
    statuses: [200, 200, 200, 200, 200, 200, 200, 403, 401],
  },
  listPeerBalances: {
    ask: () => ({ url: '/v1/reciprocity/peers' }),
    statuses: [200, 200, 200, 200, 200, 200, 200, 403, 401],
  },
  listLedgerEntries: {
    ask: () => ({ url: '/v1/reciprocity/entries' }),
    statuses: [200, 200, 200, 200, 200, 200, 200, 403, 401],
  },
} satisfies Record<string, Row>
