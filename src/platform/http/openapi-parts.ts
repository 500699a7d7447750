import type { ProblemCode } from '../errors.ts'
import type { Operation } from '../operation.ts'
import { problemsByStatus } from './operation-problems.ts'

type Json = Record<string, unknown>

const text = (maxLength: number) => ({ type: 'string', maxLength })

export const headerComponents: Json = {
  RateLimit: {
    description: 'What is left of the limit (IETF draft-11).',
    schema: text(200),
    example: '"client";r=99;t=4',
  },
  RateLimitPolicy: {
    description: 'The limit (IETF draft-11).',
    schema: text(200),
    example: '"client";q=100;w=4',
  },
  RetryAfter: {
    description: 'Seconds to wait.',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 86_400 },
    example: 1,
  },
  ETag: {
    description: 'The version of what was answered, for If-Match and If-None-Match.',
    schema: text(100),
    example: '"3"',
  },
  Location: {
    description: 'Where the new object stands.',
    schema: text(300),
    example: '/v1/referrals/ref_01kn3xq5wde7mvqrb2fj8s6t4a',
  },
  Link: {
    description: 'The next page (RFC 8288).',
    schema: text(2_000),
    example: '</v1/spaces?cursor=abc>; rel="next"',
  },
}

export const parameterComponents: Json = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description:
      'A key of your own for this request. The same key and request again gets the same answer, for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag of what you read. A change made meanwhile is not overwritten: 412.',
    schema: text(100),
    example: '"3"',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The ETag of what you have; while it is still the same, 304 without a body.',
    schema: text(100),
    example: '"3"',
  },
  IfMatchOptional: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The ETag of the referral as you read it; when it has changed since, 412.',
    schema: text(100),
    example: '"5f1c"',
  },
}

const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

export const parametersOf = (printed: Json, operation: Operation): unknown[] => {
  const own = ((printed['parameters'] as Json[] | undefined) ?? []).map(described)
  const isPost = operation.method === 'POST' && operation.idempotent !== false
  return [
    ...own,
    ...(isPost ? [reference('parameters', 'IdempotencyKey')] : []),
    ...(operation.method === 'PATCH' ? [reference('parameters', 'IfMatch')] : []),
    ...(operation.method === 'GET' ? [reference('parameters', 'IfNoneMatch')] : []),
    ...(operation.problems.includes('precondition_failed')
      ? [reference('parameters', 'IfMatchOptional')]
      : []),
  ]
}

/** An id says by its name what it is of; every other parameter brings a description. */
const described = (parameter: Json): Json => {
  const of = /^(\w+)Id$/.exec(String(parameter['name']))
  return of ? { description: `The ${String(of[1])}, by its id.`, ...parameter } : parameter
}

export const bodyOf = (printed: Json, operation: Operation): Json | null => {
  const body = printed['requestBody'] as { content: Record<string, Json> } | undefined
  const media = body && Object.values(body.content)[0]
  if (!media) return null
  const type = operation.bodyType ?? 'application/json'
  const example = operation.bodyExample === undefined ? {} : { example: operation.bodyExample }
  return { required: true, content: { [type]: { ...media, ...example } } }
}

/** The answers with their headers and examples, then the problems by status. */
export const responsesOf = (printed: Json, operation: Operation): Json => {
  const answers = printed['responses'] as Record<string, Json>
  const good = Object.entries(operation.answers).map(([status, answer]) => [
    status,
    {
      ...answers[status],
      headers: headersOf([...(answer.headers ?? []), ...(operation.method === 'GET' ? ['ETag'] : [])]),
      ...contentWithExample(answers[status], answer.example),
    },
  ])
  const bad = Object.entries(problemsByStatus(operation)).map(([status, codes]: [string, ProblemCode[]]) => [
    status,
    reference('responses', codes.join('_or_')),
  ])
  return {
    ...Object.fromEntries(good),
    ...(operation.method === 'GET' && { 304: reference('responses', notModified) }),
    ...Object.fromEntries(bad),
  } as Json
}

const headersOf = (names: readonly string[]): Json =>
  Object.fromEntries(
    ['RateLimit', 'RateLimit-Policy', ...names].map((name) => [
      name,
      reference('headers', name.replace('-', '')),
    ]),
  )

const notModified = 'not_modified'

/** What every GET answers to those who have it already (RFC 9110 §15.4.5). */
export const goodResponses: Json = {
  [notModified]: { description: 'What you have is what you would get.', headers: headersOf(['ETag']) },
}

const contentWithExample = (printed: Json | undefined, example: unknown): Json => {
  const content = printed?.['content'] as Record<string, Json> | undefined
  if (!content || example === undefined) return {}
  return {
    content: Object.fromEntries(
      Object.entries(content).map(([type, media]) => [type, { ...media, example }]),
    ),
  }
}
