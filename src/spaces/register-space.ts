import { millisOf } from '../platform/clock.ts'
import type { Actor, Ctx } from '../platform/context.ts'
import { mutate, type WriteTx } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import { newId, type Id } from '../platform/ids.ts'
import type { Scope } from '../platform/operation.ts'
import { requireSound } from './check-profile.ts'
import type { Space } from './contract-space.ts'
import type { Registration } from './contract.ts'
import { mergePatch } from './merge-patch.ts'
import { spaceRow, type Profile, type SpaceRow } from './profile.ts'
import { secondSlugOf, slugOf } from './slug.ts'
import { ownSpaceView } from './view.ts'
import { insertSpace } from './write-space.ts'

/**
 * Enters a space in the directory, confirmed by who registers it and not admitted yet.
 * @throws Problem `insufficient_scope`, `validation_failed`, `slug_taken` (for a slug that was given; one that is made is made unique)
 */
export const registerSpace = async (ctx: Ctx, body: Registration): Promise<Space> => {
  const { actor, scope, operatorId } = registrarOf(ctx.actor)
  return mutate({ ...ctx, actor }, scope, async (tx) => {
    const written = await enterSpace(tx, soundProfile(body), { operatorId })
    const { id } = written
    return {
      result: ownSpaceView(written),
      events: [{ spaceId: id, topic: 'space.registered', subjectId: id }],
      audit: { action: 'registerSpace', objectId: id, spaceId: id },
    }
  })
}

/** The profile that a registration holds: a field that is null is a field that is left out. @throws Problem `validation_failed` */
export const soundProfile = (body: Registration): Profile => {
  const profile = mergePatch({}, body) as Profile
  requireSound(profile, body)
  return profile
}

/** Writes a space that its own people register. @throws Problem `slug_taken` for a slug that was given */
export const enterSpace = (
  tx: WriteTx,
  profile: Profile,
  facts: Pick<SpaceRow, 'operatorId'> & Partial<Pick<SpaceRow, 'background' | 'challenge'>>,
): Promise<SpaceRow> => {
  const id = newId('space', millisOf(tx.now))
  const slug = slugOf(profile.name, profile.city)
  const slugs = profile.slug === undefined ? [slug, secondSlugOf(slug, id)] : [profile.slug]
  const { operatorId } = facts
  const row = spaceRow(profile, { id, slug, status: 'registered', operatorId, now: tx.now })
  return insertSpace(tx, { ...row, ...facts, lastConfirmedAt: tx.now }, slugs)
}

interface Registrar {
  readonly actor: Actor
  readonly scope: Scope
  readonly operatorId: Id<'operator'> | null
}

/** Who registers, by what right, and whose the space then is. */
const registrarOf = (actor: Actor): Registrar => {
  if (actor.kind !== 'client' || actor.owner === 'network') {
    return { actor, scope: 'network:admin', operatorId: null }
  }
  // The operator itself acts, for none of its spaces: a repeated request is known as such also when the next token,
  // issued after the first space was there, acts for that one.
  if (actor.owner === 'operator' && actor.operatorId) {
    return { actor: { ...actor, spaceId: null }, scope: 'spaces:write', operatorId: actor.operatorId }
  }
  throw new Problem(
    'insufficient_scope',
    'Only the clients of an operator, and the steward, register spaces.',
  )
}
