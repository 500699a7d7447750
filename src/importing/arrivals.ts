import { and, eq, inArray } from 'drizzle-orm'
import { spaceExternalIds, spaces } from '../../db/schema/spaces.ts'
import type { ReadTx } from '../platform/database/door.ts'
import type { SpaceRow } from '../spaces/profile.ts'
import { comesFrom, hashOf, isClaimed } from './imported-space.ts'
import type { ImportedProfile, ReadRow, RowOutcome } from './record.ts'
import type { Unchanged } from './row-report.ts'

/** A row that has a profile, and the space that has its id already. */
export interface Arrival {
  readonly at: ReadRow
  readonly outcome: Extract<RowOutcome, { kind: 'profile' }>
  readonly profile: ImportedProfile
  readonly known: SpaceRow | null
  /** Why nothing is to be written; null when something is. */
  readonly because: Unchanged['because'] | null
}

const keyOf = (system: string, id: string): string => `${system} ${id}`

/** The rows that have a profile, each with what it is to the directory. */
export const arrivalsOf = async (tx: ReadTx, rows: readonly ReadRow[]): Promise<Arrival[]> => {
  const found = rows.flatMap((at) => (at.outcome.kind === 'profile' ? [{ at, outcome: at.outcome }] : []))
  const known = await knownSpaces(
    tx,
    found.map(({ outcome }) => outcome.profile),
  )
  return found.map(({ at, outcome }) => {
    const { profile } = outcome
    const space = known.get(keyOf(profile.source, profile.externalId)) ?? null
    return { at, outcome, profile, known: space, because: space && whyUnchanged(space, profile) }
  })
}

const whyUnchanged = (space: SpaceRow, profile: ImportedProfile): Unchanged['because'] | null => {
  if (!comesFrom(space, profile)) return 'other_source'
  if (space.importHash === hashOf(profile)) return 'same'
  return isClaimed(space) ? 'claimed' : null
}

/** The spaces that have one of the ids, by source and id. */
const knownSpaces = async (
  tx: ReadTx,
  profiles: readonly ImportedProfile[],
): Promise<Map<string, SpaceRow>> => {
  if (profiles.length === 0) return new Map()
  const { system, externalId, spaceRef } = spaceExternalIds
  const rows = await tx.db
    .select({ system, externalId, space: spaces })
    .from(spaceExternalIds)
    .innerJoin(spaces, eq(spaces.id, spaceRef))
    .where(
      and(
        inArray(system, [...new Set(profiles.map(({ source }) => source))]),
        inArray(
          externalId,
          profiles.map((profile) => profile.externalId),
        ),
      ),
    )
  return new Map(rows.map((row) => [keyOf(row.system, row.externalId), row.space]))
}
