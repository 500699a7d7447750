import { and, count, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { ledgerEntries } from '../../db/schema/reciprocity.ts'
import { referrals } from '../../db/schema/referrals.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { Ctx } from '../platform/context.ts'
import { read, type ReadTx } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { hasEnoughSpaces, yearBefore } from './limit.ts'
import { ringsOf, type Edge } from './rings.ts'

/** Points earned in a year from which one peer's part of them is looked at: five credits. */
const enoughPoints = 500
/** The part from one peer that may not be exceeded, in hundredths. */
const mostFromOne = 60
/** Members who joined from which their never being seen before is looked at. */
const enoughJoins = 3

export interface FlaggedSpace {
  readonly id: Id<'space'>
  readonly slug: string
  readonly name: string
}

/** Something that the steward may want to look at; it changes nothing by itself. */
export type Flag =
  | {
      readonly kind: 'one_peer'
      readonly space: FlaggedSpace
      readonly peer: FlaggedSpace
      /** Of the points that the space earned in 365 days, those from the peer. */
      readonly points: number
      readonly pointsOfAll: number
    }
  | { readonly kind: 'ring'; readonly spaces: readonly FlaggedSpace[] }

/**
 * What looks as if points were made rather than earned; null while there are fewer spaces than flags are for.
 *
 * - `one_peer`: of at least five credits that a space earned in the last 365 days (final points as creditor, what was
 *   taken back subtracted), more than 60 % are from one peer.
 * - `ring`: two or more spaces, each reached from every other along pairs A → B in which at least three members whom A
 *   sent first joined B in the last 365 days and have not left, and none of these referrals holds a day of a visit.
 */
export const findFlags = (ctx: Ctx): Promise<Flag[] | null> =>
  read(ctx, 'network:admin', async (tx) => {
    const [size] = await tx.db.select({ isEnough: hasEnoughSpaces }).from(sql`(select) as network`)
    if (size?.isEnough !== true) return null
    const since = yearBefore(ctx.clock.now())
    const peers = await onePeers(tx, since)
    const rings = ringsOf(await unseenPairs(tx, since))
    const names = await namesOf(tx, [
      ...peers.flatMap(({ spaceId, peerId }) => [spaceId, peerId]),
      ...rings.flat(),
    ])
    return [
      ...peers.map(({ spaceId, peerId, points, pointsOfAll }) => ({
        kind: 'one_peer' as const,
        space: names(spaceId),
        peer: names(peerId),
        points,
        pointsOfAll,
      })),
      ...rings.map((ring) => ({ kind: 'ring' as const, spaces: ring.map(names).sort(bySlug) })),
    ]
  })

const bySlug = (a: FlaggedSpace, b: FlaggedSpace) => (a.slug < b.slug ? -1 : 1)

const onePeers = (tx: ReadTx, since: string) => {
  const { spaceId, peerId, points, side, at } = ledgerEntries
  const ofPair = tx.db
    .select({
      spaceId,
      peerId,
      points: sql<number>`sum(${points})`.as('of_pair'),
      pointsOfAll: sql<number>`sum(sum(${points})) over (partition by ${spaceId})`.as('of_all'),
    })
    .from(ledgerEntries)
    .where(and(eq(side, 'creditor'), gt(at, since)))
    .groupBy(spaceId, peerId)
    .as('pairs')
  return tx.db
    .select({
      spaceId: ofPair.spaceId,
      peerId: ofPair.peerId,
      points: sql`${ofPair.points}`.mapWith(Number),
      pointsOfAll: sql`${ofPair.pointsOfAll}`.mapWith(Number),
    })
    .from(ofPair)
    .where(
      sql`${ofPair.pointsOfAll} >= ${enoughPoints} and ${ofPair.points} * 100 > ${ofPair.pointsOfAll} * ${mostFromOne}`,
    )
    .orderBy(ofPair.spaceId)
}

const unseenPairs = (tx: ReadTx, since: string): Promise<Edge<Id<'space'>>[]> => {
  const { originId, spaceId, role, joinedAt, leftAt, outcome, visitedOn } = referrals
  return tx.db
    .select({ from: originId, to: spaceId })
    .from(referrals)
    .where(and(eq(role, 'receiver'), eq(outcome, 'joined'), gt(joinedAt, since), isNull(leftAt)))
    .groupBy(originId, spaceId)
    .having(sql`${count()} >= ${enoughJoins} and ${count(visitedOn)} = 0`)
}

const namesOf = async (tx: ReadTx, ids: readonly Id<'space'>[]) => {
  const rows = await tx.db
    .select({ id: spaces.id, slug: spaces.slug, name: spaces.name })
    .from(spaces)
    .where(inArray(spaces.id, [...new Set(ids)]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return (id: Id<'space'>): FlaggedSpace => byId.get(id) ?? { id, slug: '', name: id }
}
