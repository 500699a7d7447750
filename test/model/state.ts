/**
 * The state of the model: what the design says of referrals and points, kept as plainly as it can be. Written from the
 * rules alone, with nothing of `src/`; a whole world is plain data, so that `structuredClone` copies it.
 */
export const day = 86_400_000
export const hour = day / 24

export const stages = ['visited', 'trial', 'joined'] as const
export type Stage = (typeof stages)[number]
export type Reached = Stage | 'none'

export const levelOf = (stage: Reached | null): number => (stage ? stages.indexOf(stage as Stage) + 1 : 0)
export const stageAt = (level: number): Stage | null => stages[level - 1] ?? null

export type Status =
  | 'draft'
  | 'awaiting_consent'
  | 'sent'
  | 'info_requested'
  | 'accepted'
  | 'scheduled'
  | 'visited'
  | 'trial'
  | 'closed'
  | 'declined'
  | 'expired'
  | 'withdrawn'
  | 'forwarded'
  | 'consent_revoked'

const active: readonly Status[] = ['accepted', 'scheduled', 'visited', 'trial']

export const isActive = (status: Status) => active.includes(status)
export const isPending = (status: Status) => status === 'sent' || status === 'info_requested'
export const isOpen = (status: Status) =>
  isActive(status) || isPending(status) || status === 'draft' || status === 'awaiting_consent'

export const phaseOf = (status: Status) =>
  isActive(status) ? 'active' : isPending(status) ? 'pending' : isOpen(status) ? 'preparing' : 'closed'

interface Space {
  /** Spaces with the same number are of one operator; null: its own. */
  operator: number | null
  probationUntil: number | null
  awayUntil: number | null
}

interface Claim {
  stage: Stage
  by: 'sender' | 'member'
  at: number
}

export interface Dispute {
  by: 'sender' | 'receiver'
  at: number
  contested: Reached
  asserted: Reached
  resolved: boolean
  /** What was decided to be so. */
  decided: Reached
  resolvedAt: number | null
}

export interface Referral {
  /** Its place in `World.referrals`. */
  n: number
  sender: number
  receiver: number
  person: number
  consent: 'attested' | 'link'
  status: Status
  outcome: string | null
  outcomeReason: string | null
  createdAt: number
  sentAt: number | null
  acceptedAt: number | null
  closedAt: number | null
  answerBy: number | null
  askedAt: number | null
  questions: number
  awayDelayed: boolean
  /** The last thing that was told after the acceptance. */
  progressAt: number | null
  overdueAt: number | null
  withdrawalRequestedAt: number | null
  scheduledFor: number | null
  noShows: number
  reached: Stage | null
  joinedAt: number | null
  joinConfirmed: boolean
  leftAt: number | null
  claim: Claim | null
  dispute: Dispute | null
  memberReport: Stage | 'left' | null
  /** The referrals before this one, and the spaces that sent them; the first is the origin. */
  trail: { referral: number; space: number }[]
  child: number | null
  finalOutcome: string | null
  /** Stages whose points may still be posted. */
  openStages: Stage[]
  /** What each of them was to bring the creditors, in their order, when it was opened. */
  promised: Partial<Record<Stage, number[]>>
  /** What a dispute took from the creditors, in their order, for stages that are open because of it. */
  reserved: Partial<Record<Stage, number[]>>
  /** What the clock brings next. */
  next: { event: string; at: number } | null
}

/** Points that stand posted: what one stage of one referral gave to one creditor. */
export interface Posting {
  referral: number
  creditor: number
  stage: Stage
  points: number
  held: number
  at: number
}

interface Entry {
  referral: number
  creditor: number
  debtor: number
  kind: 'posting' | 'reversal' | 'release'
  stage: Stage
  points: number
  held: number
}

export interface World {
  now: number
  spaces: Space[]
  referrals: Referral[]
  postings: Posting[]
  /** The ledger as it grew; it only ever grows. */
  entries: Entry[]
}

export const referralOf = (world: World, n: number): Referral => {
  const found = world.referrals[n]
  if (!found) throw new Error(`No referral ${n}`)
  return found
}

export const spaceOf = (world: World, n: number): Space => {
  const found = world.spaces[n]
  if (!found) throw new Error(`No space ${n}`)
  return found
}

/** Who the receiver owes: the origin first, then who forwarded. */
export const creditorsOf = (referral: Referral): number[] => [
  ...referral.trail.map(({ space }) => space),
  referral.sender,
]

export const originOf = ({ trail, sender }: Referral): number => trail[0]?.space ?? sender

export const openDispute = ({ dispute }: Referral): Dispute | null =>
  dispute && !dispute.resolved ? dispute : null
