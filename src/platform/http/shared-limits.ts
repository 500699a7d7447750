import { instant, minute, second } from '../clock.ts'
import type { Deps } from '../context.ts'
import { carry } from '../database/door.ts'
import { writeStatement } from '../database/statements.ts'
import { filled, limitKey, type Limit } from '../limits.ts'
import type { TokenBuckets } from './token-buckets.ts'

type Stored = Pick<Deps, 'db' | 'clock' | 'keys'>

const prefix = 'requests-'

/** How often nodes tell each other what they let through. */
export const exchangeEvery = second

/** Of how many callers a node tells in one exchange; the others have their turn in the next. */
const mostTold = 1_000

const filledNow = filled('$3::timestamptz', '$4::float8', '$5::float8')

/** What was let through here is taken from what is left for all nodes; in the order of keys, so that no two nodes wait for each other. */
const tell = writeStatement<{ key: string; tokens: number }>(
  'tellOfTokens',
  `insert into rate_limits as r (key, tokens, at)
     select told.key, $4::float8 - told.used, $3::timestamptz from unnest($1::text[], $2::float8[]) as told (key, used)
     order by told.key
   on conflict (key) do update
     set tokens = ${filledNow} + excluded.tokens - $4::float8, at = greatest(r.at, excluded.at)
   returning key, tokens`,
)

/**
 * Takes what this node let through since the last exchange from the buckets that all nodes share, and learns what others
 * left there. A bucket that was overdrawn by several nodes at once is in debt, which its refill pays first. When the
 * database is away, each node goes on counting for itself, and what it let through meanwhile is not charged later.
 */
export const exchange = async (
  deps: Stored,
  name: string,
  limit: Limit,
  buckets: TokenBuckets,
): Promise<void> => {
  const used = buckets.takeUsed(mostTold)
  if (used.size === 0) return
  const byKey = new Map(
    [...used.keys()].map((caller) => [limitKey(deps.keys.link, `${prefix}${name}`, caller), caller]),
  )
  const now = deps.clock.now()
  const told = await carry(deps, (tx) =>
    tx.write(tell, [[...byKey.keys()], [...used.values()], instant(now), limit.burst, limit.perSecond]),
  )
  for (const { key, tokens } of told) buckets.learn(String(byKey.get(key)), tokens, now)
}

/** A bucket of requests is full again long before: no row means the same. */
const restUntilForgotten = minute

const purge = writeStatement(
  'purgeSharedLimits',
  `delete from rate_limits where at < $1 and key like '${prefix}%'`,
)

/** Drops the shared buckets that nobody touched for a minute. */
export const purgeSharedLimits = async (deps: Pick<Deps, 'db' | 'clock'>): Promise<void> => {
  await carry(deps, (tx) => tx.write(purge, [instant(deps.clock.now() - restUntilForgotten)]))
}
