/** What becomes of a referral, and what that is worth: who said what, and which account of it stands. Pure. */
import type { Claim, Dispute } from '../../db/schema/referrals.ts'
import type { Move } from '../reciprocity/account.ts'
import { stages, stagesUpTo, type Stage } from '../reciprocity/balance.ts'
import { isAfter, isDisputeOpen } from './clocks.ts'
import { phaseOf, type Status } from './lifecycle.ts'

/** What of a card tells how far the referral has come. */
interface Told {
  readonly status: string
  readonly reached: Stage | null
  readonly outcome: string | null
  readonly claim: Claim | null
  readonly dispute: Dispute | null
  readonly memberReport: Stage | 'left' | null
  readonly joinedAt: string | null
  readonly leftAt: string | null
  readonly closedAt: string | null
  readonly linkByHand: boolean
}

/** A stage, or none, as something that can be compared. */
export type Level = Stage | 'none'
const levels: readonly Level[] = ['none', ...stages]
export const rankOf = (level: Level): number => levels.indexOf(level)

const higher = (a: Level, b: Level): Level => (rankOf(a) >= rankOf(b) ? a : b)
const lower = (a: Level, b: Level): Level => (rankOf(a) < rankOf(b) ? a : b)

/** The higher of the two accounts. */
export const highestOf = ({ contested, asserted }: Dispute): Level => higher(contested, asserted)

export const levelOf = (stage: Stage | null): Level => stage ?? 'none'
const stageOf = (level: Level): Stage | null => (level === 'none' ? null : level)

/** The stages up to a level, and those above it. */
export const upTo = (level: Level): Stage[] => (level === 'none' ? [] : stagesUpTo(level))
export const above = (level: Level): Stage[] => stages.slice(rankOf(level))

/**
 * Up to where a dispute that was decided leaves nothing to be told: all that it was about; or, when the referral ended after it,
 * what it decided, as more may have come about since.
 */
export const decidedUpTo = ({ dispute, closedAt }: Pick<Told, 'dispute' | 'closedAt'>): Level => {
  if (dispute === null || dispute.resolvedAt === null) return 'none'
  return isAfter(closedAt, dispute.resolvedAt) ? (dispute.decided ?? 'none') : highestOf(dispute)
}

/** Up to where there is nothing left to claim. */
export const claimedUpTo = (card: Pick<Told, 'reached' | 'claim' | 'dispute' | 'closedAt'>): Level =>
  higher(decidedUpTo(card), higher(levelOf(card.reached), levelOf(card.claim?.stage ?? null)))

/** How far the points are kept open for a claim or a dispute; none when nobody objects. */
export const keptFor = (card: Pick<Told, 'claim' | 'dispute'>): Level => {
  if (isDisputeOpen(card) && card.dispute) return highestOf(card.dispute)
  return levelOf(card.claim?.stage ?? null)
}

/** What a card becomes when it is reported that `stage` was reached: a claim or dispute that asked for no more is settled. */
export const reportOf = (card: Told, stage: Stage, now: string) => {
  const isSettled = rankOf(stage) >= rankOf(keptFor(card))
  return {
    reached: stageOf(higher(stage, levelOf(card.reached))),
    ...(isSettled ? settled(card) : raised(card, stage)),
    ...(stage === 'joined' && card.joinedAt === null && { joinedAt: now }),
  }
}

/** A claim that is answered, and a dispute in which both say the same at last. */
const settled = (card: Told) => ({ claim: null, ...(isDisputeOpen(card) && { dispute: null }) })

/** Neither account of a dispute may fall below what was reported since: the points of that are posted. */
const raised = ({ dispute }: Told, stage: Stage) =>
  dispute?.resolution === null
    ? {
        dispute: {
          ...dispute,
          contested: higher(dispute.contested, stage),
          asserted: higher(dispute.asserted, stage),
        },
      }
    : {}

/** Outcomes that say of a claimed stage that it was not reached. */
const denials: Readonly<Record<string, readonly Stage[]>> = {
  no_show: ['visited', 'trial', 'joined'],
  unreachable: ['visited', 'trial', 'joined'],
  not_joined: ['joined'],
  completed: ['joined'],
}

