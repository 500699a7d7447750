import { eq, sql } from 'drizzle-orm'
import { balanceVersions, spaceBalances } from '../../db/schema/reciprocity.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { day, instant } from '../platform/clock.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import { limitOf, nudgeOf, type Nudge } from './balance.ts'

/** Among fewer spaces than this no limit is looked at: there everybody knows. */
const enoughSpaces = 10

/** The beginning of the window of the limit. */
export const yearBefore = (now: number): string => instant(now - 365 * day)

/** What had been earned when the window began: what was earned since is the difference, at any number of entries. */
export const earnedBefore = sql`coalesce((select v.earned from ${balanceVersions} v
  where v.space_id = ${arg(balanceVersions.spaceId, 'spaceId')} and v.at <= ${arg(balanceVersions.at, 'since')}
  order by v.at desc, v.lock_version desc limit 1), 0)`.mapWith(Number)

export const hasEnoughSpaces = sql<boolean>`(select count(*) >= ${sql.raw(String(enoughSpaces))}
  from (select from ${spaces} where status = 'admitted' limit ${sql.raw(String(enoughSpaces))}) as active)`

interface Standing {
  readonly earned: number
  readonly owed: number
  readonly earnedBefore: number
  readonly hasEnoughSpaces: boolean
}

const standingOfSpace = statement<Standing[]>('standingOfSpace', (db) =>
  db
    .select({ earned: spaceBalances.earned, owed: spaceBalances.owed, earnedBefore, hasEnoughSpaces })
    .from(spaceBalances)
    .where(eq(spaceBalances.spaceId, arg(spaceBalances.spaceId, 'spaceId'))),
)

/** How far below zero the balance may go before a nudge, and whether it is time for one. */
export const limitsOf = ({ earned, owed, earnedBefore: before, hasEnoughSpaces: isGrown }: Standing) => {
  const limit = limitOf(earned - before)
  return { limit, nudge: isGrown ? nudgeOf(earned - owed, limit) : null }
}

/** What a space that takes another member in is to be told about its balance; nobody is ever refused for it. */
export const nudgeFor = async (tx: ReadTx, spaceId: Id<'space'>, now: number): Promise<Nudge | null> => {
  const [found] = await tx.run(standingOfSpace, { spaceId, since: yearBefore(now) })
  return found ? limitsOf(found).nudge : null
}
