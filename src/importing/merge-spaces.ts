import { and, eq, inArray } from 'drizzle-orm'
import { auditLog } from '../../db/schema/events.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate, type ReadTx, type WriteTx } from '../platform/database/door.ts'
import { sqlState } from '../platform/database/pool.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import type { SpaceRow } from '../spaces/profile.ts'
import { overwriteSpace } from '../spaces/write-space.ts'
import { metresBetween } from '../spaces/distance.ts'
import { sameSpotMetres } from './duplicates.ts'
import { filledFrom } from './fill.ts'
import { takeTurn } from './import-lock.ts'
import { isClaimed, wholeProfileOf, withProfile } from './imported-space.ts'
import { farAway } from './stated-city.ts'

const dropIdsSql = writeStatement('merge:ids', 'delete from space_external_ids where space_ref = $1')
const dropSql = writeStatement('merge:space', 'delete from spaces where id = $1')
const pointSql = writeStatement(
  'merge:marks',
  'update spaces set possible_duplicate_of = nullif($2::uuid, id) where possible_duplicate_of = $1',
)

/**
 * Makes two profiles one. The kept space gets the other's ids, so that later imports of them land on it, and what the
 * other says where it says nothing itself; the other is gone. Merging the same two again changes nothing.
 * @returns whether they were two until now
 * @throws Problem `not_found`, or `illegal_transition` when somebody speaks for the duplicate, something points at it,
 * or the two can hardly be one
 */
export const mergeSpaces = (ctx: Ctx, duplicateId: Id<'space'>, keptId: Id<'space'>): Promise<boolean> =>
  mutate(ctx, 'network:admin', async (tx) => {
    await takeTurn(tx)
    const rows = await tx.db
      .select()
      .from(spaces)
      .where(inArray(spaces.id, [duplicateId, keptId]))
      .for('update')
    const duplicate = rows.find(({ id }) => id === duplicateId)
    const kept = rows.find(({ id }) => id === keptId)
    if (!kept) throw notFound()
    const isTwo = duplicateId !== keptId && !(await wasMerged(tx, duplicateId, keptId))
    if (isTwo) await merge(tx, duplicate, kept)
    return {
      result: isTwo,
      events: isTwo ? [{ spaceId: keptId, topic: 'space.updated', subjectId: keptId }] : [],
      audit: { action: 'mergeSpaces', objectId: duplicateId, spaceId: keptId },
    }
  })

/** The audit log remembers what the directory no longer holds. */
const wasMerged = async (tx: ReadTx, duplicateId: Id<'space'>, keptId: Id<'space'>): Promise<boolean> => {
  const { spaceId, objectId, action } = auditLog
  const [row] = await tx.db
    .select({ objectId })
    .from(auditLog)
    .where(and(eq(spaceId, keptId), eq(objectId, duplicateId), eq(action, 'mergeSpaces')))
    .limit(1)
  return row !== undefined
}

const merge = async (tx: WriteTx, duplicate: SpaceRow | undefined, kept: SpaceRow): Promise<void> => {
  if (!duplicate) throw new Problem('not_found', 'The duplicate is not in the directory.')
  requireOne(duplicate, kept)
  await drop(tx, duplicate.id)
  await tx.write(pointSql, [toUuid(duplicate.id), toUuid(kept.id)])
  const profile = filledFrom(wholeProfileOf(kept), wholeProfileOf(duplicate))
  const externalIds = [...kept.externalIds, ...duplicate.externalIds]
  const merged = withProfile(kept, { ...profile, externalIds }, tx.now)
  const isMark = kept.possibleDuplicateOf === duplicate.id
  await overwriteSpace(tx, kept, {
    ...merged,
    possibleDuplicateOf: isMark ? null : kept.possibleDuplicateOf,
  })
}

const requireOne = (duplicate: SpaceRow, kept: SpaceRow): void => {
  if (isClaimed(duplicate))
    throw refused(
      `${duplicate.name} (${duplicate.slug}) speaks for itself (${duplicate.status}); keep it, and give the other as the duplicate.`,
    )
  const isMarked = duplicate.possibleDuplicateOf === kept.id || kept.possibleDuplicateOf === duplicate.id
  const metres = metresBetween(duplicate, kept)
  if (isMarked || metres <= sameSpotMetres) return
  const apart = `${duplicate.name} (${duplicate.slug}) and ${kept.name} (${kept.slug}) are ${distance(metres)} apart`
  if (metres > farAway) throw refused(`${apart}: they are two spaces.`)
  if (duplicate.brand !== null && duplicate.brand === kept.brand)
    throw refused(`${apart}: they are two branches of ${kept.brand}.`)
}

const distance = (metres: number): string =>
  metres < 10_000 ? `${String(Math.round(metres))} m` : `${String(Math.round(metres / 1000))} km`

/** Whatever points at a space keeps it in its place: referrals, clients and all that may come. */
const drop = async (tx: WriteTx, id: Id<'space'>): Promise<void> => {
  await tx.write(dropIdsSql, [toUuid(id)])
  await tx.write(dropSql, [toUuid(id)]).catch((error: unknown) => {
    const isPointedAt = sqlState(error) === '23503'
    throw isPointedAt
      ? refused('The duplicate has referrals or API clients, so it must stay; nothing is changed.')
      : error
  })
}

const refused = (detail: string) => new Problem('illegal_transition', detail)
