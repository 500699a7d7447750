/** Who may do what, when: the table of the design and its guards, as the model has them. */
import {
  day,
  isActive,
  isOpen,
  isPending,
  openDispute,
  spaceOf,
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

/** Closed with an outcome not longer than 14 days ago: what it says may still be doubted. */
const isFresh = ({ status, closedAt }: Referral, world: World) =>
  status === 'closed' && within(14, closedAt, world)

/** During a dispute the member's word is heard, and only noted. */
const mayClaim = (referral: Referral, world: World, party: Party) =>
  openDispute(referral)
    ? party === 'member'
    : (isOnItsWay(referral) || isFresh(referral, world)) && referral.dispute === null

/** During a dispute the member says how it went by a claim, which moves no points. */
const mayReport =
  (...statuses: Status[]) =>
  (referral: Referral, _world: World, party: Party) =>
    statuses.includes(referral.status) && (party !== 'member' || openDispute(referral) === null)

/** What was decided is decided; that the member left after that is news. */
const hasLeftSince = ({ dispute, leftAt }: Referral) =>
  leftAt !== null && leftAt > (dispute?.resolvedAt ?? Infinity)

/** Nobody disputes their own claim, though they may dispute the end. */
const mayDispute = (referral: Referral, world: World, party: Party) =>
  (referral.dispute === null || hasLeftSince(referral)) &&
  ((referral.claim !== null &&
    referral.claim.by !== party &&
    (isOnItsWay(referral) || referral.status === 'closed')) ||
    isFresh(referral, world) ||
    (referral.status === 'closed' && within(14, referral.leftAt, world)))

const mayLeave = (referral: Referral, world: World) =>
  referral.status === 'closed' &&
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
  'record-no-show': { by: ['receiver', 'member'], when: inStatus('scheduled') },
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
