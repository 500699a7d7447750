import type { Actor } from './context.ts'
import { Problem } from './errors.ts'
import { scopes, type Scope } from './operation.ts'
import { standings, type ManagerRole, type Standing } from './roles.ts'

/**
 * As whom somebody acts: a person by the role for a space, as steward, or as a guest who has no space; an API client, by what it was given; the
 * member by the link; anybody at all; and the installation, which is its command line and its clocks.
 */
type Role = ManagerRole | 'steward' | 'guest' | 'client' | 'member' | 'public' | 'installation'

/** Finer acts beneath a scope, and those that need none. */
export type Permission =
  | Scope
  | 'referrals:start'
  | 'referrals:draft'
  | 'clients:read'
  | 'clients:write'
  | 'applications:submit'
  | 'applications:read'
  | 'applications:own'
  | 'access:invite'
  | 'sign-in'
  | 'account'

interface Rule {
  /** What a token must hold; null where nobody is asked for one. */
  readonly scope: Scope | null
  readonly roles: readonly Role[]
  /** In which standing of the caller's space it may be done. */
  readonly standings: readonly Standing[]
}

const everyone: readonly Role[] = ['owner', 'manager', 'viewer', 'client']
const workers: readonly Role[] = ['owner', 'manager', 'client']
const people: readonly Role[] = ['owner', 'manager', 'viewer', 'steward', 'guest']
const network: readonly Role[] = ['steward', 'client']

/**
 * Who may do what: role × scope × standing, whole. `mutate` and `read` ask it, and nobody else decides. Which objects
 * somebody may do it to is no question of this table: every statement is led by the caller's own space, and what
 * belongs to another is not found.
 *
 * A space that is suspended or has left finishes what is open and starts nothing; one that waits to be admitted prepares, and
 * one that was rejected keeps its profile, to apply again.
 */
export const permissions: Readonly<Record<Permission, Rule>> = {
  'spaces:read': { scope: 'spaces:read', roles: everyone, standings },
  'spaces:write': { scope: 'spaces:write', roles: workers, standings },
  'referrals:read': { scope: 'referrals:read', roles: everyone, standings },
  'referrals:write': { scope: 'referrals:write', roles: [...workers, 'member'], standings },
  'referrals:draft': { scope: 'referrals:write', roles: workers, standings: ['registered', 'admitted'] },
  'referrals:start': { scope: 'referrals:write', roles: workers, standings: ['admitted'] },
  'members:read': { scope: 'members:read', roles: workers, standings },
  'reciprocity:read': { scope: 'reciprocity:read', roles: everyone, standings },
  'events:read': { scope: 'events:read', roles: workers, standings },
  'webhooks:write': { scope: 'webhooks:write', roles: ['owner', 'client'], standings },
  'access:read': { scope: 'access:read', roles: workers, standings },
  // A mail to a stranger, with the name of the space on it: not for a space that the network has not let in.
  'access:invite': { scope: 'access:write', roles: ['owner'], standings: ['admitted'] },
  // API clients make no others and let nobody in: a secret that leaks is to breed no others.
  'access:write': { scope: 'access:write', roles: ['owner'], standings },
  // API clients: a space's own, and for the steward those of the network and of operators.
  'clients:read': { scope: 'access:read', roles: [...workers, 'steward'], standings },
  'clients:write': { scope: 'access:write', roles: ['owner', 'steward'], standings },
  'audit:read': { scope: 'audit:read', roles: ['owner', 'client', 'steward'], standings },
  'network:read': { scope: 'network:read', roles: [...everyone, 'steward'], standings: ['admitted'] },
  'network:vouch': { scope: 'network:vouch', roles: workers, standings: ['admitted'] },
  'network:admin': { scope: 'network:admin', roles: network, standings: [] },
  'applications:submit': { scope: null, roles: [...everyone, 'steward', 'guest', 'public'], standings },
  // Which ones, each verb says: one's own, those of the network, or all.
  'applications:read': { scope: null, roles: [...everyone, 'steward', 'guest'], standings },
  // To prove or withdraw it, who applied does, whatever they are to the space for which they act now.
  'applications:own': { scope: 'spaces:write', roles: people, standings },
  'sign-in': { scope: null, roles: ['public'], standings },
  // Where one is signed in, and by what: everybody's own.
  account: { scope: null, roles: people, standings },
}

const roleOf = (actor: Actor): Role => {
  if (actor.kind === 'manager') return actor.role
  return actor.kind === 'steward' || actor.kind === 'clock' ? 'installation' : actor.kind
}

/** The scopes that somebody in this role can be given. */
export const scopesOf = (role: ManagerRole | 'steward' | 'guest' | 'client'): readonly Scope[] =>
  scopes.filter((scope) =>
    Object.values(permissions).some((rule) => rule.scope === scope && rule.roles.includes(role)),
  )

/** @throws Problem `insufficient_scope`, `insufficient_role`, `space_not_admitted`, `space_suspended` */
export const requirePermission = (actor: Actor, permission: Permission): void => {
  const refusal = refusalOf(actor, permission)
  if (refusal) throw refusal
}

export const permits = (actor: Actor, permission: Permission): boolean =>
  refusalOf(actor, permission) === null

const refusalOf = (actor: Actor, permission: Permission): Problem | null => {
  const role = roleOf(actor)
  if (role === 'installation') return null
  const { scope, roles, standings: fitting } = permissions[permission]
  if (!roles.includes(role)) return roleLacks(actor, role, permission)
  if (actor.kind !== 'client' && actor.kind !== 'manager') return null
  if (scope !== null && !holds(actor, scope)) return scopeLacks(scope)
  if (actor.standing === null || fitting.includes(actor.standing)) return null
  return standingLacks(actor.standing)
}

const holds = (actor: Actor, scope: Scope): boolean => 'scopes' in actor && actor.scopes.has(scope)

export const scopeLacks = (scope: Scope) =>
  new Problem('insufficient_scope', `This needs a token with the scope ${scope}.`, {
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
  })

const roleLacks = (actor: Actor, role: Role, permission: Permission) => {
  const { scope, roles } = permissions[permission]
  const isToldScope = role === 'client' || role === 'member' || role === 'public'
  if (isToldScope && !(scope !== null && holds(actor, scope))) return scopeLacks(scope ?? 'network:admin')
  const able = roles.filter((one) => one !== 'client' && one !== 'member')
  return new Problem('insufficient_role', `As ${role} you may not do this. Who may: ${able.join(', ')}.`)
}

const standingLacks = (standing: Standing) =>
  new Problem(standing === 'suspended' ? 'space_suspended' : 'space_not_admitted', outside[standing])

const outside: Readonly<Record<Standing, string>> = {
  unclaimed: 'Your space waits to be admitted to the network.',
  registered: 'Your space waits to be admitted to the network.',
  rejected: 'Your space was not taken into the network: it may apply again.',
  admitted: 'Your space is in the network.',
  suspended: 'Your space is suspended: it can finish what is open, and start nothing.',
  left: 'Your space has left the network: it can finish what is open, and start nothing.',
}
