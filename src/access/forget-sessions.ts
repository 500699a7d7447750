import { day, instant } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { carry } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'

/** A day more than anybody needs to be told that a link has been used, or that a session is over. */
const keptAfterTheEnd = day

const forgetSignIns = writeStatement('forgetSignIns', 'delete from sign_ins where expires_at < $1')

const forgetEnded = writeStatement(
  'forgetSessions',
  'delete from sessions where expires_at < $1 or revoked_at < $1 or last_seen_at < $2',
)

/** Deletes sign-ins and sessions that are long over. Who signed in when stands in the audit log. */
export const forgetSessions = async (deps: Pick<Deps, 'db' | 'clock' | 'policy'>): Promise<void> => {
  const end = deps.clock.now() - keptAfterTheEnd
  await carry(deps, async (tx) => {
    await tx.write(forgetSignIns, [instant(end)])
    await tx.write(forgetEnded, [instant(end), instant(end - deps.policy.sessionIdle)])
  })
}
