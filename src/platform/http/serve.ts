import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z, type ZodType } from 'zod'
import type { Ctx, Deps, KeptAnswer } from '../context.ts'
import { Replay } from '../database/idempotency.ts'
import type { Operation } from '../operation.ts'
import { toJsonSchema, type JsonSchema } from './schemas.ts'
import { fingerprintOf, idempotencyKey, refuseBody, requireActor } from './requests.ts'

type Part<S> = S extends ZodType ? z.output<S> : undefined

/** What a route hands to its verb: the parts of the request, already checked against the contract. */
interface Input<O extends Operation> {
  readonly params: Part<O['params']>
  readonly query: Part<O['query']>
  readonly body: Part<O['body']>
  readonly ifMatch: string | undefined
  readonly request: FastifyRequest
}

/** Headers that go with an answer, such as ETag and Location. */
type HeadersOf<T> = (result: T, request: FastifyRequest) => Record<string, string>

type Handler<O extends Operation, T> = (ctx: Ctx, input: Input<O>) => Promise<T>

declare module 'fastify' {
  interface FastifyInstance {
    readonly deps: Deps
    /** Every operation that is served, by its id: the OpenAPI document and the tests go through them. */
    readonly operations: Map<string, Operation>
    /** Shared schemas by name, until the app is ready. */
    readonly components: Map<string, JsonSchema>
  }
}

/** Serves an operation: its contract becomes validation, serialisation and documentation; `handler` calls one verb. */
export const serve = <const O extends Operation, T>(
  app: FastifyInstance,
  operation: O,
  handler: Handler<O, T>,
  headersOf: HeadersOf<T> = () => ({}),
): void => {
  app.operations.set(operation.id, operation)
  const before = app.components.size
  const schema = schemaOf(operation, app.components)
  for (const [id, component] of [...app.components].slice(before)) app.addSchema({ ...component, $id: id })
  app.route({
    method: operation.method,
    url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    schema: schema,
    ...(operation.scope && {
      preParsing: (request, _reply, payload, done) => {
        requireActor(request)
        done(null, payload)
      },
    }),
    handler: (request, reply) => answer(operation, handler, headersOf, request, reply),
  })
}

const answer = async <O extends Operation, T>(
  operation: O,
  handler: Handler<O, T>,
  headersOf: HeadersOf<T>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  if (!operation.body) refuseBody(request)
  const status = statusOf(operation)
  let kept: KeptAnswer | undefined
  const ctx = contextOf(operation, request, (result) => {
    kept = render(operation, reply, status, result, headersOf(result as T, request))
    return operation.secret ? { ...kept, body: null } : kept
  })
  if (operation.scope) reply.header('cache-control', 'private, no-cache')
  try {
    const result = await handler(ctx, inputOf(request))
    if (kept) return await sendKept(reply, kept)
    return await reply.code(status).headers(headersOf(result, request)).send(result)
  } catch (error) {
    if (!(error instanceof Replay)) throw error
    reply.header('idempotent-replayed', 'true')
    return sendKept(reply, error.answer)
  }
}

const statusOf = (operation: Operation) => Number(Object.keys(operation.answers)[0])

const inputOf = <O extends Operation>(request: FastifyRequest): Input<O> =>
  ({
    params: request.params,
    query: request.query,
    body: request.body,
    ifMatch: request.headers['if-match'],
    request,
  }) as Input<O>

const contextOf = (
  operation: Operation,
  request: FastifyRequest,
  render: (result: unknown) => KeptAnswer,
): Ctx => {
  const actor = operation.scope
    ? requireActor(request)
    : (request.actor ?? { kind: 'public' as const, id: 'public' as const })
  const base = { ...request.server.deps, actor, requestId: request.id }
  if (operation.method !== 'POST' || operation.idempotent === false) return base
  return {
    ...base,
    replayable: { key: idempotencyKey(request), fingerprint: fingerprintOf(request), render },
  }
}

const json = 'application/json'

const render = (
  operation: Operation,
  reply: FastifyReply,
  status: number,
  result: unknown,
  headers: Record<string, string>,
): KeptAnswer => {
  const serialise = reply.getSerializationFunction(String(status), json) as
    ((value: unknown) => string) | undefined
  if (!serialise) throw new Error(`${operation.id} has no schema for its answer`)
  const id = (result as { id?: unknown }).id
  const isReferral = typeof id === 'string' && id.startsWith('ref_')
  return {
    status,
    headers,
    body: serialise(result),
    ...(isReferral && { referralId: id as `ref_${string}` }),
  }
}

const sendKept = (reply: FastifyReply, { status, headers, body }: KeptAnswer) =>
  reply.code(status).headers(headers).header('content-type', `${json}; charset=utf-8`).send(body)

const noQuery = z.strictObject({})

const schemaOf = (operation: Operation, components: Map<string, JsonSchema>): JsonSchema => {
  const part = (name: string, schema: ZodType | undefined) =>
    schema ? { [name]: toJsonSchema(schema, components) } : {}
  const answers = Object.entries(operation.answers).map(([status, { description, schema, contentType }]) => {
    if (!schema) return [status, { description, type: 'null' }] as const
    const media = { [contentType ?? json]: { schema: toJsonSchema(schema, components) } }
    return [status, { description, content: media }] as const
  })
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description && { description: operation.description }),
    ...part('params', operation.params),
    ...part('querystring', operation.query ?? (operation.scope && noQuery)),
    ...part('body', operation.body),
    response: Object.fromEntries(answers),
  }
}
