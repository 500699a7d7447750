import { scopes, type Scope } from '../platform/operation.ts'

/** To whom a client belongs. */
export type OwnerKind = 'space' | 'operator' | 'network'

/** What a client of this owner may hold: the network's clients act for no space, and nobody else runs the network. */
export const scopesFor = (owner: OwnerKind): readonly Scope[] =>
  owner === 'network'
    ? scopes.filter((scope) => scope.startsWith('network:'))
    : scopes.filter((scope) => scope !== 'network:admin')
