/**
 * What is legal, written down from the design and the rules of the guards, without looking at how the code decides it:
 * the tests of the table compare the API with this.
 */
import type { MemberEvent } from './walks.ts'

export type Actor = 'sender' | 'receiver' | 'member' | 'steward'

const active = 'accepted scheduled visited trial'
/** Ends of which it may be told that it was otherwise. */
const doubtful = 'closed declined forwarded'
const open = `draft awaiting_consent sent info_requested ${active}`

/** Event, from, to, by whom; the clock's own events are walked by themselves. */
const table: readonly (readonly [event: string, from: string, to: string, by: string])[] = [
  ['submit', 'draft', 'awaiting_consent sent', 'sender'],
  ['grant-consent', 'awaiting_consent', 'sent', 'member'],
  ['refuse-consent', 'awaiting_consent', 'consent_revoked', 'member'],
  ['ask', 'sent', 'info_requested', 'receiver'],
  ['answer', 'info_requested', 'sent', 'sender'],
  ['accept', 'sent info_requested', 'accepted', 'receiver'],
  ['decline', 'sent info_requested accepted scheduled', 'declined', 'receiver'],
  ['withdraw', 'draft awaiting_consent sent info_requested', 'withdrawn', 'sender'],
  ['request-withdrawal', active, 'same', 'sender'],
  ['confirm-withdrawal', active, 'withdrawn', 'receiver'],
  ['forward', 'sent accepted', 'forwarded', 'receiver'],
  ['schedule', 'accepted', 'scheduled', 'receiver member'],
  ['reschedule', 'scheduled', 'scheduled', 'receiver member'],
  ['record-no-show', 'scheduled', 'accepted closed', 'receiver member'],
  ['record-visit', 'accepted scheduled', 'visited', 'receiver member'],
  ['start-trial', 'accepted scheduled visited', 'trial', 'receiver member'],
  ['close', active, 'closed', 'receiver'],
  ['claim', `${active} ${doubtful}`, 'same', 'sender member'],
  ['report-left', doubtful, 'same', 'receiver member'],
  ['revoke', open, 'consent_revoked', 'member'],
  ['dispute', `${active} ${doubtful}`, 'same', 'sender receiver'],
  ['resolve', `${active} ${doubtful}`, `same ${active} closed`, 'steward'],
]

/** What a referral looks like, as far as it matters for what is legal. */
export interface Situation {
  readonly status: string
  readonly reached?: 'visited' | 'trial' | 'joined'
  readonly claim?: 'visited' | 'trial' | 'joined'
  readonly dispute?: 'open' | 'resolved'
  /** Who opened the dispute, and how high its higher account is. */
  readonly disputedBy?: 'sender' | 'receiver'
  readonly disputed?: 'visited' | 'trial' | 'joined'
  readonly decided?: 'visited' | 'trial' | 'joined'
  /** What the steward decided came before the end. */
  readonly isNews?: boolean
  readonly withdrawal?: boolean
  readonly isVisitPast?: boolean
  /** Days since the end, if it came after a yes. */
  readonly closed?: number
  /** Days since the member joined, and since it left. */
  readonly joined?: number
  readonly left?: number
  /** How often the member has been passed on. */
  readonly hops?: number
}

const stages: readonly string[] = ['none', 'visited', 'trial', 'joined']

const contested = ({ claim, dispute }: Situation) => claim !== undefined || dispute === 'open'
const young = (days: number | undefined) => days !== undefined && days <= 14

/** How high a decision goes: up to what it was about, or, after an end that came later, up to what was decided. */
const decidedLevel = ({ dispute, disputed, decided, isNews }: Situation): number =>
  dispute === 'resolved' ? stages.indexOf((isNews ? decided : disputed) ?? 'none') : 0

const toldLevel = (one: Situation): number =>
  Math.max(decidedLevel(one), ...[one.reached, one.claim].map((stage) => stages.indexOf(stage ?? 'none')))

const guards: Readonly<Record<string, (one: Situation, by: Actor) => boolean>> = {
  decline: (one) => !contested(one),
  forward: (one) => !contested(one) && !one.withdrawal && (one.hops ?? 0) < 2,
  'request-withdrawal': (one) => !contested(one) && !one.withdrawal,
  'confirm-withdrawal': ({ withdrawal }) => withdrawal === true,
  'record-visit': ({ dispute }, by) => by === 'receiver' || dispute !== 'open',
  'start-trial': ({ dispute }, by) => by === 'receiver' || dispute !== 'open',
  'record-no-show': ({ isVisitPast }) => isVisitPast === true,
  claim: (one, by) => {
    if (one.dispute === 'open') return by === 'member'
    return claimable(one, by) !== null && (active.includes(one.status) || young(one.closed))
  },
  'report-left': ({ joined, left, dispute }) =>
    joined !== undefined && joined <= 30 && left === undefined && dispute !== 'open',
  dispute: (one, by) => {
    const { claim, dispute, disputedBy, disputed, left, reached } = one
    if (dispute === 'open') return by === 'sender' && disputedBy === 'receiver' && disputed !== 'joined'
    if (left !== undefined && claim === undefined) return dispute === undefined && young(left)
    if (by === 'sender') return young(one.closed) && toldLevel(one) < stages.indexOf('joined')
    const isSettled = reached === 'joined' && decidedLevel(one) === stages.indexOf('joined')
    return claim !== undefined || (young(one.closed) && !isSettled)
  },
  resolve: ({ dispute }) => dispute === 'open',
}

export const events = table.map(([event]) => event)

/** What the actor may do, in the order of the alphabet. */
export const legalFor = (situation: Situation, actor: Actor): string[] =>
  table
    .filter(([, from, , by]) => from.split(' ').includes(situation.status) && by.split(' ').includes(actor))
    .map(([event]) => event)
    .filter((event) => guards[event]?.(situation, actor) ?? true)
    .sort()

/** Where the event may lead. */
export const targetsOf = ({ status }: Situation, event: string): string[] => {
  const to = table.find(([name]) => name === event)?.[2].split(' ') ?? []
  return status === 'closed' ? ['closed'] : to.map((one) => (one === 'same' ? status : one))
}

/** What the two spaces ask for by the API. */
export const verbs = events.filter(
  (event) => !['grant-consent', 'refuse-consent', 'revoke', 'resolve'].includes(event),
)

/** The next stage that may be claimed; null when the actor can claim none. */
export const claimable = (one: Situation, by: Actor): string | null => {
  if (one.dispute === 'open') return 'visited'
  const next = stages[toldLevel(one) + 1]
  return next === undefined || (by === 'sender' && next !== 'visited') ? null : next
}

/** Another account of what was reached than the one that stands; of an open dispute, one that is more than both. */
export const objection = (one: Situation, by: Actor) => {
  const { reached, claim, dispute, disputed, left } = one
  if (dispute === 'open') return stages[stages.indexOf(disputed ?? 'none') + 1] ?? 'joined'
  if (left !== undefined && claim === undefined) return 'joined'
  if (by === 'sender') return stages[toldLevel(one) + 1] ?? 'joined'
  if (claim !== undefined) return reached ?? 'none'
  return reached === undefined || decidedLevel(one) > 0 ? 'joined' : 'none'
}

export const memberEvents: readonly MemberEvent[] = [
  'grant-consent',
  'refuse-consent',
  'revoke',
  'schedule',
  'reschedule',
  'record-no-show',
  'record-visit',
  'start-trial',
  'claim',
  'report-left',
]
