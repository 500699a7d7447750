/** What an event needs beside status and actor. Pure: the moment is handed in. */
import type { Hop } from '../../db/schema/referrals.ts'
import { instant, millisOf } from '../platform/clock.ts'
import type { Policy } from '../platform/policy.ts'
import type { Stage } from '../reciprocity/balance.ts'
import { duesOf, isAfter, isDisputeOpen, later, type Timed } from './clocks.ts'
import { edges, nextStatuses, phaseOf, type Party, type ReferralEvent, type Status } from './lifecycle.ts'
import { claimedUpTo, decidedUpTo, highestOf, isMembersOwn, levelOf, rankOf, type Level } from './outcome.ts'

/** What of a card the guards look at. */
interface Guarded extends Timed {
  readonly closedAt: string | null
  readonly reached: Stage | null
  readonly linkByHand: boolean
  readonly outcome: string | null
  readonly trail: readonly Hop[]
  readonly awayDelayed: boolean
}

/** The moment and the periods by which a guard judges. */
export interface Bearings {
  readonly policy: Policy
  /** Milliseconds since 1970. */
  readonly now: number
}

/** A referral is forwarded twice at most. */
const mostHops = 2

type Guard = (card: Guarded, bearings: Bearings, party: Party) => boolean

const isContested = (card: Guarded) => card.claim !== null || isDisputeOpen(card)

const within = (moment: string | null, span: number, { now }: Bearings) =>
  moment !== null && now <= millisOf(moment) + span

/** An end after acceptance, of which may be told for a time that it was otherwise; what was decided after it is as young. */
const isYoungEnd = ({ acceptedAt, closedAt, dispute }: Guarded, bearings: Bearings) =>
  acceptedAt !== null &&
  closedAt !== null &&
  within(later(closedAt, dispute?.resolvedAt ?? null), bearings.policy.objection, bearings)

const isBelow = (level: Level, most: Level) => rankOf(level) < rankOf(most)

const mayClaim: Guard = (card, bearings, party) => {
  const isOwnWord = party === 'member' && isMembersOwn(card)
  const isLeft = isBelow(claimedUpTo(card), isOwnWord ? 'joined' : 'visited')
  return isLeft && (phaseOf(card.status as Status) === 'active' || isYoungEnd(card, bearings))
}

/**
 * The receiver disputes what is claimed, and either side the end: the sender where there may be more to tell than was told or
 * decided, the receiver where there may be less, or more.
 */
const mayDispute: Guard = (card, bearings, party) => {
  const { claim, leftAt, dispute } = card
  if (leftAt !== null && claim === null) {
    return (
      within(leftAt, bearings.policy.objection, bearings) &&
      isAfter(leftAt, dispute?.resolvedAt ?? instant(0))
    )
  }
  if (party === 'sender') return isYoungEnd(card, bearings) && isBelow(claimedUpTo(card), 'joined')
  const isOpen = isBelow(levelOf(card.reached), 'joined') || isBelow(decidedUpTo(card), 'joined')
  return claim !== null || (isYoungEnd(card, bearings) && isOpen)
}

/** To a receiver who disputes, the sender may answer that there was more to it still. */
const mayAnswerDispute: Guard = ({ dispute }, _, party) =>
  party === 'sender' && dispute?.by === 'receiver' && highestOf(dispute) !== 'joined'

/** The member's own word counts at once, unless the two spaces are at odds. */
const mayReport: Guard = (card, _, party) =>
  party !== 'member' || (!isDisputeOpen(card) && isMembersOwn(card))

const guards: Partial<Record<ReferralEvent, Guard>> = {
  postpone: (card) => !card.awayDelayed,
  decline: (card) => !isContested(card),
  forward: (card) =>
    !isContested(card) && card.withdrawalRequestedAt === null && card.trail.length < mostHops,
  'request-withdrawal': (card) => card.withdrawalRequestedAt === null && !isContested(card),
  'confirm-withdrawal': (card) => card.withdrawalRequestedAt !== null,
  // Nobody stayed away from a visit that is still to come.
  'record-no-show': ({ scheduledFor }, { now }) => scheduledFor !== null && millisOf(scheduledFor) <= now,
  'record-visit': mayReport,
  'start-trial': mayReport,
  // While two accounts stand against each other, the member's word is heard, and nobody else's.
  claim: (card, bearings, party) =>
    isDisputeOpen(card) ? party === 'member' : mayClaim(card, bearings, party),
  'report-left': (card, bearings) =>
    card.outcome === 'joined' &&
    card.leftAt === null &&
    !isDisputeOpen(card) &&
    within(card.joinedAt, bearings.policy.join, bearings),
  dispute: (card, bearings, party) =>
    (isDisputeOpen(card) ? mayAnswerDispute : mayDispute)(card, bearings, party),
  resolve: isDisputeOpen,
}

/** What the clock does, it does when it is due; an absence is looked at when the time to answer is over. */
const isDue = (event: ReferralEvent, card: Guarded, { policy, now }: Bearings): boolean => {
  const due = event === 'postpone' ? 'expire' : event
  return duesOf(card, policy).some((one) => one.event === due && one.at <= now)
}

/** Where `event` may lead now when `party` brings it about; null when it may not. */
export const targetsOf = (card: Guarded, event: ReferralEvent, party: Party, bearings: Bearings) => {
  const targets = nextStatuses(card.status as Status, event, party)
  if (!targets || !(guards[event]?.(card, bearings, party) ?? true)) return null
  if (party === 'clock' && event !== 'mirror-outcome' && !isDue(event, card, bearings)) return null
  return targets
}

/** What `party` may bring about now. */
export const legalNow = (card: Guarded, party: Party, bearings: Bearings): ReferralEvent[] =>
  edges.map(({ event }) => event).filter((event) => targetsOf(card, event, party, bearings) !== null)
