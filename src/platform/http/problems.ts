import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { catalogue, Problem, type ProblemCode } from '../errors.ts'

/** Fastify's own refusals, in our words. */
const fastifyCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
  FST_ERR_BAD_URL: 'malformed_request',
  FST_ERR_ASYNC_CONSTRAINT: 'malformed_request',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
}

/** What is answered to a failure, whatever it was. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  const { code, statusCode } = error as Partial<FastifyError>
  const known = code === undefined ? undefined : fastifyCodes[code]
  if (known) return new Problem(known)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem('malformed_request')
  return new Problem('internal_error', 'The fault is ours and has been logged under this request id.', {
    headers: {},
  })
}

const problemBody = (problem: Problem, request: FastifyRequest, baseUrl: string) => ({
  type: `${baseUrl}/problems/${problem.code}`,
  title: catalogue[problem.code].title,
  status: problem.status,
  detail: problem.message,
  instance: pathOf(request.url),
  code: problem.code,
  requestId: request.id,
  ...(problem.extras.errors && { errors: problem.extras.errors }),
  ...problem.extras.members,
})

/** As much as the contract's `instance` holds. */
const longestShown = 2_000

/**
 * The path alone: a query may hold what somebody searched for. The secret of a link (22 characters of base64url, 43 or 64
 * where it names what it is for) is cut wherever it stands, since an address can be written in many ways.
 */
export const pathOf = (url: string): string =>
  (url.split('?', 1)[0] ?? '')
    .replaceAll(/%2f/gi, '/')
    .replaceAll(/(?<![\w-])[\w-]{22}(?:[\w-]{21}){0,2}(?![\w-])/g, '…')
    .slice(0, longestShown)

export const sendProblem = (
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  baseUrl: string,
) => {
  const problem = problemOf(error)
  if (problem.status >= 500)
    request.log.error({ err: problem.code === 'internal_error' ? error : problem.cause }, problem.code)
  return reply
    .code(problem.status)
    .headers(problem.extras.headers ?? {})
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemBody(problem, request, baseUrl)))
}

/** Every refusal leaves as a problem: the handlers' own, the parser's, unknown paths and methods. */
export const addProblems = (app: FastifyInstance, baseUrl: string): void => {
  const served: { method: string; pattern: RegExp }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    const pattern = new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+').replace('*', '.*')}$`)
    for (const one of [method].flat()) served.push({ method: one, pattern })
  })
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, baseUrl))
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const allow = [...new Set(served.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))]
    return sendProblem(
      allow.length > 0 && !allow.includes(request.method)
        ? wrongMethod(request.method, allow)
        : nothingHere(),
      request,
      reply,
      baseUrl,
    )
  })
}

const wrongMethod = (method: string, allow: string[]) =>
  new Problem('method_not_allowed', `${method} is not allowed here.`, {
    headers: { allow: allow.join(', ') },
  })

const nothingHere = () => new Problem('not_found', 'There is nothing at this address.')
