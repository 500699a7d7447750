import type { FastifyInstance } from 'fastify'
import { pathOf } from './problems.ts'

/** One line a request: who by id, what by operation, how it ended. No names, no query, no secrets. */
export const addRequestLog = (app: FastifyInstance): void => {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        path: pathOf(request.url),
        operation: request.routeOptions.schema?.operationId,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        caller: request.actor?.id,
      },
      'request',
    )
    done()
  })
}
