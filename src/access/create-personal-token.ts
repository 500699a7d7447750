import { randomBytes } from 'node:crypto'
import { personalTokens } from '../../db/schema/access.ts'
import { day, instant, millisOf, second } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { rowsOf } from '../platform/database/statements.ts'
import { invalidField, notFound } from '../platform/errors.ts'
import { newId, type Id } from '../platform/ids.ts'
import { takeWith, type Limit } from '../platform/limits.ts'
import { sha256 } from '../platform/sealing.ts'
import type { NewPersonalToken } from './contract-people.ts'
import { personalTokenPrefix } from './find-personal-token.ts'

const perManager: Limit = { burst: 20, perSecond: 20 / (day / second) }

/**
 * Makes a key to the API for the person who is signed in, for the space that they act for, or as steward for the network.
 * It can do what its scopes and the person's role allow, whichever is less, at each use.
 * @returns the token, which is shown once and kept as a hash
 * @throws Problem `validation_failed` for scopes that the role does not have; `not_found` for who acts for nobody
 */
export const createPersonalToken = (
  ctx: Ctx,
  { name, scopes, days }: NewPersonalToken,
): Promise<{ readonly id: Id<'personalToken'>; readonly token: string }> =>
  mutate(ctx, 'account', async (tx) => {
    const { actor } = ctx
    if (actor.kind !== 'manager' || actor.role === 'guest') throw notFound()
    if (!scopes.every((scope) => actor.scopes.has(scope)))
      throw invalidField('/scopes', `must be some of ${[...actor.scopes].join(', ')}`)
    await takeWith(ctx, tx, 'personal-token', actor.id, perManager)
    const id = newId('personalToken', ctx.clock.now())
    const token = `${personalTokenPrefix}${randomBytes(32).toString('base64url')}`
    const row = {
      id,
      tokenHash: sha256(token),
      managerId: actor.id,
      spaceRef: actor.spaceId,
      name,
      scopes: [...new Set(scopes)],
      createdAt: tx.now,
      expiresAt: instant(millisOf(tx.now) + days * day),
      lastUsedAt: null,
      revokedAt: null,
    }
    await tx.insert(rowsOf(personalTokens, [row]))
    const ofSpace = actor.spaceId === null ? {} : { spaceId: actor.spaceId }
    return {
      result: { id, token },
      events: [],
      audit: { action: 'createPersonalToken', objectId: id, ...ofSpace },
    }
  })
