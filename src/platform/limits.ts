import { eq } from 'drizzle-orm'
import { rateLimits } from '../../db/schema/access.ts'
import { networkOf } from './addresses.ts'
import { instant, millisOf, second } from './clock.ts'
import type { Deps } from './context.ts'
import { carry, readUnscoped, type WriteTx } from './database/door.ts'
import { arg, statement, writeStatement } from './database/statements.ts'
import { Problem } from './errors.ts'
import { hmacSha256 } from './sealing.ts'

/** A bucket holds `burst` tokens and is refilled with `perSecond`; from empty to full takes a day at most. */
export interface Limit {
  readonly burst: number
  readonly perSecond: number
}

type Stored = Pick<Deps, 'db' | 'clock' | 'keys'>

/** What `rate_limits` is searched by: nobody who reads the table learns whose bucket it is. Addresses count by their network. */
export const limitKey = (linkKey: Buffer, name: string, key: string): string =>
  `${name}:${hmacSha256(linkKey, `limit\n${name}\n${networkOf(key)}`).toString('base64url')}`

/** What a stored bucket holds at the moment `at`, refilled since it was last touched. The clock may step back. */
export const filled = (at: string, burst: string, perSecond: string): string =>
  `least(${burst}, r.tokens + greatest(0, extract(epoch from ${at} - r.at)::float8) * ${perSecond})`

const filledNow = filled('$2::timestamptz', '$3::float8', '$4::float8')

/** One statement for each try: two nodes cannot both take the last token. A refused one leaves the row as it is. */
const take = writeStatement<{ key: string }>(
  'takeToken',
  `insert into rate_limits as r (key, tokens, at) values ($1, $3::float8 - 1, $2::timestamptz)
    on conflict (key) do update set tokens = ${filledNow} - 1, at = greatest(r.at, excluded.at)
    where ${filledNow} >= 1
    returning key`,
)

const look = writeStatement<{ tokens: number }>(
  'lookAtTokens',
  `select ${filledNow} as tokens from rate_limits r where key = $1`,
)

const valuesOf = ({ clock, keys }: Stored, name: string, key: string, { burst, perSecond }: Limit) => [
  limitKey(keys.link, name, key),
  instant(clock.now()),
  burst,
  perSecond,
]

/**
 * Counts one try of something rare and dangerous, exactly, for all nodes together: checks of a secret, sign-in requests,
 * applications. It commits by itself, so a try counts whatever becomes of it. For every request there are the buckets of
 * `http/limits.ts`, which cost no statement.
 *
 * @param name of the limit, as it is published
 * @param key whom it counts for, in clear: a client's id, an address, an e-mail; a keyed hash of it is stored
 * @throws Problem `too_many_requests` with Retry-After
 */
export const takeStrictly = async (deps: Stored, name: string, key: string, limit: Limit): Promise<void> => {
  const wait = await carry(deps, (tx) => waitFor(deps, tx, name, key, limit))
  if (wait !== null) throw tooMany(wait)
}

/**
 * The same with a write that it belongs to: counted is what comes about, so a repeated or refused request costs nothing.
 * @throws Problem `too_many_requests` with Retry-After, which undoes the write
 */
export const takeWith = async (
  deps: Stored,
  tx: WriteTx,
  name: string,
  key: string,
  limit: Limit,
): Promise<void> => {
  const wait = await waitFor(deps, tx, name, key, limit)
  if (wait !== null) throw tooMany(wait)
}

/** Takes a token. @returns null, or how many whole seconds to wait where there is none */
const waitFor = async (
  deps: Stored,
  tx: WriteTx,
  name: string,
  key: string,
  limit: Limit,
): Promise<number | null> => {
  const values = valuesOf(deps, name, key, limit)
  const [taken] = await tx.write(take, values)
  if (taken) return null
  const left = (await tx.write(look, values))[0]?.tokens ?? 0
  return secondsTo(left, limit)
}

const bucket = statement('bucketOfLimit', (db) =>
  db
    .select({ tokens: rateLimits.tokens, at: rateLimits.at })
    .from(rateLimits)
    .where(eq(rateLimits.key, arg(rateLimits.key, 'key'))),
)

/**
 * Refuses when a limit of failures is used up, and counts nothing: for a try that came out well where only the others count.
 * To be asked after the check, so that of a burst of tries the right one counts no more than the wrong ones before it.
 * @throws Problem `too_many_requests` with Retry-After
 */
export const requireLeft = async (deps: Stored, name: string, key: string, limit: Limit): Promise<void> => {
  const [found] = await readUnscoped(deps, (tx) =>
    tx.run(bucket, { key: limitKey(deps.keys.link, name, key) }),
  )
  if (!found) return
  const since = Math.max(0, deps.clock.now() - millisOf(found.at)) / second
  const left = found.tokens + since * limit.perSecond
  if (left < 1) throw tooMany(secondsTo(left, limit))
}

const secondsTo = (left: number, { perSecond }: Limit) => Math.max(1, Math.ceil((1 - left) / perSecond))

/** @param wait whole seconds */
export const tooMany = (wait: number) =>
  new Problem('too_many_requests', `Wait ${String(wait)} s before you ask again.`, {
    headers: { 'retry-after': String(wait) },
  })
