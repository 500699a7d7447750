import type { Scope } from '../platform/operation.ts'

/** What an API client or a personal token may do, as who makes it is asked. */
export const scopeWords: Readonly<Record<Scope, string>> = {
  'spaces:read': 'Find spaces and read their profiles',
  'spaces:write': 'Change the profile of your space; prove or withdraw applications of yours',
  'referrals:read': 'Read the referrals that you send and receive',
  'referrals:write': 'Send, accept and move on referrals',
  'members:read': 'Open the contact of a member, where you may',
  'reciprocity:read': 'Read what went out and what came back',
  'events:read': 'Read what happens, as a feed',
  'webhooks:write': 'Set where Waggle sends notices of what happens',
  'access:read': 'See who acts for your space, and through which API clients',
  'access:write': 'Let people in, and make API clients',
  'audit:read': 'Read the log of what was done',
  'network:read': 'Read about the network as a whole',
  'network:vouch': 'Vouch for spaces that apply',
  'network:admin': 'Run the network as a steward does',
}
