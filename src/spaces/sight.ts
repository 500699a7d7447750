import { eq, inArray, or } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import { ownSpaceOf, type Actor } from '../platform/context.ts'
import { arg } from '../platform/database/statements.ts'
import { networkSpaceId, toTypeId, toUuid, type Id } from '../platform/ids.ts'
import type { Scope } from '../platform/operation.ts'
import { permits } from '../platform/permissions.ts'
import type { SpaceRow } from './profile.ts'

/** Which spaces a caller may see, beside the public ones. */
interface Sight {
  readonly all: boolean
  readonly self: Id<'space'>
  readonly operator: Id<'operator'>
}

/** Found by everybody in the network. A space that waits to be admitted, or is suspended, is not. */
const publicStatuses = ['admitted', 'unclaimed'] as const

/** Who runs the network, or reads it for all, and acts for no space of it. */
const isOfNetwork = (actor: Actor): boolean =>
  ownSpaceOf(actor) === null && (actor.kind !== 'client' || actor.owner === 'network')

const noOperator = toTypeId('operator', toUuid(networkSpaceId))

export const sightOf = (actor: Actor): Sight => {
  const operatorId = actor.kind === 'client' ? actor.operatorId : null
  return {
    all: isOfNetwork(actor) && (permits(actor, 'network:read') || permits(actor, 'network:admin')),
    self: ownSpaceOf(actor) ?? networkSpaceId,
    operator: operatorId ?? noOperator,
  }
}

export const isInSight = (sight: Sight, space: Pick<SpaceRow, 'id' | 'status' | 'operatorId'>): boolean =>
  sight.all || publicStatuses.some((status) => status === space.status) || isOwn(sight, space)

/** Whether the space is the caller's own, or one of its operator's. */
export const isOwn = ({ self, operator }: Sight, space: Pick<SpaceRow, 'id' | 'operatorId'>): boolean =>
  space.id === self || space.operatorId === operator

/** The public statuses and one's own, in SQL, for values named `self` and `operator`. */
export const inSight = () =>
  or(
    inArray(spaces.status, [...publicStatuses]),
    eq(spaces.id, arg(spaces.id, 'self')),
    eq(spaces.operatorId, arg(spaces.operatorId, 'operator')),
  )

/** Who acts for the network holds no scopes of spaces, and reads by `network:read`. */
export const readingScope = (actor: Actor): Scope =>
  permits(actor, 'spaces:read') || !permits(actor, 'network:read') ? 'spaces:read' : 'network:read'
