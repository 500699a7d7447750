import type { ManagerRole } from '../platform/roles.ts'

/** What each role may do, for who gives it and for who gets it. */
export const roleWords: Readonly<Record<ManagerRole, string>> = {
  owner: 'decides who acts for the space and through which API clients, and does all that a manager does',
  manager: 'sends and answers referrals, and keeps the profile',
  viewer: 'reads, and changes nothing',
}
