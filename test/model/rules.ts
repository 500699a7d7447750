/** Who may do what, when: the table of the design and its guards, as the model has them. */
import {
  day,
  isActive,
  isOpen,
  isPending,
  levelOf,
  openDispute,
  spaceOf,
  type Dispute,
  type Reached,
  type Referral,
  type Status,
  type World,
} from './state.ts'

export type Party = 'sender' | 'receiver' | 'member' | 'steward'

interface Rule {
  readonly by: readonly Party[]
  readonly when: (referral: Referral, world: World, party: Party) => boolean
}

const inStatus =
  (...statuses: Status[]) =>
  ({ status }: Referral) =>
    statuses.includes(status)

const isOnItsWay = ({ status }: Referral) => isActive(status)
const isUndisputed = (referral: Referral) => referral.claim === null && openDispute(referral) === null
const within = (days: number, since: number | null, { now }: World) =>
  since !== null && now <= since + days * day

/** Ended after a yes, and not by a wish of the sender or the member; the end, or what was decided after it, is at most 14 days old. */
const isFresh = (referral: Referral, world: World) =>
  inStatus('closed', 'declined', 'forwarded')(referral) &&
  referral.acceptedAt !== null &&
  within(14, Math.max(referral.closedAt ?? 0, referral.dispute?.resolvedAt ?? 0), world)

/**
 * How high a decision goes: of that nothing can be claimed or disputed any more. It bars all that the dispute was about, until
 * there is an end of which more may be told.
 */
export const decidedLevel = ({ dispute, closedAt }: Referral): number => {
  if (!dispute?.resolved) return 0
  return (closedAt ?? 0) > (dispute.resolvedAt ?? 0) ? levelOf(dispute.decided) : highOf(dispute)
}

/** What was reported, is claimed or was decided. */
export const toldLevel = (referral: Referral): number =>
  Math.max(levelOf(referral.reached), levelOf(referral.claim?.stage ?? null), decidedLevel(referral))

/** During a dispute the member's word is heard; else there must be something left to claim. */
const mayClaim = (referral: Referral, world: World, party: Party) => {
  if (openDispute(referral)) return party === 'member'
  const most = party === 'sender' ? 1 : 3
  return toldLevel(referral) < most && (isOnItsWay(referral) || isFresh(referral, world))
}

/** During a dispute the member says how it went by a claim, which moves no points. */
const mayReport =
  (...statuses: Status[]) =>
  (referral: Referral, _world: World, party: Party) =>
    statuses.includes(referral.status) && (party !== 'member' || openDispute(referral) === null)

/**
 * The receiver objects to claims, and either side to ends that may have been otherwise: more by the sender, less or more by the
 * receiver. Who was said to have left may still be there. To a receiver that disputes, the sender may say that it was more still.
 */
const mayDispute = (referral: Referral, world: World, party: Party) => {
  const open = openDispute(referral)
  if (open) return party === 'sender' && open.by === 'receiver' && highOf(open) < levelOf('joined')
  const { claim, leftAt, dispute, reached } = referral
  if (leftAt !== null && claim === null) {
    return within(14, leftAt, world) && leftAt > (dispute?.resolvedAt ?? 0)
  }
  if (party === 'sender') return isFresh(referral, world) && toldLevel(referral) < 3
  return claim !== null || (isFresh(referral, world) && (levelOf(reached) < 3 || decidedLevel(referral) < 3))
}

const highOf = ({ contested, asserted }: Dispute) => Math.max(levelOf(contested), levelOf(asserted))

/** Whether the party may claim this stage, where it may claim something. */
export const isClaimable = (referral: Referral, party: Party, stage: Reached = 'none') =>
  (party === 'member' || stage === 'visited') && levelOf(stage) > toldLevel(referral)

/** Of a claim, the receiver may leave the stage out: what was reached is asserted then. */
export const isDisputable = (referral: Referral, stage: Reached | undefined, party: Party) => {
  const { claim, reached, leftAt, status } = referral
  const open = openDispute(referral)
  if (open) return levelOf(stage ?? null) > highOf(open)
  if (leftAt !== null && claim === null) return stage === 'joined'
  if (party === 'sender') return stage !== undefined && levelOf(stage) > toldLevel(referral)
  const asserted = stage ?? (claim ? (reached ?? 'none') : undefined)
  const contested = claim?.stage ?? reached ?? 'none'
  if (asserted === undefined || asserted === contested) return false
  if (levelOf(asserted) > levelOf(contested)) return !isActive(status)
  if (isActive(status)) return levelOf(asserted) >= levelOf(reached)
  const decided = decidedLevel(referral)
  return levelOf(contested) > decided && levelOf(asserted) >= Math.min(decided, levelOf(reached))
}