/** The dispute that the receiver opens by reporting another outcome than was claimed; null when the two agree. */
export const disputeByReport = (
  { claim, dispute, reached }: Told,
  outcome: string,
  now: string,
): Dispute | null => {
  if (claim === null || isDisputeOpen({ dispute }) || !denials[outcome]?.includes(claim.stage)) return null
  return newDispute('receiver', claim.stage, levelOf(reached), now)
}

export const newDispute = (by: Dispute['by'], contested: Level, asserted: Level, now: string): Dispute => ({
  by,
  at: now,
  contested,
  asserted,
  decided: null,
  resolution: null,
  resolvedAt: null,
})

/** The dispute moves no point before it is resolved: what was posted is reversed for the time, and waits. */
export const heldBy = ({ contested, asserted }: Dispute, card: Told): Move => {
  const low = lower(contested, asserted)
  const between = above(low).filter((stage) => rankOf(stage) <= rankOf(higher(contested, asserted)))
  const posted = upTo(levelOf(card.reached)).filter((stage) => between.includes(stage))
  return { reverses: posted, because: 'disputed', opens: between }
}

/**
 * What is said for the sender while a dispute is open, by itself or by the member: their account rises to it, so that a
 * receiver who doubts its own report cannot leave out what came after it. The receiver's account stays.
 */
export const risenTo = (dispute: Dispute, stage: Stage): { dispute: Dispute; move: Move } => {
  const most = highestOf(dispute)
  if (rankOf(stage) <= rankOf(most)) return { dispute, move: {} }
  const account = dispute.by === 'sender' ? 'asserted' : 'contested'
  return {
    dispute: { ...dispute, [account]: stage },
    move: { opens: above(most).filter((one) => rankOf(one) <= rankOf(stage)) },
  }
}

/** Whether what comes by the member's link is the member's word for sure: one that the sender passed on, it can open itself. */
export const isMembersOwn = ({ linkByHand }: Pick<Told, 'linkByHand'>): boolean => !linkByHand

/** What is taken to be true of a dispute that nobody resolved in time: the member's word, or the lesser of the two. */
export const levelByMember = ({ contested, asserted }: Dispute, card: Told): Level => {
  const [least, most] = [lower(contested, asserted), higher(contested, asserted)]
  const report = isMembersOwn(card) ? card.memberReport : null
  if (report === null) return least
  return lower(most, higher(least, report === 'left' ? 'trial' : report))
}

/** How a referral stands once it is settled that this much was reached and no more. */
export const landing = (card: Told, level: Level, now: string) => {
  const status = card.status as Status
  const isClosed = phaseOf(status) === 'closed'
  const isJoined = level === 'joined'
  const patch = {
    claim: null,
    reached: stageOf(level),
    ...(isJoined && { outcome: 'joined', outcomeReason: null, joinedAt: card.joinedAt ?? now, leftAt: null }),
    ...(!isJoined && wasNoJoin(card) && { ...noJoin(status), joinedAt: null }),
    ...(isDenied(card, level) && { outcome: 'unknown' }),
  }
  const move: Move = { posts: upTo(level), voids: isClosed || isJoined ? above(level) : [] }
  return { to: statusAt(status, level), patch, move }
}

/** Whoever was not there, or not reached, did not come: once it stands that they did, the end is not known. */
const isDenied = ({ outcome }: Told, level: Level) =>
  level !== 'none' && level !== 'joined' && (denials[outcome ?? '']?.includes(level) ?? false)

/** Somebody who left again had joined. */
const wasNoJoin = ({ outcome, leftAt }: Told) => outcome === 'joined' && leftAt === null

/** A refusal or a forwarding has no outcome of its own, as long as nobody joined all the same. */
const noJoin = (status: Status) =>
  status === 'closed'
    ? { outcome: 'not_joined', outcomeReason: 'other' }
    : { outcome: null, outcomeReason: null }

/** Where a referral stands at a level; it never goes back. */
const statusAt = (status: Status, level: Level): Status => {
  if (phaseOf(status) === 'closed') return status
  if (level === 'joined') return 'closed'
  if (level === 'trial') return 'trial'
  return level === 'visited' && status !== 'trial' ? 'visited' : status
}
