import type { FastifyHelmetOptions } from '@fastify/helmet'

const isHttps = (baseUrl: string) => baseUrl.startsWith('https:')

/**
 * For every answer that brings no policy of its own, as pages do: it is no page, so it loads nothing and stands in no frame.
 * Browsers are told to insist on https only where Waggle is reached by it: elsewhere its own pages would not load.
 */
export const safeHeaders = (baseUrl: string): FastifyHelmetOptions => ({
  global: true,
  strictTransportSecurity: isHttps(baseUrl),
  contentSecurityPolicy: { useDefaults: false, directives: nothing },
})

const none = ["'none'"]
const nothing = { defaultSrc: none, baseUri: none, formAction: none, frameAncestors: none }

/** The same for an answer that no hook reaches: of what could not be read as a request, or as an address. */
export const bareHeaders = (baseUrl: string): Readonly<Record<string, string>> => ({
  'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  ...(isHttps(baseUrl) && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
})

/** For the page of the API, whose library sets styles by script and shows what it asks Waggle itself. */
export const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')
