import type { Ctx } from '../platform/context.ts'
import { scopeLacks, scopesOf } from '../platform/permissions.ts'

/**
 * A personal token of few scopes hands out nothing that could do more: neither the secret of a client that holds others, nor
 * a role. What the person's role itself never holds is no question of the token.
 * @throws Problem `insufficient_scope`
 */
export const requireHeld = ({ actor }: Pick<Ctx, 'actor'>, given: readonly string[]): void => {
  if (actor.kind !== 'manager') return
  const missing = scopesOf(actor.role).find((scope) => given.includes(scope) && !actor.scopes.has(scope))
  if (missing !== undefined) throw scopeLacks(missing)
}
