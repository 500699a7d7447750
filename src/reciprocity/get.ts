import { and, desc, eq, getTableColumns, gt, sql } from 'drizzle-orm'
import { ledgerEntries, spaceBalances } from '../../db/schema/reciprocity.ts'
import { day, instant } from '../platform/clock.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { earnedThatCounts, limitOf, pointsOf, returnRate } from './balance.ts'

type BalanceRow = typeof spaceBalances.$inferSelect

/** The window of the limit. */
const year = 365 * day

/** Earnings beyond `earnedThatCounts` change no limit, so the newest entries that can hold as much are enough to read. */
const enoughEntries = earnedThatCounts / Math.min(...Object.values(pointsOf))

const balanceOfSpace = statement<(BalanceRow & { earnedInYear: number })[]>('balanceOfSpace', (db) => {
  const newest = db
    .select({ points: ledgerEntries.points })
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.spaceId, arg(ledgerEntries.spaceId, 'spaceId')),
        gt(ledgerEntries.at, arg(ledgerEntries.at, 'since')),
        gt(ledgerEntries.points, 0),
      ),
    )
    .orderBy(desc(ledgerEntries.at))
    .limit(enoughEntries)
    .as('newest')
  const earnedInYear = sql<number>`(select coalesce(sum(${newest.points}), 0)::int from ${newest})`
  return db
    .select({ ...getTableColumns(spaceBalances), earnedInYear })
    .from(spaceBalances)
    .where(eq(spaceBalances.spaceId, arg(spaceBalances.spaceId, 'spaceId')))
})

const nothingYet = {
  earned: 0,
  owed: 0,
  inFlight: 0,
  sent: 0,
  received: 0,
  sentActive: 0,
  receivedActive: 0,
  sentJoined: 0,
  receivedJoined: 0,
  directReturned: 0,
  lockVersion: 0,
  earnedInYear: 0,
}

/** The balance of the caller's space: one row, and at most 170 entries for the limit, however long the history is. */
export const getReciprocity = async (ctx: Ctx) => {
  const spaceId = spaceOf(ctx)
  const now = ctx.clock.now()
  const [found] = await read(ctx, 'reciprocity:read', (tx) =>
    tx.run(balanceOfSpace, { spaceId, since: instant(now - year) }),
  )
  const balance = found ?? nothingYet
  return {
    asOf: instant(now),
    lockVersion: balance.lockVersion,
    referrals: referralCounts(balance),
    points: pointsView(balance),
    returnRate: returnRate(balance.earned, balance.directReturned),
    limit: limitOf(balance.earnedInYear),
  }
}

/** Nothing is held and nothing has come back around the network before there is probation and clearing. */
const pointsView = ({ earned, owed, inFlight, directReturned }: typeof nothingYet) => ({
  earned,
  owed,
  net: earned - owed,
  held: 0,
  inFlight,
  directReturned,
  indirectReturned: 0,
  unreturned: earned - directReturned,
})

type Counts = Pick<
  BalanceRow,
  'sent' | 'received' | 'sentActive' | 'receivedActive' | 'sentJoined' | 'receivedJoined'
>

export const referralCounts = ({
  sent,
  received,
  sentActive,
  receivedActive,
  sentJoined,
  receivedJoined,
}: Counts): Counts => ({ sent, received, sentActive, receivedActive, sentJoined, receivedJoined })
