import type { Happening } from '../platform/database/door.ts'
import type { Rows } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import type { Move } from '../reciprocity/account.ts'
import type { Nudge } from '../reciprocity/balance.ts'
import type { PartyRow } from '../reciprocity/weigh.ts'
import type { CardRow, PeerRow, TextKind } from './cards.ts'
import type { Party, Status } from './lifecycle.ts'
import type { Delivery } from './submission.ts'

/** The cards of a referral while a transition holds them. */
export interface Locked {
  readonly mine: CardRow
  readonly peer: PeerRow
  readonly senderId: Id<'space'>
  readonly receiverId: Id<'space'>
  /** The spaces that have a card: the receiver has one once the referral was sent. */
  readonly holders: readonly Id<'space'>[]
  /** What decides about points, of those whom the cards are about. */
  readonly spaces: readonly PartyRow[]
  /** Tells who the member is to nobody, and that it is the same one to the ledger. */
  readonly personHash: Buffer | null
}

/** A referral in the hands of whoever brings the event about. */
export interface InHand extends Locked {
  readonly party: Party
}

/** What a verb makes of a transition. */
export interface Step {
  readonly to: Status
  readonly patch?: Partial<CardRow>
  /** Words that both sides may read. */
  readonly texts?: Partial<Record<TextKind, string>>
  /** Words or rows for one side alone. */
  readonly rows?: readonly Rows[]
  readonly reason?: string
  /** What moves on the account of the referral, beside what acceptance opens and the end voids. */
  readonly move?: Move
  /** Given when the referral reaches the receiver now. */
  readonly delivery?: Delivery
  readonly events?: readonly Happening[]
  /** What the caller is told about its balance. */
  readonly nudge?: Nudge | null
}
