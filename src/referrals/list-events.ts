import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { referralEvents } from '../../db/schema/referrals.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { cardOf } from './cards.ts'

type EventRow = typeof referralEvents.$inferSelect

/** `at >=` the card's beginning lets PostgreSQL leave out the partitions before it. */
const eventsOfReferral = statement<EventRow[]>('eventsOfReferral', (db) =>
  db
    .select()
    .from(referralEvents)
    .where(
      and(
        eq(referralEvents.spaceId, arg(referralEvents.spaceId, 'spaceId')),
        eq(referralEvents.referralId, arg(referralEvents.referralId, 'referralId')),
        sql`${referralEvents.at} >= ${arg(referralEvents.at, 'since')}`,
        gt(referralEvents.seq, arg(referralEvents.seq, 'lastSeq')),
      ),
    )
    .orderBy(asc(referralEvents.seq))
    .limit(sql.placeholder('most')),
)

/** What happened, oldest first; each side sees it from the moment in which the referral reached it. */
export const listReferralEvents = async (
  ctx: Ctx,
  referralId: Id<'referral'>,
  { cursor, limit }: { cursor?: string; limit: number },
) => {
  const spaceId = spaceOf(ctx)
  const binding = ['listReferralEvents', spaceId, referralId]
  const lastSeq = cursor === undefined ? 0 : (readCursor(ctx.keys.link, binding, cursor)[0] ?? 0)
  const rows = await read(ctx, 'referrals:read', async (tx) => {
    const found = await cardOf(tx, spaceId, referralId)
    if (!found) throw notFound()
    return tx.run(eventsOfReferral, {
      spaceId,
      referralId,
      since: found.card.createdAt,
      lastSeq,
      most: limit + 1,
    })
  })
  const page = pageOf(rows, limit, ({ seq }) => makeCursor(ctx.keys.link, binding, [seq]))
  return { ...page, data: page.data.map(eventView) }
}

const eventView = ({ id, seq, event, fromStatus, toStatus, actorKind, reason, at }: EventRow) => ({
  id,
  seq,
  event,
  fromStatus,
  toStatus,
  actor: actorKind,
  reason,
  at,
})
