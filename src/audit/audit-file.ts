import type { AuditRow } from './contract.ts'
import { csvLine } from './csv.ts'

const columns = [
  'at',
  'actorKind',
  'actorId',
  'actorName',
  'action',
  'objectId',
  'spaceId',
  'requestId',
  'id',
] as const satisfies readonly (keyof AuditRow)[]

/** The log as a table for other programs: a line of names, then a line for each row. */
export const auditFile = async function* (batches: AsyncIterable<readonly AuditRow[]>) {
  yield csvLine(columns)
  for await (const rows of batches) {
    yield rows.map((row) => csvLine(columns.map((column) => row[column]))).join('')
  }
}
