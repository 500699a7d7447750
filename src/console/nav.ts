import type { Permission } from '../platform/permissions.ts'

/** The pages that stand in the rail: a word each, and a shorter one for phones. */
export interface NavItem {
  readonly path: string
  readonly label: string
  readonly short: string
  /** Shown to those who may do this. */
  readonly permission: Permission
}

export const nav: readonly NavItem[] = [
  { path: '/home', label: 'Home', short: 'Home', permission: 'account' },
  { path: '/devices', label: 'Where you are signed in', short: 'Devices', permission: 'account' },
  { path: '/passkeys', label: 'Passkeys', short: 'Passkeys', permission: 'account' },
]
