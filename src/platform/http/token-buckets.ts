import { second } from '../clock.ts'
import type { Limit } from '../limits.ts'

/** What a caller is told after taking a token, or after finding none. */
interface Taken {
  readonly allowed: boolean
  readonly remaining: number
  /** Whole seconds until the bucket is full again, or, when it is empty, until the next token. */
  readonly wait: number
}

interface Bucket {
  readonly tokens: number
  readonly at: number
}

/** So many callers are remembered at most; the one that asked longest ago is forgotten first, and has a full bucket by then. */
const mostBuckets = 50_000

/** Token buckets, one a key, in the memory of this node. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>()
  /** What was taken since it was last told to the other nodes. */
  readonly #used = new Map<string, number>()
  readonly #limit: Limit

  constructor(limit: Limit) {
    this.#limit = limit
  }

  /** @param now milliseconds */
  take(key: string, now: number): Taken {
    const { burst, perSecond } = this.#limit
    const known = this.#buckets.get(key) ?? { tokens: burst, at: now }
    const filled = Math.min(burst, known.tokens + (Math.max(0, now - known.at) / second) * perSecond)
    const allowed = filled >= 1
    if (allowed) this.#use(key)
    const tokens = allowed ? filled - 1 : filled
    this.#keep(key, { tokens, at: now })
    const missing = allowed ? burst - tokens : 1 - tokens
    return { allowed, remaining: Math.floor(tokens), wait: Math.ceil(missing / perSecond) }
  }

  /** What was taken by at most so many callers since this was last asked, those who have waited longest first. */
  takeUsed(most: number): Map<string, number> {
    const used = new Map([...this.#used].slice(0, most))
    for (const key of used.keys()) this.#used.delete(key)
    return used
  }

  /** @param left what all nodes together have left for this caller; what was taken here meanwhile comes off it */
  learn(key: string, left: number, now: number): void {
    this.#keep(key, { tokens: Math.min(this.#limit.burst, left) - (this.#used.get(key) ?? 0), at: now })
  }

  #use(key: string) {
    const used = this.#used.get(key)
    if (used !== undefined || this.#used.size < mostBuckets) this.#used.set(key, (used ?? 0) + 1)
  }

  #keep(key: string, bucket: Bucket) {
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    const oldest = this.#buckets.keys().next()
    if (this.#buckets.size > mostBuckets && !oldest.done) this.#buckets.delete(oldest.value)
  }
}
