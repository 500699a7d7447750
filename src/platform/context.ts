import type { Clock } from './clock.ts'
import type { Database } from './database/pool.ts'
import { Problem } from './errors.ts'
import type { Id } from './ids.ts'
import type { Installation } from './installation.ts'
import type { Keys } from './keys.ts'
import type { ManagerRole, Standing } from './roles.ts'
import type { Policy } from './policy.ts'

/** What one running Waggle is made of; built once, handed to everything. */
export interface Deps {
  readonly db: Database
  readonly clock: Clock
  readonly keys: Keys
  /** How long things take in this network. */
  readonly policy: Policy
  readonly installation: Installation
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
      /** Of that space; null without one. */
      readonly standing: Standing | null
    }
  /** A person who is signed in, or sent a token of their own. */
  | {
      readonly kind: 'manager'
      readonly id: Id<'manager'>
      /** What they are to the space that they act for; a steward acts for the network, a guest for nobody. */
      readonly role: ManagerRole | 'steward' | 'guest'
      readonly spaceId: Id<'space'> | null
      readonly scopes: ReadonlySet<string>
      readonly standing: Standing | null
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

/** The space that somebody acts for; null for the network, a member and the installation. */
export const ownSpaceOf = (actor: Actor): Id<'space'> | null =>
  actor.kind === 'client' || actor.kind === 'manager' ? actor.spaceId : null

/** The space that the caller acts for. @throws Problem when the token acts for none */
export const spaceOf = (ctx: Ctx): Id<'space'> => {
  const spaceId = ownSpaceOf(ctx.actor)
  if (spaceId) return spaceId
  throw new Problem('insufficient_scope', 'This needs a token that acts for a space.')
}
