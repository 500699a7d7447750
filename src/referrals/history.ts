import { millisOf } from '../platform/clock.ts'
import type { Happening, WriteTx } from '../platform/database/door.ts'
import { newId, type Id } from '../platform/ids.ts'
import type { CardRow } from './cards.ts'
import type { Party, ReferralEvent, Status } from './lifecycle.ts'

interface EventWords {
  readonly from: Status | null
  readonly to: Status
  /** A referral that is kept as a draft begins with `draft`. */
  readonly event: ReferralEvent | 'draft'
  readonly party: Party
  readonly reason?: string
}

/** The same event in the history of each side. */
export const eventRows = (
  tx: WriteTx,
  referralId: Id<'referral'>,
  holders: readonly Id<'space'>[],
  seq: number,
  { from, to, event, party, reason }: EventWords,
) =>
  holders.map((spaceId) => ({
    spaceId,
    at: tx.now,
    id: newId('event', millisOf(tx.now)),
    referralId,
    seq,
    event,
    fromStatus: from,
    toStatus: to,
    actorKind: party,
    reason: reason ?? null,
  }))

/** The event in the feed of one side. */
export const happeningOf = (
  spaceId: Id<'space'>,
  card: Pick<CardRow, 'id' | 'version' | 'status'>,
  event: ReferralEvent | 'draft',
): Happening => ({
  spaceId,
  topic: `referral.${event}`,
  subjectId: card.id,
  data: { sequence: card.version, status: card.status },
})
