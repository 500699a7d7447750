import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../context.ts'
import { Problem } from '../errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, when a valid token came with the request. */
    actor: Actor | null
    /** Why the token that came was refused. */
    actorFault: Problem | null
  }
}

/** Tells who stands behind an Authorization header; throws `unauthenticated` when it does not hold. */
export type Authenticate = (authorization: string) => Promise<Actor>

/** The caller, or a 401 that says how to come back (RFC 6750 §3). */
export const requireActor = (request: FastifyRequest): Actor => {
  if (request.actor) return request.actor
  if (request.actorFault) throw request.actorFault
  throw new Problem('unauthenticated', 'Send an access token: `Authorization: Bearer …`.', {
    headers: { 'www-authenticate': 'Bearer' },
  })
}

const keyPattern = /^[\x21-\x7e]{1,255}$/

/**
 * The Idempotency-Key of a request, bare or as a quoted structured-field string (IETF draft-07, RFC 8941 §3.3.3).
 * @throws Problem `idempotency_key_missing`, `idempotency_key_invalid`
 */
export const idempotencyKey = (request: FastifyRequest): string => {
  const header = request.headers['idempotency-key']
  if (header === undefined || header === '') {
    throw new Problem(
      'idempotency_key_missing',
      'Send an Idempotency-Key of your own making, the same one when you repeat this request.',
    )
  }
  const text = String(header)
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text)
  const key = quoted ? String(quoted[1]).replaceAll(/\\(["\\])/g, '$1') : text
  if (!keyPattern.test(key)) {
    throw new Problem('idempotency_key_invalid', 'An Idempotency-Key has 1 to 255 printable characters.')
  }
  return key
}

/** An operation that takes no body takes `{}` too, since some libraries send nothing less; anything more is refused. */
export const refuseBody = (request: FastifyRequest): void => {
  const { body } = request
  if (body === undefined || body === null) return
  const fields = typeof body === 'object' ? Object.keys(body) : ['']
  if (fields.length === 0 && !Array.isArray(body)) return
  throw new Problem('validation_failed', 'This operation takes no body.', {
    errors: [
      { pointer: fields[0] ? `/${fields[0].slice(0, 100)}` : '', detail: 'is not a field of this object' },
    ],
  })
}

/** What the request asks for, in one hash: method, path with ids, query, body. */
export const fingerprintOf = (request: FastifyRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body ?? null]))
    .digest('base64url')

/** Node keeps the first of several and drops the others in silence; a proxy before it may have looked at another one. */
const timesSent = ({ raw: { rawHeaders } }: FastifyRequest, name: string): number =>
  rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length

const severalCallers = () =>
  new Problem('unauthenticated', 'Send one Authorization header alone.', {
    headers: { 'www-authenticate': 'Bearer error="invalid_request"' },
  })

/** Looks who asks, before anything is counted or read. A token that does not hold is remembered, and refused where one is needed. */
export const addIdentity = (app: FastifyInstance, authenticate: Authenticate): void => {
  app.decorateRequest('actor', null)
  app.decorateRequest('actorFault', null)
  app.addHook('onRequest', async (request) => {
    if (/%00/.test(request.url)) throw new Problem('malformed_request', 'The address holds NUL.')
    const { authorization } = request.headers
    if (!authorization?.toLowerCase().startsWith('bearer ')) return
    try {
      if (timesSent(request, 'authorization') > 1) throw severalCallers()
      request.actor = await authenticate(authorization)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'unauthenticated') throw error
      request.actorFault = error
    }
  })
}
