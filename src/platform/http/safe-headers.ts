import type { FastifyHelmetOptions } from '@fastify/helmet'

/** Browsers are told to insist on https only where Waggle is reached by it: elsewhere its own pages would not load. */
export const safeHeaders = (baseUrl: string): FastifyHelmetOptions => {
  const isHttps = baseUrl.startsWith('https:')
  return {
    global: true,
    strictTransportSecurity: isHttps,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: isHttps ? [] : null } },
  }
}
