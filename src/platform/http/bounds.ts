import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../errors.ts'

/** Ten times what a browser behind two proxies sends. */
const mostHeaders = 100
/** What every recipient should be ready to read (RFC 9110 §4.1). */
const longestAddress = 8_000

/**
 * The address as the routes know it. Who asks as one asks a proxy (RFC 9112 §3.2.2) names a host before the path; that host is
 * anybody's word, and must not find its way into a redirect or a log.
 */
export const withoutHost = (address: string): string =>
  address.startsWith('/') ? address : address.replace(/^https?:\/\/[^/?#]*\/?/i, '/')

const faultOf = ({ url, raw: { headers, rawHeaders, httpVersion } }: FastifyRequest): Problem | undefined => {
  // Asked for here (RFC 9112 §3.2), as Node would answer it without a problem.
  if (headers.host === undefined && httpVersion === '1.1')
    return new Problem('malformed_request', 'The request names no host.')
  if (url.length > longestAddress) return new Problem('uri_too_long')
  // The headers of 16 KiB may be more than Node reads: it drops the rest in silence, which a proxy before it may have heeded.
  if (rawHeaders.length / 2 > mostHeaders) return new Problem('headers_too_large')
  return undefined
}

/** Refuses what is longer than any request of ours, or names no host, before anything of it is read. */
export const addBounds = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    done(faultOf(request))
  })
  // An expectation that we do not know is no reason to refuse (RFC 9110 §10.1.1); Node would, and without a problem.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
}
