import { instant } from './clock.ts'
import type { Deps } from './context.ts'
import { carry, type WriteTx } from './database/door.ts'
import { writeStatement } from './database/statements.ts'
import { Problem } from './errors.ts'
import { hmacSha256 } from './sealing.ts'

/** A bucket holds `burst` tokens and is refilled with `perSecond`; from empty to full takes a day at most. */
export interface Limit {
  readonly burst: number
  readonly perSecond: number
}

type Stored = Pick<Deps, 'db' | 'clock' | 'keys'>

/** What `rate_limits` is searched by: nobody who reads the table learns whose bucket it is. */
export const limitKey = (linkKey: Buffer, name: string, key: string): string =>
  `${name}:${hmacSha256(linkKey, `limit\n${name}\n${key}`).toString('base64url')}`

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

const putBack = writeStatement(
  'putBackToken',
  `update rate_limits r set tokens = least($3::float8, ${filledNow} + 1), at = greatest(r.at, $2::timestamptz) where key = $1`,
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
  return Math.max(1, Math.ceil((1 - left) / limit.perSecond))
}

/** Takes a try back that turned out to be harmless, such as a check that the right secret passed. */
export const giveBack = async (deps: Stored, name: string, key: string, limit: Limit): Promise<void> => {
  await carry(deps, (tx) => tx.write(putBack, valuesOf(deps, name, key, limit)))
}

/** @param wait whole seconds */
export const tooMany = (wait: number) =>
  new Problem('too_many_requests', `Wait ${String(wait)} s before you ask again.`, {
    headers: { 'retry-after': String(wait) },
  })
