import type { WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'

/** A number of our own, so that imports wait for each other and for nobody else. */
const importLock = 7_723_402

const lockSql = writeStatement('lockImports', 'select pg_advisory_xact_lock($1)')

/** Imports and merges take turns, one transaction each, so that what one found missing another cannot enter meanwhile. */
export const takeTurn = async (tx: WriteTx): Promise<void> => {
  await tx.write(lockSql, [importLock])
}
