import { and, asc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { referrals, type Dispute } from '../../db/schema/referrals.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { textsOf } from './cards.ts'

/** A dispute that waits for the steward. */
export interface OpenDispute extends Pick<Dispute, 'by' | 'at' | 'contested' | 'asserted'> {
  readonly referralId: Id<'referral'>
  readonly version: number
  readonly sender: string
  readonly receiver: string
  /** What the member told; it decides when nobody else does. */
  readonly memberReport: string | null
  /** When it is decided without the steward, RFC 3339; null while something else comes first. */
  readonly decidedAt: string | null
  readonly note: string | null
  /** What the sender wrote to it. */
  readonly answer: string | null
}

const sending = alias(spaces, 'sending')
const receiving = alias(spaces, 'receiving')

/** The disputes that are open, the oldest first, with what was written to the steward. */
export const listDisputes = (ctx: Ctx): Promise<OpenDispute[]> =>
  read(ctx, 'network:admin', async (tx) => {
    const rows = await tx.db
      .select({ card: referrals, sender: sending.name, receiver: receiving.name })
      .from(referrals)
      .innerJoin(sending, eq(sending.id, referrals.spaceId))
      .innerJoin(receiving, eq(receiving.id, referrals.peerId))
      .where(
        and(
          eq(referrals.role, 'sender'),
          sql`${referrals.dispute} is not null and ${referrals.dispute}->>'resolution' is null`,
        ),
      )
      .orderBy(asc(sql`${referrals.dispute}->>'at'`))
    const open: OpenDispute[] = []
    for (const { card, sender, receiver } of rows) {
      const { by, at, contested, asserted } = card.dispute as Dispute
      const texts = await textsOf(ctx, tx, card.spaceId, card.id)
      open.push({
        ...{ referralId: card.id, version: card.version, sender, receiver, by, at, contested, asserted },
        memberReport: card.memberReport,
        decidedAt: card.nextDue === 'resolve' ? card.nextDueAt : null,
        note: texts.get('dispute_note') ?? null,
        answer: texts.get('dispute_answer') ?? null,
      })
    }
    return open
  })
