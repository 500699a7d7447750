import type { Deps } from '../platform/context.ts'
import { carry } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'

const forget = writeStatement(
  'forgetApplications',
  `delete from applications where status = 'unconfirmed' and confirm_by < $1`,
)

/** Deletes what nobody confirmed in time, with the name and the address that somebody typed. */
export const forgetApplications = async (deps: Pick<Deps, 'db' | 'clock'>): Promise<void> => {
  await carry(deps, (tx) => tx.write(forget, [tx.now]))
}
