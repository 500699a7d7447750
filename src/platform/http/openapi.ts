import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { catalogue, type ProblemCode } from '../errors.ts'
import { scopes, type Operation } from '../operation.ts'
import { problemsByStatus } from './operation-problems.ts'
import {
  bodyOf,
  goodResponses,
  headerComponents,
  parameterComponents,
  parametersOf,
  responsesOf,
} from './openapi-parts.ts'
import { toJsonSchema } from './schemas.ts'
import { problem } from '../contract.ts'

interface DocumentOptions {
  readonly baseUrl: string
  readonly version: string
  readonly tags: readonly { name: string; description: string }[]
  readonly webhooks?: Record<string, unknown>
}

type Json = Record<string, unknown>

/** Prints the contract of every served operation as OpenAPI 3.1; the document is `app.swagger()` once the app is ready. */
export const addOpenApi = async (app: FastifyInstance, options: DocumentOptions): Promise<void> => {
  toJsonSchema(problem, app.components)
  for (const [id, component] of app.components) app.addSchema({ ...component, $id: id })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Waggle',
        version: options.version,
        summary: 'A referral network for coworking spaces.',
        description:
          'Send a member to a better-fit space, see what became of it, and see what comes back. Every refusal is a problem (RFC 9457) with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as never,
      },
      servers: [
        {
          url: options.baseUrl,
          description: 'This installation, in production or for a test',
          'x-internal': false,
        } as never,
      ],
      tags: [...options.tags],
      components: {
        securitySchemes: { clientCredentials: securityScheme(options.baseUrl) },
        parameters: parameterComponents as never,
        headers: headerComponents as never,
        responses: {},
      },
    },
    refResolver: { buildLocalReference: (json) => json['$id'] as string },
    transformObject: (document) =>
      complete(app, (document as { openapiObject: Json }).openapiObject, options) as never,
  })
}

const securityScheme = (baseUrl: string) => ({
  type: 'oauth2' as const,
  description:
    'OAuth 2.0 client credentials (RFC 6749 §4.4); tokens are JWTs (RFC 9068, RFC8725) that live ten minutes.',
  flows: {
    clientCredentials: {
      tokenUrl: `${baseUrl}/oauth/token`,
      scopes: Object.fromEntries(scopes.map((scope) => [scope, scopeWords(scope)])),
    },
  },
})

const scopeWords = (scope: string) => {
  const [noun, verb] = scope.split(':')
  return `May ${verb ?? ''} ${noun ?? ''}`
}

/** Adds to what the plugin prints: the operations' own headers, problems and examples. */
const complete = (app: FastifyInstance, document: Json, options: DocumentOptions): Json => {
  const components = document['components'] as Record<string, Json>
  const paths = document['paths'] as Record<string, Record<string, Json>>
  for (const item of Object.values(paths)) {
    delete item['head']
    for (const [method, printed] of Object.entries(item)) {
      const operation = app.operations.get(String(printed['operationId']))
      if (operation) item[method] = completeOperation(printed, operation)
    }
  }
  components['responses'] = { ...goodResponses, ...problemResponses(app, options.baseUrl) }
  return { ...document, components, ...(options.webhooks && { webhooks: options.webhooks }) }
}

const completeOperation = (printed: Json, operation: Operation): Json => {
  const security = operation.scope
    ? [{ clientCredentials: operation.scope === 'any' ? [] : [operation.scope] }]
    : []
  const body = bodyOf(printed, operation)
  return {
    ...printed,
    description: operation.description ?? `${operation.summary}.`,
    security,
    parameters: parametersOf(printed, operation),
    ...(body && { requestBody: body }),
    responses: responsesOf(printed, operation),
  }
}

const problemResponses = (app: FastifyInstance, baseUrl: string): Json => {
  const used = new Set<string>()
  for (const operation of app.operations.values()) {
    for (const codes of Object.values(problemsByStatus(operation))) used.add(codes.join('_or_'))
  }
  return Object.fromEntries(
    [...used].sort().map((name) => [name, problemResponse(name.split('_or_') as ProblemCode[], baseUrl)]),
  )
}

const problemResponse = (codes: ProblemCode[], baseUrl: string): Json => ({
  description: codes.map((code) => `${catalogue[code].title} (\`${code}\`).`).join(' '),
  headers: headersOfProblem(codes),
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      examples: Object.fromEntries(codes.map((code) => [code, { value: problemExample(code, baseUrl) }])),
    },
  },
})

const headersOfProblem = (codes: ProblemCode[]): Json => ({
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
  ...(codes.some((code) => retriable.has(code)) && {
    'Retry-After': { $ref: '#/components/headers/RetryAfter' },
  }),
})

const retriable = new Set<ProblemCode>(['too_many_requests', 'unavailable', 'request_in_flight'])

const problemExample = (code: ProblemCode, baseUrl: string) => ({
  type: `${baseUrl}/problems/${code}`,
  title: catalogue[code].title,
  status: catalogue[code].status,
  detail: catalogue[code].title,
  instance: '/v1/referrals',
  code,
  requestId: 'req-4fz',
})
