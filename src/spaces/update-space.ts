import { eq } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import { ownSpaceOf, type Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { invalidField, notFound, Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { requireSound } from './check-profile.ts'
import type { Space } from './contract-space.ts'
import type { SpacePatch } from './contract.ts'
import { mergePatch } from './merge-patch.ts'
import { profileColumns, profileOf, type Profile, type SpaceRow } from './profile.ts'
import { timeZoneOf } from './time-zone.ts'
import { ownSpaceView, spaceEtag } from './view.ts'
import { overwriteSpace } from './write-space.ts'

const byId = statement('updateSpace:read', (db) =>
  db
    .select()
    .from(spaces)
    .where(eq(spaces.id, arg(spaces.id, 'id'))),
)

/**
 * Changes the profile of the caller's own space by a merge patch, and confirms it.
 * @throws Problem `not_found` for another space, `precondition_required`, `precondition_failed`, `validation_failed`, `slug_taken`
 */
export const updateSpace = (
  ctx: Ctx,
  id: Id<'space'>,
  patch: SpacePatch,
  ifMatch: string | undefined,
): Promise<Space> =>
  mutate(ctx, 'spaces:write', async (tx) => {
    if (ownSpaceOf(ctx.actor) !== id) throw notFound()
    const [before] = await tx.run(byId, { id })
    if (!before) throw notFound()
    requireMatch(ifMatch, spaceEtag(before))
    const after = patched(before, patch, tx.now)
    if (!(await overwriteSpace(tx, before, after))) throw stale()
    return {
      result: ownSpaceView(after),
      events: [{ spaceId: id, topic: 'space.updated', subjectId: id }],
      audit: { action: 'updateSpace', objectId: id, spaceId: id },
    }
  })

const patched = (before: SpaceRow, patch: SpacePatch, now: string): SpaceRow => {
  const profile = mergePatch(profileToPatch(before, patch), patch) as Profile
  requireSound(profile, patch)
  requirePrimaryId(before, profile)
  return {
    ...before,
    ...profileColumns(profile),
    slug: profile.slug ?? before.slug,
    version: before.version + 1,
    lastConfirmedAt: now,
    updatedAt: now,
  }
}

/** A time zone that was found from the old place is found anew from the new one. */
const profileToPatch = (before: SpaceRow, patch: SpacePatch): Profile => {
  const { timezone, ...rest } = profileOf(before)
  const follows = patch.geo !== undefined && timezone === timeZoneOf(before)
  return follows || timezone === undefined ? rest : { ...rest, timezone }
}

/** Without the id that it has at its source, the next import would enter an imported space a second time. */
const requirePrimaryId = ({ source, externalIds }: SpaceRow, profile: Profile): void => {
  const kept = new Set((profile.externalIds ?? []).map(({ system, id }) => `${system}:${id}`))
  const lost = externalIds.find(({ system, id }) => system === source && !kept.has(`${system}:${id}`))
  if (lost)
    throw invalidField('/externalIds', `must keep ${lost.system}:${lost.id}, where the profile came from`)
}

/** RFC 9110 §13.1.1: strong comparison, any of a list, or `*` for whatever is there. */
const requireMatch = (ifMatch: string | undefined, etag: string): void => {
  if (ifMatch === undefined) {
    throw new Problem('precondition_required', 'Send If-Match with the ETag of the profile as you read it.')
  }
  const tags = ifMatch.split(',').map((tag) => tag.trim())
  if (!tags.includes(etag) && !tags.includes('*')) throw stale()
}

const stale = () =>
  new Problem(
    'precondition_failed',
    'The profile has changed since you read it. Read it again, then change it.',
  )
