/**
 * The life of a referral, as a table (design: "The life of a referral"). Pure: no clock, no database. What depends on
 * more than status and actor stands in `guards.ts`.
 */
import type { phases, statuses } from './contract-choices.ts'

export type Status = (typeof statuses)[number]
export type Phase = (typeof phases)[number]

export const parties = ['sender', 'receiver', 'member', 'steward', 'clock'] as const
export type Party = (typeof parties)[number]

const phaseByStatus: Readonly<Record<Status, Phase>> = {
  draft: 'preparing',
  awaiting_consent: 'preparing',
  sent: 'pending',
  info_requested: 'pending',
  accepted: 'active',
  scheduled: 'active',
  visited: 'active',
  trial: 'active',
  closed: 'closed',
  declined: 'closed',
  expired: 'closed',
  withdrawn: 'closed',
  forwarded: 'closed',
  consent_revoked: 'closed',
}

/** The stable word for integrators; `status` may gain values. */
export const phaseOf = (status: Status): Phase => phaseByStatus[status]

const active = ['accepted', 'scheduled', 'visited', 'trial'] as const
const open = ['draft', 'awaiting_consent', 'sent', 'info_requested', ...active] as const

/** Ends of which it may be told later that it went otherwise; of a refusal or a forwarding only if it came after acceptance. */
const contestable = ['closed', 'declined', 'forwarded'] as const

interface Edge {
  readonly event: string
  readonly from: readonly Status[]
  /** `same` for events that leave the status as it is and raise a flag. */
  readonly to: readonly Status[] | 'same'
  readonly by: readonly Party[]
}

export const edges = [
  { event: 'submit', from: ['draft'], to: ['awaiting_consent', 'sent'], by: ['sender'] },
  { event: 'grant-consent', from: ['awaiting_consent'], to: ['sent'], by: ['member'] },
  { event: 'refuse-consent', from: ['awaiting_consent'], to: ['consent_revoked'], by: ['member'] },
  { event: 'ask', from: ['sent'], to: ['info_requested'], by: ['receiver'] },
  { event: 'answer', from: ['info_requested'], to: ['sent'], by: ['sender'] },
  { event: 'resume', from: ['info_requested'], to: ['sent'], by: ['clock'] },
  { event: 'remind', from: ['sent'], to: 'same', by: ['clock'] },
  { event: 'postpone', from: ['sent', 'info_requested'], to: 'same', by: ['clock'] },
  { event: 'accept', from: ['sent', 'info_requested'], to: ['accepted'], by: ['receiver'] },
  {
    event: 'decline',
    from: ['sent', 'info_requested', 'accepted', 'scheduled'],
    to: ['declined'],
    by: ['receiver'],
  },
  { event: 'expire', from: ['awaiting_consent', 'sent', 'info_requested'], to: ['expired'], by: ['clock'] },
  {
    event: 'withdraw',
    from: ['draft', 'awaiting_consent', 'sent', 'info_requested'],
    to: ['withdrawn'],
    by: ['sender'],
  },
  { event: 'abandon', from: ['draft'], to: ['withdrawn'], by: ['clock'] },
  { event: 'request-withdrawal', from: active, to: 'same', by: ['sender'] },
  { event: 'confirm-withdrawal', from: active, to: ['withdrawn'], by: ['receiver', 'clock'] },
  { event: 'forward', from: ['sent', 'accepted'], to: ['forwarded'], by: ['receiver'] },
  { event: 'schedule', from: ['accepted'], to: ['scheduled'], by: ['receiver', 'member'] },
  { event: 'reschedule', from: ['scheduled'], to: ['scheduled'], by: ['receiver', 'member'] },
  { event: 'record-no-show', from: ['scheduled'], to: ['accepted', 'closed'], by: ['receiver', 'member'] },
  { event: 'record-visit', from: ['accepted', 'scheduled'], to: ['visited'], by: ['receiver', 'member'] },
  {
    event: 'start-trial',
    from: ['accepted', 'scheduled', 'visited'],
    to: ['trial'],
    by: ['receiver', 'member'],
  },
  { event: 'close', from: active, to: ['closed'], by: ['receiver'] },
  { event: 'claim', from: [...active, ...contestable], to: 'same', by: ['sender', 'member'] },
  {
    event: 'post-claim',
    from: [...active, ...contestable],
    to: [...active, 'closed'],
    by: ['clock'],
  },
  { event: 'report-left', from: contestable, to: 'same', by: ['receiver', 'member'] },
  { event: 'overdue', from: active, to: 'same', by: ['clock'] },
  { event: 'end', from: active, to: ['closed'], by: ['clock'] },
  { event: 'revoke', from: open, to: ['consent_revoked'], by: ['member'] },
  { event: 'dispute', from: [...active, ...contestable], to: 'same', by: ['sender', 'receiver'] },
  {
    event: 'resolve',
    from: [...active, ...contestable],
    to: [...active, 'closed'],
    by: ['steward', 'clock'],
  },
  { event: 'confirm-join', from: contestable, to: 'same', by: ['clock'] },
  {
    event: 'release',
    from: [...active, 'closed', 'declined', 'withdrawn', 'forwarded', 'consent_revoked'],
    to: 'same',
    by: ['clock'],
  },
  { event: 'mirror-outcome', from: ['forwarded'], to: 'same', by: ['clock'] },
] as const satisfies readonly Edge[]

export type ReferralEvent = (typeof edges)[number]['event']

const table: readonly Edge[] = edges

export const isOpen = (status: Status): boolean => (open as readonly Status[]).includes(status)

/** Where `event` may lead from `status` when `party` brings it about; null when it may not. */
export const nextStatuses = (
  status: Status,
  event: ReferralEvent,
  party: Party,
): readonly Status[] | null => {
  const edge = table.find((one) => one.event === event)
  if (!edge?.from.includes(status) || !edge.by.includes(party)) return null
  // An end is never left: what comes after it is told on the ended referral.
  return edge.to === 'same' || !isOpen(status) ? [status] : edge.to
}

/** What `party` may bring about in `status`. */
export const legalEvents = (status: Status, party: Party): ReferralEvent[] =>
  edges.map(({ event }) => event).filter((event) => nextStatuses(status, event, party) !== null)
