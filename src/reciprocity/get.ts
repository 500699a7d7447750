import { and, desc, eq, getTableColumns, lte } from 'drizzle-orm'
import { balanceVersions, spaceBalances } from '../../db/schema/reciprocity.ts'
import { instant, millisOf } from '../platform/clock.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { invalidField } from '../platform/errors.ts'
import { returnRate } from './balance.ts'
import { earnedBefore, hasEnoughSpaces, limitsOf, yearBefore } from './limit.ts'

type State = Omit<typeof balanceVersions.$inferSelect, 'spaceId' | 'at'> & {
  readonly earnedBefore: number
  readonly hasEnoughSpaces: boolean
}

const balanceNow = statement<State[]>('balanceNow', (db) =>
  db
    .select({ ...getTableColumns(spaceBalances), earnedBefore, hasEnoughSpaces })
    .from(spaceBalances)
    .where(eq(spaceBalances.spaceId, arg(spaceBalances.spaceId, 'spaceId'))),
)

/** The last state of the balance at that moment: one row, too. */
const balanceAt = statement<State[]>('balanceAt', (db) =>
  db
    .select({ ...getTableColumns(balanceVersions), earnedBefore, hasEnoughSpaces })
    .from(balanceVersions)
    .where(
      and(
        eq(balanceVersions.spaceId, arg(balanceVersions.spaceId, 'spaceId')),
        lte(balanceVersions.at, arg(balanceVersions.at, 'asOf')),
      ),
    )
    .orderBy(desc(balanceVersions.at), desc(balanceVersions.lockVersion))
    .limit(1),
)

const nothingYet: State = {
  earned: 0,
  owed: 0,
  held: 0,
  provisional: 0,
  inFlight: 0,
  sent: 0,
  received: 0,
  sentActive: 0,
  receivedActive: 0,
  sentJoined: 0,
  receivedJoined: 0,
  directReturned: 0,
  lockVersion: 0,
  earnedBefore: 0,
  hasEnoughSpaces: false,
}

/**
 * The balance of the caller's space, now or as it was: one row, however long the history is.
 * @param asOf RFC 3339 @throws Problem `validation_failed` for a moment that is yet to come
 */
export const getReciprocity = async (ctx: Ctx, { asOf }: { asOf?: string } = {}) => {
  const spaceId = spaceOf(ctx)
  const now = ctx.clock.now()
  const then = asOf === undefined ? now : millisOf(asOf)
  if (then > now) throw invalidField('?asOf', 'is in the future')
  const values = { spaceId, since: yearBefore(then), asOf: instant(then) }
  const [found] = await read(ctx, 'reciprocity:read', (tx) =>
    tx.run(asOf === undefined ? balanceNow : balanceAt, values),
  )
  const state = found ?? nothingYet
  return {
    asOf: instant(then),
    lockVersion: state.lockVersion,
    referrals: referralCounts(state),
    points: pointsView(state),
    returnRate: returnRate(state.earned, state.directReturned),
    ...limitsOf(state),
  }
}

/** Nothing has come back around the network before there is clearing. */
const pointsView = ({ earned, owed, held, provisional, inFlight, directReturned }: State) => ({
  earned,
  owed,
  net: earned - owed,
  held,
  provisional,
  inFlight,
  directReturned,
  indirectReturned: 0,
  unreturned: earned - directReturned,
})

type Counts = Pick<
  State,
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
