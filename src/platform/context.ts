import type { Clock } from './clock.ts'
import type { Database } from './database/pool.ts'
import { Problem } from './errors.ts'
import type { Id } from './ids.ts'
import type { Keys } from './keys.ts'
import type { Scope } from './operation.ts'
import type { Policy } from './policy.ts'

/** What one running Waggle is made of; built once, handed to everything. */
export interface Deps {
  readonly db: Database
  readonly clock: Clock
  readonly keys: Keys
  /** How long things take in this network. */
  readonly policy: Policy
  /** Where this installation is reached, without a trailing slash. */
  readonly baseUrl: string
}

/** Who acts. */
export type Actor =
  | {
      readonly kind: 'client'
      readonly id: Id<'client'>
      readonly owner: 'space' | 'operator' | 'network'
      /** The space that the token acts for; null for a network client. */
      readonly spaceId: Id<'space'> | null
      readonly operatorId: Id<'operator'> | null
      readonly scopes: ReadonlySet<string>
    }
  /** The member of one referral, who opened the link. */
  | { readonly kind: 'member'; readonly id: Id<'referral'> }
  /** Anybody, on the few pages that ask for no token; holds no scope. */
  | { readonly kind: 'public'; readonly id: 'public' }
  /** The command line of the installation, or Waggle itself. */
  | { readonly kind: 'steward' | 'clock'; readonly id: string }

/** A request that may be replayed: its key, what it asked, and how its answer is put into words. */
interface Replayable {
  readonly key: string
  readonly fingerprint: string
  readonly render: (result: unknown) => KeptAnswer
}

/** An answer as it is kept: `body` is null where it held a secret. */
export interface KeptAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly referralId?: Id<'referral'>
}

/** What a verb is handed beside its input. */
export interface Ctx extends Deps {
  readonly actor: Actor
  readonly requestId: string
  readonly replayable?: Replayable
}

/** Scopes are asked of API clients alone: a member's link and the command line say by themselves what they may do. */
export const holdsScope = (actor: Actor, scope: Scope): boolean =>
  actor.kind === 'client' ? actor.scopes.has(scope) : actor.kind !== 'public'

/** The space that the caller acts for. @throws Problem when the token acts for none */
export const spaceOf = (ctx: Ctx): Id<'space'> => {
  if (ctx.actor.kind === 'client' && ctx.actor.spaceId) return ctx.actor.spaceId
  throw new Problem('insufficient_scope', 'This needs a token that acts for a space.')
}
