import type { Actor } from '../platform/context.ts'

/** A token that was checked: it is taken again until `until` (ms), as long as nothing was revoked since `epoch`. */
interface Entry {
  readonly actor: Actor
  readonly until: number
  readonly epoch: number
}

interface TokenCache {
  find(token: string, now: number, epoch: number): Actor | undefined
  keep(token: string, entry: Entry): void
}

/** Remembers the tokens that were used last, `capacity` of them at most: checking a signature costs twice the rest of a read. */
export const makeTokenCache = (capacity: number): TokenCache => {
  // A Map lists its keys in the order in which they were set, so the first one is the one unused for longest.
  const entries = new Map<string, Entry>()
  return {
    find: (token, now, epoch) => {
      const entry = entries.get(token)
      if (!entry) return undefined
      entries.delete(token)
      if (now >= entry.until || epoch !== entry.epoch) return undefined
      entries.set(token, entry)
      return entry.actor
    },
    keep: (token, entry) => {
      entries.delete(token)
      entries.set(token, entry)
      const [oldest] = entries.keys()
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest)
    },
  }
}
