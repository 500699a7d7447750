import type { FastifyInstance } from 'fastify'
import { Registry, Histogram, collectDefaultMetrics } from 'prom-client'
import { withConnection } from '../database/pool.ts'
import { Problem } from '../errors.ts'

/** `/livez`: the process answers. `/readyz`: so does the database. `/metrics`: Prometheus text, without any id of a person. */
export const addHealth = (app: FastifyInstance): void => {
  const { db } = app.deps
  app.get('/livez', { schema: { hide: true } }, () => ({ status: 'ok' }))

  app.get('/readyz', { schema: { hide: true } }, async () => {
    if (app.draining)
      throw new Problem('unavailable', 'Waggle is stopping.', { headers: { 'retry-after': '5' } })
    return withConnection(db, async (client) => {
      const { rows } = await client.query<{ enforced: boolean }>(appendOnly)
      const warnings = rows[0]?.enforced ? [] : ['append_only_not_enforced']
      return { status: 'ready', warnings }
    })
  })
  // A connection that is kept open would outlast the requests that are waited for.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (app.draining) reply.header('connection', 'close')
    done()
  })
  addMetrics(app)
}

/** Whether history can be rewritten by the role that we work as: a superuser and the owner of the tables can. */
export const appendOnly = {
  name: 'appendOnly',
  text: `select not bool_or(has_table_privilege(current_user, name, 'update, delete, truncate')) as enforced
    from unnest(array['referral_events', 'ledger_entries', 'audit_log']) as name`,
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Set on the first signal to stop: `/readyz` says no while requests under way are finished. */
    draining: boolean
  }
}

const addMetrics = (app: FastifyInstance): void => {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const duration = new Histogram({
    name: 'waggle_http_request_duration_seconds',
    help: 'Time from request to answer, by operation and status class',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const operation = request.routeOptions.schema?.operationId ?? 'other'
    duration.observe(
      { operation, status: `${String(reply.statusCode)[0] ?? ''}xx` },
      reply.elapsedTime / 1_000,
    )
    done()
  })
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    reply.type(register.contentType)
    return register.metrics()
  })
}
