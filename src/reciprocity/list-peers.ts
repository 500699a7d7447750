import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { pairBalances } from '../../db/schema/reciprocity.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { networkSpaceId, type Id } from '../platform/ids.ts'
import { referralCounts } from './get.ts'

interface Row {
  readonly pair: typeof pairBalances.$inferSelect
  readonly peer: { id: Id<'space'>; name: string; city: string; countryCode: string }
}

const pairsOfSpace = statement<Row[]>('pairsOfSpace', (db) =>
  db
    .select({
      pair: pairBalances,
      peer: { id: spaces.id, name: spaces.name, city: spaces.city, countryCode: spaces.countryCode },
    })
    .from(pairBalances)
    .innerJoin(spaces, eq(spaces.id, pairBalances.peerId))
    .where(
      and(
        eq(pairBalances.spaceId, arg(pairBalances.spaceId, 'spaceId')),
        gt(pairBalances.peerId, arg(pairBalances.peerId, 'lastPeer')),
      ),
    )
    .orderBy(asc(pairBalances.peerId))
    .limit(sql.placeholder('most')),
)

/** What stands between the caller's space and each peer that it ever had to do with. */
export const listPeerBalances = async (ctx: Ctx, { cursor, limit }: { cursor?: string; limit: number }) => {
  const spaceId = spaceOf(ctx)
  const binding = ['listPeerBalances', spaceId]
  const lastPeer = cursor === undefined ? networkSpaceId : readCursor(ctx.keys.link, binding, cursor)[0]
  const rows = await read(ctx, 'reciprocity:read', (tx) =>
    tx.run(pairsOfSpace, { spaceId, lastPeer, most: limit + 1 }),
  )
  const page = pageOf(rows, limit, ({ peer }) => makeCursor(ctx.keys.link, binding, [peer.id]))
  return { ...page, data: page.data.map(peerView) }
}

const peerView = ({ pair, peer }: Row) => ({
  peer,
  referrals: referralCounts(pair),
  points: {
    earned: pair.earned,
    owed: pair.owed,
    net: pair.earned - pair.owed,
    held: pair.held,
    provisional: pair.provisional,
    inFlight: pair.inFlight,
  },
  updatedAt: pair.updatedAt,
})
