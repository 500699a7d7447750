import type { FastifyInstance } from 'fastify'
import { networkOf } from '../addresses.ts'
import { tooMany, type Limit } from '../limits.ts'
import { exchange } from './shared-limits.ts'
import { TokenBuckets } from './token-buckets.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Tells the other nodes what this one let through, and learns what they did. */
    shareLimits(): Promise<void>
  }
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

/** The probes of whoever keeps Waggle running are not to be held up, nor is a page by its own style and fonts. */
const isUnlimited = (url: string) => url === '/livez' || url === '/readyz' || url.startsWith('/assets/')

/** Every answer says, beside what it says, how much is left: RateLimit and RateLimit-Policy (IETF draft-11). */
export const addLimits = (app: FastifyInstance, limits: Limits): void => {
  const buckets = { client: new TokenBuckets(limits.client), address: new TokenBuckets(limits.address) }
  app.decorate('shareLimits', async () => {
    for (const name of ['client', 'address'] as const)
      await exchange(app.deps, name, limits[name], buckets[name])
  })
  app.addHook('onRequest', (request, reply, done) => {
    if (isUnlimited(request.url)) {
      done()
      return
    }
    const name = request.actor ? 'client' : 'address'
    const { allowed, remaining, wait } = buckets[name].take(
      request.actor?.id ?? networkOf(request.ip),
      app.deps.clock.now(),
    )
    const { burst, perSecond } = limits[name]
    reply.header('ratelimit-policy', `"${name}";q=${String(burst)};w=${String(Math.ceil(burst / perSecond))}`)
    reply.header('ratelimit', `"${name}";r=${String(remaining)};t=${String(wait)}`)
    done(allowed ? undefined : tooMany(wait))
  })
}
