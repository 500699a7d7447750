import { hour, instant } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { carry } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'

const forget = writeStatement('forgetAssertions', 'delete from used_assertions where expires_at <= $1')

/** So that a node whose clock is ahead forgets nothing that another one still takes. */
const keptAfterTheEnd = hour

/** Drops what is remembered of assertions that have ended: they are refused for that already. */
export const forgetAssertions = async (deps: Pick<Deps, 'db' | 'clock'>): Promise<void> => {
  await carry(deps, (tx) => tx.write(forget, [instant(deps.clock.now() - keptAfterTheEnd)]))
}
