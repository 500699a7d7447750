import { day, instant } from '../clock.ts'
import type { Deps } from '../context.ts'
import { carry } from '../database/door.ts'
import { writeStatement } from '../database/statements.ts'

const purge = writeStatement('purgeLimits', 'delete from rate_limits where at < $1')

/** Drops the buckets that nobody touched for a day: every limit is full again by then, which is what no row means. */
export const purgeLimits = async (deps: Pick<Deps, 'db' | 'clock'>): Promise<void> => {
  await carry(deps, (tx) => tx.write(purge, [instant(deps.clock.now() - day)]))
}
