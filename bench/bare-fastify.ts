import fastify from 'fastify'
import type { ZodType } from 'zod'
import { toJsonSchema, type JsonSchema } from '../src/platform/http/schemas.ts'
import { answerParent } from './child.ts'
import { operations, type OperationName } from './operations.ts'

/** One path for each operation, which answers the same body each time, written by the schema of the contract. */
const start = async (bodies: Record<OperationName, unknown>): Promise<string> => {
  const app = fastify()
  const components = new Map<string, JsonSchema>()
  const routes = operations.map(({ name, operation }) => {
    const [status, { schema }] = Object.entries(operation.answers)[0] as unknown as [
      string,
      { schema: ZodType },
    ]
    return { name, method: operation.method, status, schema: toJsonSchema(schema, components) }
  })
  for (const [id, component] of components) app.addSchema({ ...component, $id: id })
  for (const { name, method, status, schema } of routes) {
    app.route({
      method,
      url: `/${name}`,
      schema: { response: { [status]: schema } },
      handler: (_request, reply) => reply.code(Number(status)).send(bodies[name]),
    })
  }
  return app.listen({ host: '127.0.0.1', port: 0 })
}

answerParent({ start, cpu: () => process.cpuUsage() })
