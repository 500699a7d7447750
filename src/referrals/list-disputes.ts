import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { referrals, type Dispute } from '../../db/schema/referrals.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read, type ReadTx } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { textsOf } from './cards.ts'
import type { OpenDispute } from './contract-disputes.ts'

const sending = alias(spaces, 'sending')
const receiving = alias(spaces, 'receiving')

interface Asked {
  readonly limit: number
  readonly cursor?: string
}

/** The disputes that are open, the oldest referral first, with what was written to the steward. */
export const listDisputes = (ctx: Ctx, { limit, cursor }: Asked) => {
  const binding = ['listDisputes']
  const [after] = cursor === undefined ? [] : readCursor(ctx.keys.link, binding, cursor)
  return read(ctx, 'network:admin', async (tx) => {
    const rows = await openOnes(tx, after as Id<'referral'> | undefined, limit + 1)
    const page = pageOf(rows, limit, ({ card }) => makeCursor(ctx.keys.link, binding, [card.id]))
    return { ...page, data: await Promise.all(page.data.map((row) => toldOf(ctx, tx, row))) }
  })
}

const openOnes = (tx: ReadTx, after: Id<'referral'> | undefined, most: number) =>
  tx.db
    .select({ card: referrals, sender: sending.name, receiver: receiving.name })
    .from(referrals)
    .innerJoin(sending, eq(sending.id, referrals.spaceId))
    .innerJoin(receiving, eq(receiving.id, referrals.peerId))
    .where(
      and(
        sql`${referrals.role} = 'sender' and ${referrals.dispute} is not null and ${referrals.dispute}->>'resolution' is null`,
        after === undefined ? undefined : gt(referrals.id, after),
      ),
    )
    .orderBy(asc(referrals.id))
    .limit(most)

type Row = Awaited<ReturnType<typeof openOnes>>[number]

const toldOf = async (ctx: Ctx, tx: ReadTx, { card, sender, receiver }: Row): Promise<OpenDispute> => {
  const { by, at, contested, asserted } = card.dispute as Dispute
  const texts = await textsOf(ctx, tx, card.spaceId, card.id)
  return {
    ...{ referralId: card.id, version: card.version, sender, receiver, by, at, contested, asserted },
    memberReport: card.memberReport,
    decidedAt: card.nextDue === 'resolve' ? card.nextDueAt : null,
    note: texts.get('dispute_note') ?? null,
    answer: texts.get('dispute_answer') ?? null,
  }
}
