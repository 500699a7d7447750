import type { FastifyInstance } from 'fastify'
import { brokenConstraint, sqlState } from '../database/pool.ts'
import { UnknownSealingKey } from '../sealing.ts'
import { pathOf } from './problems.ts'

/** Of a failure: its kind, code and place. Never its words, which may quote a row, a statement's values or a body. */
const failureFacts = (error: Error) => ({
  type: error.name,
  message: sqlState(error) ?? 'withheld',
  constraint: brokenConstraint(error),
  sealingKey: error instanceof UnknownSealingKey ? error.keyId : undefined,
  stack: placesIn(error).join('\n'),
})

/** Also of what caused it, since a wrapper seldom tells where. */
const placesIn = ({ stack = '', cause }: Error): string[] => [
  ...stack.split('\n').filter((line) => /^ +at /.test(line)),
  ...(cause instanceof Error ? [`caused by ${cause.name}`, ...placesIn(cause)] : []),
]

/** For the server's logger, which writes one JSON object a line. */
export const logSerializers = { err: failureFacts }

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
