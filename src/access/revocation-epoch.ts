import { eq } from 'drizzle-orm'
import { revocationEpoch } from '../../db/schema/access.ts'
import { second } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { mutate, readUnscoped } from '../platform/database/door.ts'
import type { Database } from '../platform/database/pool.ts'
import { statement, writeStatement } from '../platform/database/statements.ts'

/** How old a node's knowledge of revocations may be: well below the 5 s that are promised. */
const rereadAfter = 2 * second

/** What this node knows of a database's epoch. */
interface Known {
  readonly epoch: number
  readonly readAt: number
}

interface Watch {
  known: Known | null
  reading: Promise<number> | null
}

/** One watch for each pool, so that a revocation through that pool reaches everyone who checks tokens with it. */
const watches = new WeakMap<Database, Watch>()

const watchOf = (db: Database): Watch => {
  const found = watches.get(db)
  if (found) return found
  const made = { known: null, reading: null }
  watches.set(db, made)
  return made
}

const epochRow = statement('revocationEpoch', (db) =>
  db.select({ epoch: revocationEpoch.epoch }).from(revocationEpoch).where(eq(revocationEpoch.id, 1)),
)

/**
 * The number of the last revocation, at most 2 s old. Requests that come while it is being read wait for that one read.
 * @throws Problem `unavailable`: when revocations cannot be known, no token is taken
 */
export const currentEpoch = (deps: Pick<Deps, 'db' | 'clock'>): number | Promise<number> => {
  const watch = watchOf(deps.db)
  const age = watch.known ? deps.clock.now() - watch.known.readAt : Infinity
  // A negative age is a clock that was set back: what was read then has no age that we know.
  if (watch.known && age >= 0 && age < rereadAfter) return watch.known.epoch
  watch.reading ??= readEpoch(deps, watch)
  return watch.reading
}

const readEpoch = (deps: Pick<Deps, 'db' | 'clock'>, watch: Watch): Promise<number> => {
  const readAt = deps.clock.now()
  const reading: Promise<number> = readUnscoped(deps, (tx) => tx.run(epochRow, {}))
    .then(([row]) => {
      if (!row) throw new Error('The row of revocation_epoch is missing')
      // A read that a revocation has overtaken is not what `watch` waits for any more.
      if (watch.reading === reading) watch.known = { epoch: row.epoch, readAt }
      return row.epoch
    })
    .finally(() => {
      if (watch.reading === reading) watch.reading = null
    })
  return reading
}

const nextEpoch = writeStatement(
  'nextRevocationEpoch',
  'update revocation_epoch set epoch = epoch + 1 where id = 1',
)

/**
 * A write after which somebody may do less, or other, than the tokens say that are remembered: a revocation, another role,
 * another standing of a space. They are checked anew at once on this node, and within 2 s on every other.
 */
export const mutateRights: typeof mutate = async (ctx, permission, fn) => {
  const result = await mutate(ctx, permission, async (tx) => {
    const change = await fn(tx)
    await tx.write(nextEpoch, [])
    return change
  })
  forgetEpoch(ctx.db)
  return result
}

/** After a revocation on this node: the next request reads the epoch anew. */
const forgetEpoch = (db: Database): void => {
  const watch = watchOf(db)
  watch.known = null
  watch.reading = null
}