const mayLeave = (referral: Referral, world: World) =>
  !isOpen(referral.status) &&
  referral.outcome === 'joined' &&
  referral.leftAt === null &&
  openDispute(referral) === null &&
  within(30, referral.joinedAt, world)

export const rules = {
  submit: { by: ['sender'], when: inStatus('draft') },
  'grant-consent': { by: ['member'], when: inStatus('awaiting_consent') },
  'refuse-consent': { by: ['member'], when: inStatus('awaiting_consent') },
  ask: { by: ['receiver'], when: inStatus('sent') },
  answer: { by: ['sender'], when: inStatus('info_requested') },
  accept: { by: ['receiver'], when: ({ status }) => isPending(status) },
  decline: {
    by: ['receiver'],
    when: (one) => inStatus('sent', 'info_requested', 'accepted', 'scheduled')(one) && isUndisputed(one),
  },
  withdraw: { by: ['sender'], when: ({ status }) => isOpen(status) && !isActive(status) },
  'request-withdrawal': {
    by: ['sender'],
    when: (one) => isOnItsWay(one) && one.withdrawalRequestedAt === null && isUndisputed(one),
  },
  'confirm-withdrawal': {
    by: ['receiver'],
    when: (one) => isOnItsWay(one) && one.withdrawalRequestedAt !== null,
  },
  forward: {
    by: ['receiver'],
    when: (one) =>
      inStatus('sent', 'accepted')(one) &&
      isUndisputed(one) &&
      one.withdrawalRequestedAt === null &&
      one.trail.length <= 1,
  },
  schedule: { by: ['receiver', 'member'], when: inStatus('accepted') },
  reschedule: { by: ['receiver', 'member'], when: inStatus('scheduled') },
  'record-no-show': {
    by: ['receiver', 'member'],
    when: (one, { now }) => inStatus('scheduled')(one) && (one.scheduledFor ?? Infinity) <= now,
  },
  'record-visit': { by: ['receiver', 'member'], when: mayReport('accepted', 'scheduled') },
  'start-trial': { by: ['receiver', 'member'], when: mayReport('accepted', 'scheduled', 'visited') },
  close: { by: ['receiver'], when: isOnItsWay },
  claim: { by: ['sender', 'member'], when: mayClaim },
  'report-left': { by: ['receiver', 'member'], when: mayLeave },
  revoke: { by: ['member'], when: ({ status }) => isOpen(status) },
  dispute: { by: ['sender', 'receiver'], when: mayDispute },
  resolve: { by: ['steward'], when: (one) => openDispute(one) !== null },
} as const satisfies Record<string, Rule>

export type Event = keyof typeof rules
export const events = Object.keys(rules) as Event[]

export const isLegal = (world: World, referral: Referral, event: Event, party: Party): boolean => {
  const { by, when }: Rule = rules[event]
  return by.includes(party) && when(referral, world, party)
}

/** What a 409 tells the caller that it may do instead. */
export const legalEvents = (world: World, referral: Referral, party: Party): Event[] =>
  events.filter((event) => isLegal(world, referral, event, party))

export const isAway = (world: World, space: number) => (spaceOf(world, space).awayUntil ?? 0) > world.now

/** By how much an absence makes the time to answer longer. */
export const absenceOf = (world: World, space: number) =>
  isAway(world, space) ? Math.min((spaceOf(world, space).awayUntil ?? 0) - world.now, 14 * day) : 0

/** A referral goes to no space and to no operator twice. */
export const isInChain = (world: World, referral: Referral, space: number): boolean => {
  const chain = [...referral.trail.map((hop) => hop.space), referral.sender, referral.receiver]
  const { operator } = spaceOf(world, space)
  return chain.some(
    (one) => one === space || (operator !== null && spaceOf(world, one).operator === operator),
  )
}

/** Whether a space has a card of the referral, and on which side. */
export const sideOf = (referral: Referral, space: number): 'sender' | 'receiver' | null => {
  if (referral.sender === space) return 'sender'
  return referral.receiver === space && referral.sentAt !== null ? 'receiver' : null
}
