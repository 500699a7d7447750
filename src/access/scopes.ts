import type { Scope } from '../platform/operation.ts'
import { scopesOf } from '../platform/permissions.ts'

/** To whom a client belongs. */
export type OwnerKind = 'space' | 'operator' | 'network'

/** What a client of this owner may hold: the network's clients act for no space, and nobody else runs the network. */
export const scopesFor = (owner: OwnerKind): readonly Scope[] =>
  owner === 'network'
    ? ['network:read', 'network:admin', 'audit:read']
    : scopesOf('client').filter((scope) => scope !== 'network:admin')
