import { getTableColumns } from 'drizzle-orm'
import { spaceExternalIds, spaces } from '../../db/schema/spaces.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { brokenConstraint } from '../platform/database/pool.ts'
import { asRecord, rowsOf, writeStatement } from '../platform/database/statements.ts'
import { invalidField, Problem } from '../platform/errors.ts'
import { toUuid } from '../platform/ids.ts'
import type { SpaceRow } from './profile.ts'

const columns = Object.values(getTableColumns(spaces))
  .map(({ name }) => name)
  .join(', ')

const insertSql = writeStatement<{ id: string }>(
  'insertSpace',
  `insert into spaces (${columns}) select ${columns} from jsonb_populate_record(null::spaces, $1::jsonb)
    on conflict (slug) do nothing returning id`,
)

const updateSql = writeStatement<{ id: string }>(
  'updateSpace',
  `update spaces set (${columns}) = (select ${columns} from jsonb_populate_record(null::spaces, $1::jsonb))
    where id = $2 and version = $3 returning id`,
)

const dropExternalIdsSql = writeStatement(
  'dropExternalIds',
  'delete from space_external_ids where space_ref = $1',
)

const asJson = (row: SpaceRow) => JSON.stringify(asRecord(spaces, row))

const slugTaken = () =>
  new Problem('slug_taken', 'Another space has this slug. Choose another, or leave it out.')

/**
 * Writes a new space under the first of `slugs` that is free, also when two are written in the same moment.
 * @throws Problem `slug_taken`, or `validation_failed` when another space has one of the external ids
 */
export const insertSpace = async (
  tx: WriteTx,
  row: SpaceRow,
  slugs: readonly string[],
): Promise<SpaceRow> => {
  for (const slug of slugs) {
    const named = { ...row, slug }
    const written = await tx.write(insertSql, [asJson(named)])
    if (written.length === 0) continue
    await insertExternalIds(tx, named)
    return named
  }
  throw slugTaken()
}

/**
 * Writes the row over the version before it.
 * @returns false when somebody was faster
 * @throws Problem as `insertSpace` does
 */
export const overwriteSpace = async (tx: WriteTx, before: SpaceRow, row: SpaceRow): Promise<boolean> => {
  const written = await tx
    .write(updateSql, [asJson(row), toUuid(row.id), before.version])
    .catch((error: unknown) => {
      throw brokenConstraint(error) === 'spaces_slug' ? slugTaken() : error
    })
  if (written.length === 0) return false
  if (JSON.stringify(before.externalIds) !== JSON.stringify(row.externalIds)) {
    await tx.write(dropExternalIdsSql, [toUuid(row.id)])
    await insertExternalIds(tx, row)
  }
  return true
}

/** The ids of a row as a table of their own holds them, which keeps an id from standing for two spaces. */
export const externalIdRows = (row: Pick<SpaceRow, 'id' | 'source' | 'externalIds'>) =>
  row.externalIds.map(({ system, id }) => ({
    system,
    externalId: id,
    spaceRef: row.id,
    isPrimary: system === row.source,
  }))

const insertExternalIds = async (tx: WriteTx, row: SpaceRow): Promise<void> => {
  if (row.externalIds.length === 0) return
  await tx.insert(rowsOf(spaceExternalIds, externalIdRows(row))).catch((error: unknown) => {
    throw brokenConstraint(error)?.startsWith('space_external_ids')
      ? invalidField('/externalIds', 'holds an id of another space')
      : error
  })
}
