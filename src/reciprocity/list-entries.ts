import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { ledgerEntries } from '../../db/schema/reciprocity.ts'
import type { z } from 'zod'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import type { listLedgerEntries as contract } from './contract.ts'

/** Every posting to the caller's space, newest first. */
export const listLedgerEntries = async (ctx: Ctx, filters: z.output<typeof contract.query>) => {
  const spaceId = spaceOf(ctx)
  const { limit, cursor, peerId, referralId } = filters
  const binding = ['listLedgerEntries', spaceId, peerId, referralId]
  const last = cursor === undefined ? null : (readCursor(ctx.keys.link, binding, cursor)[0] as Id<'entry'>)
  const rows = await read(ctx, 'reciprocity:read', (tx) =>
    tx.db
      .select()
      .from(ledgerEntries)
      .where(
        and(
          eq(ledgerEntries.spaceId, spaceId),
          peerId && eq(ledgerEntries.peerId, peerId),
          referralId && eq(ledgerEntries.referralId, referralId),
          last === null ? sql`true` : lt(ledgerEntries.id, last),
        ),
      )
      .orderBy(desc(ledgerEntries.id))
      .limit(limit + 1),
  )
  const page = pageOf(rows, limit, ({ id }) => makeCursor(ctx.keys.link, binding, [id]))
  return {
    ...page,
    data: page.data.map(({ spaceId: _owner, ...entry }) => entry),
  }
}
