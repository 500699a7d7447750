import type { FastifyInstance } from 'fastify'
import { nextLink } from '../platform/http/pages.ts'
import { serve } from '../platform/http/serve.ts'
import * as contract from './contract.ts'
import { getReciprocity } from './get.ts'
import { listLedgerEntries } from './list-entries.ts'
import { listPeerBalances } from './list-peers.ts'

export const reciprocityRoutes = (app: FastifyInstance): void => {
  serve(
    app,
    contract.getReciprocity,
    (ctx, { query }) => getReciprocity(ctx, query),
    ({ lockVersion, limit, nudge }) => ({
      etag: `"${String(lockVersion)}-${String(limit)}${nudge ? '-n' : ''}"`,
    }),
  )
  serve(app, contract.listPeerBalances, (ctx, { query }) => listPeerBalances(ctx, query), nextLink)
  serve(app, contract.listLedgerEntries, (ctx, { query }) => listLedgerEntries(ctx, query), nextLink)
}
