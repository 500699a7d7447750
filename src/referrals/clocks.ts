/**
 * What the clock brings about next for a referral, and when. Pure: every transition writes the answer onto the cards,
 * and one sweep takes the cards that are due. There is no other timer.
 */
import type { Claim, Dispute } from '../../db/schema/referrals.ts'
import { instant, millisOf } from '../platform/clock.ts'
import type { Policy } from '../platform/policy.ts'
import { phaseOf, type ReferralEvent, type Status } from './lifecycle.ts'

/** What of a card the clocks look at; moments are RFC 3339. */
export interface Timed {
  readonly status: string
  readonly updatedAt: string
  readonly answerBy: string | null
  readonly askedAt: string | null
  readonly questions: number
  readonly acceptedAt: string | null
  readonly progressAt: string | null
  readonly overdueAt: string | null
  readonly scheduledFor: string | null
  readonly withdrawalRequestedAt: string | null
  readonly claim: Claim | null
  readonly dispute: Dispute | null
  readonly joinedAt: string | null
  readonly joinConfirmedAt: string | null
  readonly leftAt: string | null
  readonly heldUntil: string | null
}

interface Due {
  readonly event: ReferralEvent
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Everything that the clock will bring about as things stand, in no order. */
export const duesOf = (card: Timed, policy: Policy): Due[] => [
  ...(responseDues[card.status as Status]?.(card, policy) ?? []),
  ...(phaseOf(card.status as Status) === 'active' ? activeDues(card, policy) : []),
  ...outcomeDues(card, policy),
]

/** The next of them; a reminder whose hour has passed is left out: two at once remind nobody better. */
export const nextDueOf = (card: Timed, policy: Policy, now: number) => {
  const dues = duesOf(card, policy).filter(({ event, at }) => event !== 'remind' || at > now)
  const [first] = dues.sort((a, b) => a.at - b.at)
  return { nextDue: first?.event ?? null, nextDueAt: first ? instant(first.at) : null }
}

type Clock = (card: Timed, policy: Policy) => Due[]

const after = (event: ReferralEvent, moment: string | null, span: number): Due[] =>
  moment === null ? [] : [{ event, at: millisOf(moment) + span }]

const expiry = (card: Timed) => after('expire', card.answerBy, 0)

const responseDues: Partial<Record<Status, Clock>> = {
  draft: ({ updatedAt }, policy) => after('abandon', updatedAt, policy.draft),
  awaiting_consent: expiry,
  // Reminders are told from the end backwards, so that a pause moves them too.
  sent: (card, { response, firstReminder, secondReminder }) => [
    ...after('remind', card.answerBy, firstReminder - response),
    ...after('remind', card.answerBy, secondReminder - response),
    ...expiry(card),
  ],
  // The clock stands still for the first question only.
  info_requested: (card, policy) => [
    ...after('resume', card.askedAt, policy.question),
    ...(isPaused(card) ? [] : expiry(card)),
  ],
}

/** Whether the response clock stands still. */
export const isPaused = ({ status, questions }: Pick<Timed, 'status' | 'questions'>): boolean =>
  status === 'info_requested' && questions === 1

const activeDues: Clock = (card, policy) => [
  ...after('confirm-withdrawal', card.withdrawalRequestedAt, policy.withdrawal),
  ...overdueDue(card, policy),
  ...after('end', card.acceptedAt, policy.active),
]

const overdueDue: Clock = (card, policy) => {
  if (card.overdueAt !== null) return after('overdue', card.overdueAt, policy.update)
  const last = later(card.progressAt, card.scheduledFor)
  return after('overdue', last, last === card.acceptedAt ? policy.firstUpdate : policy.update)
}

/** The later of two moments, or the one that there is. */
export const later = (a: string | null, b: string | null): string | null =>
  a !== null && b !== null ? (isAfter(a, b) ? a : b) : (a ?? b)

export const isAfter = (a: string | null, b: string): boolean => a !== null && millisOf(a) > millisOf(b)

const outcomeDues: Clock = (card, policy) => {
  const isDisputed = isDisputeOpen(card)
  const isProvisional = card.joinConfirmedAt === null && card.leftAt === null && !isDisputed
  return [
    ...(card.claim && !isDisputed ? after('post-claim', card.claim.at, policy.claim) : []),
    ...(isDisputed ? after('resolve', card.dispute?.at ?? null, policy.dispute) : []),
    ...(isProvisional ? after('confirm-join', card.joinedAt, policy.join) : []),
    ...after('release', card.heldUntil, 0),
  ]
}

/**
 * The longest that anything can still happen to a referral, from its first draft on: every answer comes at the last
 * moment, the end is claimed and disputed, the member joins after all, leaves, and that is disputed, too.
 */
export const longestLife = (policy: Policy): number => {
  const untilSent = policy.draft + policy.consent
  const untilAccepted = policy.response + policy.absence + policy.question
  const untilJoined = policy.active + policy.objection + policy.claim + policy.dispute
  const untilLeft = policy.join + policy.objection + policy.dispute
  return untilSent + untilAccepted + untilJoined + untilLeft
}

export const isDisputeOpen = ({ dispute }: Pick<Timed, 'dispute'>): boolean => dispute?.resolution === null
