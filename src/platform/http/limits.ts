import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../errors.ts'

/** A limit lets `burst` requests through in any window of `burst / perSecond` seconds. */
export interface Limit {
  readonly burst: number
  readonly perSecond: number
}

export interface Limits {
  readonly client: Limit
  readonly address: Limit
}

/** Capacity and refill of each limit: 25 a second and 100 at once for a client, 5 and 20 for an address without a token. */
export const standardLimits: Limits = {
  client: { burst: 100, perSecond: 25 },
  address: { burst: 20, perSecond: 5 },
}

/** Answers, beside what they say, how much is left: RateLimit and RateLimit-Policy (IETF draft-11). */
export const addLimits = async (app: FastifyInstance, limits: Limits): Promise<void> => {
  await app.register(rateLimit, { global: false })
  const check = {
    client: app.createRateLimit(optionsOf(limits.client, (request) => request.actor?.id ?? request.ip)),
    address: app.createRateLimit(optionsOf(limits.address, (request) => request.ip)),
  }
  app.addHook('onRequest', async (request, reply) => {
    if (request.url === '/livez' || request.url === '/readyz') return
    const name = request.actor ? 'client' : 'address'
    const state = await check[name](request)
    if (state.isAllowed) return
    reply.header('ratelimit-policy', `"${name}";q=${String(state.max)};w=${String(state.timeWindow / 1_000)}`)
    reply.header('ratelimit', `"${name}";r=${String(state.remaining)};t=${String(state.ttlInSeconds)}`)
    if (state.isExceeded) {
      const wait = String(Math.max(1, state.ttlInSeconds))
      throw new Problem('too_many_requests', `Wait ${wait} s before you ask again.`, {
        headers: { 'retry-after': wait },
      })
    }
  })
}

const optionsOf = ({ burst, perSecond }: Limit, keyGenerator: (request: FastifyRequest) => string) => ({
  max: burst,
  timeWindow: Math.ceil((burst / perSecond) * 1_000),
  keyGenerator,
})
