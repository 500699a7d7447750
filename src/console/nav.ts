import type { Permission } from '../platform/permissions.ts'

/** The pages that stand in the rail: a word each, and a shorter one for phones. */
export interface NavItem {
  readonly path: string
  readonly label: string
  readonly short: string
  /** Shown to those who may do this. */
  readonly permission: Permission
}

/** What is one's own (browsers, passkeys) hangs below the first one: on a phone five fit. */
export const nav: readonly NavItem[] = [
  { path: '/home', label: 'Home', short: 'Home', permission: 'account' },
]
