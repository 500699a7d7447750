import type { ClientSecret } from '../../src/access/create-client.ts'
import type { Actor, Ctx, Deps } from '../../src/platform/context.ts'
import type { Id } from '../../src/platform/ids.ts'
import type { Scope } from '../../src/platform/operation.ts'
import { scopesOf } from '../../src/platform/permissions.ts'

/** A space of the demo as it was loaded. */
export interface LoadedSpace {
  readonly id: Id<'space'>
  /** Null for a space that nobody speaks for. */
  readonly client: ClientSecret | null
}

/** By the key of the plan. */
export type LoadedSpaces = ReadonlyMap<string, LoadedSpace>

export const spaceScopes: readonly Scope[] = scopesOf('client').filter(
  (scope) => !scope.startsWith('network:'),
)

/** Somebody acts at a moment of the history. @param at milliseconds since 1970 */
export const ctxAt = (deps: Deps, at: number, actor: Actor): Ctx => ({
  ...deps,
  clock: { now: () => at },
  actor,
  requestId: 'demo',
})

export const steward: Actor = { kind: 'steward', id: 'demo' }

export const clientOf = ({ id, client }: LoadedSpace): Actor => {
  if (!client) throw new Error('Nobody acts for a space that is not in the network')
  return {
    kind: 'client',
    id: client.clientId,
    owner: 'space',
    spaceId: id,
    operatorId: null,
    scopes: new Set(spaceScopes),
    standing: 'admitted',
  }
}
