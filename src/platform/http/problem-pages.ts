import type { FastifyInstance } from 'fastify'
import { catalogue, notFound, type ProblemCode } from '../errors.ts'
import { remedies } from '../remedies.ts'

const isCode = (text: string): text is ProblemCode => Object.hasOwn(catalogue, text)

/** Where the `type` of a problem leads: what happened, and what to do. */
export const addProblemPages = (app: FastifyInstance): void => {
  app.get<{ Params: { code: string } }>('/problems/:code', { schema: { hide: true } }, (request, reply) => {
    const { code } = request.params
    if (!isCode(code)) throw notFound()
    return reply
      .type('text/plain; charset=utf-8')
      .send(`${catalogue[code].title} (${code}, ${String(catalogue[code].status)})\n\n${remedies[code]}\n`)
  })
}
