import { instant } from '../clock.ts'
import type { Deps } from '../context.ts'
import { carry } from '../database/door.ts'
import { keptFor } from '../database/idempotency.ts'
import { writeStatement } from '../database/statements.ts'

const purge = writeStatement('purgeIdempotencyKeys', 'delete from idempotency_keys where at < $1')

/** Drops the answers that were kept for replay and have served their time. */
export const purgeIdempotencyKeys = async (deps: Pick<Deps, 'db' | 'clock'>): Promise<void> => {
  await carry(deps, (tx) => tx.write(purge, [instant(deps.clock.now() - keptFor)]))
}
