/** What the API is to show of the model's world: only what the rules say, in the words of the contract. */
import { balanceOf, type Counted } from './ledger.ts'
import {
  creditorsOf,
  isActive,
  isPending,
  originOf,
  phaseOf,
  referralOf,
  type Referral,
  type World,
} from './state.ts'

const moment = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

/** When something is due that nobody did yet, it does not matter since when. */
export const dueAt = (at: string | null, now: number) => (at !== null && Date.parse(at) <= now ? 'now' : at)

/** The names that the real thing gave to the model's spaces and referrals. */
export interface Names {
  readonly spaces: readonly string[]
  readonly referrals: readonly string[]
}

/** A referral as both sides are to see it. */
export const viewOf = (world: World, n: number, names: Names): Record<string, unknown> => {
  const referral = referralOf(world, n)
  const { status, outcome, outcomeReason, reached, noShows, finalOutcome, next } = referral
  return {
    ...{ status, phase: phaseOf(status), outcome, outcomeReason, reached, noShows, finalOutcome },
    leftAt: moment(referral.leftAt),
    closedAt: moment(referral.closedAt),
    nextDue: next?.event ?? null,
    nextDueAt: dueAt(moment(next?.at ?? null), world.now),
    childId: referral.child === null ? null : (names.referrals[referral.child] ?? '(new)'),
    memberReport: referral.memberReport,
    claim: referral.claim && { ...referral.claim, at: moment(referral.claim.at) },
    dispute: disputeOf(referral),
    ...whileOpen(referral),
  }
}

const disputeOf = ({ dispute }: Referral) =>
  dispute && {
    by: dispute.by,
    at: moment(dispute.at),
    contested: dispute.contested,
    asserted: dispute.asserted,
    isOpen: !dispute.resolved,
  }

/** What matters only as long as it goes on; the rules do not say what is shown afterwards. */
const whileOpen = (referral: Referral) => {
  const { status, answerBy, overdueAt, withdrawalRequestedAt, scheduledFor } = referral
  return {
    ...((isPending(status) || status === 'awaiting_consent') && { answerBy: moment(answerBy) }),
    ...(isActive(status) && {
      overdueAt: moment(overdueAt),
      withdrawalRequestedAt: moment(withdrawalRequestedAt),
    }),
    ...(status === 'scheduled' && { scheduledFor: moment(scheduledFor) }),
  }
}

/** Referrals as they are counted between a space and a peer, or all peers. */
const countsOf = (world: World, space: number, peer?: number): Counted => {
  const isPeer = (other: number) => peer === undefined || other === peer
  const count = (which: (one: Referral) => boolean) => world.referrals.filter(which).length
  // A forwarded referral counts between the origin and the last receiver; that the origin sent it, once.
  const asOrigin = (one: Referral) => originOf(one) === space && isPeer(one.receiver)
  const asReceiver = (one: Referral) => one.receiver === space && isPeer(originOf(one))
  const isJoined = ({ n }: Referral) =>
    world.postings.some(({ referral, stage }) => referral === n && stage === 'joined')
  return {
    sent: count((one) => asOrigin(one) && one.sentAt !== null && creditorsOf(one).length === 1),
    received: count((one) => asReceiver(one) && one.sentAt !== null),
    sentActive: count((one) => asOrigin(one) && isActive(one.status)),
    receivedActive: count((one) => asReceiver(one) && isActive(one.status)),
    sentJoined: count((one) => asOrigin(one) && isJoined(one)),
    receivedJoined: count((one) => asReceiver(one) && isJoined(one)),
  }
}

const pairOf = (world: World, space: number, peer: number) => {
  const { earned, owed, net, inFlight } = balanceOf(world, space, peer)
  return { referrals: countsOf(world, space, peer), points: { earned, owed, net, inFlight } }
}

/** The ledger of one space: one line an entry, in no particular order. */
const entriesOf = (world: World, space: number, names: Names): string[] =>
  world.entries
    .filter(({ creditor, debtor }) => creditor === space || debtor === space)
    .map(({ creditor, debtor, referral, kind, stage, points, held }) => {
      const [peer, sign] = creditor === space ? [debtor, 1] : [creditor, -1]
      const [name, spaceName] = [names.referrals[referral], names.spaces[peer]]
      return entryLine(kind, String(name), String(spaceName), stage, points * sign, held * sign)
    })
    .sort()

export const entryLine = (
  kind: string,
  referral: string,
  peer: string,
  stage: string,
  points: number,
  held: number,
) => `${kind} ${referral} ${peer} ${stage} points ${points} held ${held}`

export interface Seen {
  referrals: Record<string, unknown>
  balances: Record<string, unknown>
  peers: Record<string, unknown>
  entries: Record<string, unknown>
}

/** All that can be seen of a world: each referral by both sides, each balance, pair and ledger. */
export const expectedOf = (world: World, names: Names): Seen => {
  const seen: Seen = { referrals: {}, balances: {}, peers: {}, entries: {} }
  for (const { n, sender, receiver, sentAt } of world.referrals) {
    for (const side of sentAt === null ? [sender] : [sender, receiver]) {
      seen.referrals[`r${n} by s${side}`] = viewOf(world, n, names)
    }
  }
  world.spaces.forEach((_, space) => {
    const balance = balanceOf(world, space)
    seen.balances[`s${space}`] = { points: balance, referrals: countsOf(world, space) }
    seen.entries[`s${space}`] = entriesOf(world, space, names)
    world.spaces.forEach((__, peer) => {
      if (peer !== space) seen.peers[`s${space} with s${peer}`] = pairOf(world, space, peer)
    })
  })
  return seen
}
