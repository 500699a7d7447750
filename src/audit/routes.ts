import type { FastifyInstance } from 'fastify'
import { nextLink } from '../platform/http/pages.ts'
import { serve } from '../platform/http/serve.ts'
import * as contract from './contract.ts'
import { listAuditLog } from './list-audit-log.ts'

export const auditRoutes = (app: FastifyInstance): void => {
  serve(app, contract.listAuditLog, (ctx, { query }) => listAuditLog(ctx, query), nextLink)
}
