/** What an event needs beside status and actor. Pure: the moment is handed in. */
import type { Hop } from '../../db/schema/referrals.ts'
import { millisOf } from '../platform/clock.ts'
import type { Policy } from '../platform/policy.ts'
import type { Stage } from '../reciprocity/balance.ts'
import { duesOf, isDisputeOpen, type Timed } from './clocks.ts'
import { edges, nextStatuses, phaseOf, type Party, type ReferralEvent, type Status } from './lifecycle.ts'
import { claimedUpTo, keptFor, rankOf } from './outcome.ts'

/** What of a card the guards look at. */
interface Guarded extends Timed {
  readonly closedAt: string | null
  readonly reached: Stage | null
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

/** Whether a dispute that was decided leaves open what was told at the moment: it settles all that came before. */
const isUndecided = ({ dispute }: Guarded, moment: string | null | undefined) =>
  dispute === null ||
  (typeof moment === 'string' &&
    dispute.resolvedAt !== null &&
    millisOf(moment) > millisOf(dispute.resolvedAt))

/** An end after acceptance, of which may be told for a time that it was otherwise. */
const isYoungEnd = (card: Guarded, bearings: Bearings) =>
  card.acceptedAt !== null &&
  within(card.closedAt, bearings.policy.objection, bearings) &&
  isUndecided(card, card.closedAt)

const mayClaim: Guard = (card, bearings, party) => {
  const most = party === 'sender' ? 'visited' : 'joined'
  const isLeft = rankOf(claimedUpTo(card)) < rankOf(most)
  return isLeft && (phaseOf(card.status as Status) === 'active' || isYoungEnd(card, bearings))
}

/** Nobody disputes an own claim; the end, one may, though one has claimed something. */
const mayDispute: Guard = (card, bearings, party) =>
  (card.claim !== null && card.claim.by !== party && isUndecided(card, card.claim.at)) ||
  isYoungEnd(card, bearings) ||
  (within(card.leftAt, bearings.policy.objection, bearings) && isUndecided(card, card.leftAt))

/** To a receiver who disputes, the sender may answer that there was more to it still. */
const mayAnswerDispute: Guard = ({ dispute }, _, party) =>
  party === 'sender' && dispute?.by === 'receiver' && keptFor({ claim: null, dispute }) !== 'joined'

const notAgainstDispute: Guard = (card, _, party) => party !== 'member' || !isDisputeOpen(card)

const guards: Partial<Record<ReferralEvent, Guard>> = {
  postpone: (card) => !card.awayDelayed,
  decline: (card) => !isContested(card),
  forward: (card) =>
    !isContested(card) && card.withdrawalRequestedAt === null && card.trail.length < mostHops,
  'request-withdrawal': (card) => card.withdrawalRequestedAt === null && !isContested(card),
  'confirm-withdrawal': (card) => card.withdrawalRequestedAt !== null,
  // Nobody stayed away from a visit that is still to come.
  'record-no-show': ({ scheduledFor }, { now }) => scheduledFor !== null && millisOf(scheduledFor) <= now,
  'record-visit': notAgainstDispute,
  'start-trial': notAgainstDispute,
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
