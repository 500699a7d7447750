import { createHash } from 'node:crypto'
import type { Id } from '../platform/ids.ts'
import { profileColumns, profileOf, spaceRow, type Profile, type SpaceRow } from '../spaces/profile.ts'
import { filledFrom } from './fill.ts'
import type { ImportedProfile } from './record.ts'

/** Two rows with the same hash say the same. */
export const hashOf = (profile: ImportedProfile): string =>
  createHash('sha256').update(JSON.stringify(profile)).digest('hex').slice(0, 32)

/** By whom the words of a profile are kept: its own people, once they registered, confirmed or were admitted. */
export const isClaimed = (row: Pick<SpaceRow, 'status' | 'operatorId' | 'lastConfirmedAt'>): boolean =>
  row.status !== 'unclaimed' || row.operatorId !== null || row.lastConfirmedAt !== null

/** Whether the profile came from that row of that source. A merged space has ids of which only the first is its origin. */
export const comesFrom = (row: SpaceRow, { source, externalId }: ImportedProfile): boolean =>
  row.source === source && row.externalIds.find(({ system }) => system === source)?.id === externalId

const stated = (profile: ImportedProfile): Profile => ({
  ...profile,
  externalIds: [{ system: profile.source, id: profile.externalId }],
})

/** The row of a space that a file brings: in the directory, in nobody's hands. */
export const newSpace = (
  profile: ImportedProfile,
  facts: { id: Id<'space'>; slug: string; now: string },
): SpaceRow => ({
  ...spaceRow(stated(profile), { ...facts, status: 'unclaimed', operatorId: null }),
  importHash: hashOf(profile),
})

/**
 * The row as its source has it now. What the source no longer says is gone, unless the space was merged: then it may be
 * the other's word, and stays.
 */
export const updatedSpace = (before: SpaceRow, profile: ImportedProfile, now: string): SpaceRow => {
  const isMerged = before.externalIds.length > 1
  const said = isMerged ? filledFrom(stated(profile), wholeProfileOf(before)) : stated(profile)
  return {
    ...withProfile(
      before,
      { ...said, hostingPolicy: before.hostingPolicy, externalIds: before.externalIds },
      now,
    ),
    contactEmail: before.contactEmail,
    importHash: hashOf(profile),
  }
}

/** What a row says, with what is known of where it came from. */
export const wholeProfileOf = (row: SpaceRow): Profile => {
  const { checkedOn, source, licence, attribution } = row
  return { ...profileOf(row), checkedOn, source, licence, attribution }
}

/** The next version of a row, with another profile. */
export const withProfile = (before: SpaceRow, profile: Profile, now: string): SpaceRow => ({
  ...before,
  ...profileColumns(profile),
  brand: profile.brand ?? null,
  alsoKnownAs: [...(profile.alsoKnownAs ?? [])],
  checkedOn: profile.checkedOn ?? null,
  licence: profile.licence ?? null,
  attribution: profile.attribution ?? null,
  version: before.version + 1,
  updatedAt: now,
})
