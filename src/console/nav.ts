import type { Permission } from '../platform/permissions.ts'

export interface Destination {
  readonly path: string
  readonly label: string
  /** Shown to those who may do this. */
  readonly permission: Permission
}

/** The pages that stand in the rail: a word each, and a shorter one for phones. */
interface NavItem extends Destination {
  readonly short: string
}

/** What is one's own, and one's space's, hangs below the first one: on a phone five fit. */
export const nav: readonly NavItem[] = [
  { path: '/home', label: 'Home', short: 'Home', permission: 'account' },
  { path: '/refer', label: 'Refer', short: 'Refer', permission: 'referrals:start' },
  { path: '/applications', label: 'Network', short: 'Network', permission: 'network:read' },
]

/** What a space looks after: who acts for it, through which API clients, and what was done; at the steward's desk all spaces too. */
export const spacePages: readonly Destination[] = [
  { path: '/spaces', label: 'Spaces', permission: 'network:admin' },
  { path: '/people', label: 'People', permission: 'access:read' },
  { path: '/clients', label: 'API clients', permission: 'clients:read' },
  { path: '/log', label: 'What was done', permission: 'audit:read' },
]

/** How somebody comes in. */
export const ownPages: readonly Destination[] = [
  { path: '/devices', label: 'Where you are signed in', permission: 'account' },
  { path: '/passkeys', label: 'Passkeys', permission: 'account' },
  { path: '/tokens', label: 'Personal tokens', permission: 'account' },
]
