/** Ends, reports, claims and disputes of the model: what they do to a referral and to its points. */
import { isPosted, openStages, post, reserve, voidStages } from './ledger.ts'
import {
  isActive,
  isOpen,
  levelOf,
  openDispute,
  referralOf,
  stages,
  type Dispute,
  type Referral,
  type Reached,
  type Stage,
  type Status,
  type World,
} from './state.ts'

interface Outcome {
  outcome: string
  reason?: string
}

/** The lower and the higher of the two accounts. */
export const cover = (dispute: Dispute | null): [low: number, high: number] => {
  const levels = [levelOf(dispute?.contested ?? null), levelOf(dispute?.asserted ?? null)]
  return [Math.min(...levels), Math.max(...levels)]
}

const upTo = (stage: Reached | null) => stages.slice(0, levelOf(stage))

const disputed = (dispute: Dispute | null): Stage[] => {
  const [low, high] = cover(dispute)
  return stages.slice(low, high)
}

/** Stages that an open claim or an open dispute is about: they outlive the end. */
const argued = (referral: Referral): Stage[] => [
  ...upTo(referral.claim?.stage ?? null),
  ...stages.slice(0, cover(openDispute(referral))[1]),
]

/** Any end: what is open comes to nothing, and those who forwarded learn of it. */
export const end = (world: World, referral: Referral, status: Status, outcome?: Outcome): void => {
  if (isOpen(referral.status)) referral.closedAt = world.now
  referral.status = status
  voidStages(referral, status === 'closed' ? argued(referral) : [])
  if (outcome) setOutcome(world, referral, outcome)
  else if (status !== 'forwarded') tellAncestors(world, referral, status)
}

const setOutcome = (world: World, referral: Referral, { outcome, reason }: Outcome): void => {
  Object.assign(referral, { outcome, outcomeReason: reason ?? null })
  tellAncestors(world, referral, outcome)
}

const tellAncestors = (world: World, { trail }: Referral, outcome: string): void => {
  for (const { referral } of trail.toReversed()) {
    const ancestor = referralOf(world, referral)
    ancestor.finalOutcome = outcome
    if (ancestor.outcome !== null) return
  }
}

/** The member joined, by whoever's account stands; one who was said to have left did not. An end stays the end it is. */
export const join = (world: World, referral: Referral): void => {
  Object.assign(referral, { reached: 'joined', joinedAt: referral.joinedAt ?? world.now, leftAt: null })
  end(world, referral, isOpen(referral.status) ? 'closed' : referral.status, { outcome: 'joined' })
}

/** A report of the receiver that says as much as the claim, and as both sides of a dispute, ends the argument. */
export const settleByReport = (referral: Referral, stage: Stage): void => {
  const dispute = openDispute(referral)
  const [, high] = cover(dispute)
  const needed = Math.max(levelOf(referral.claim?.stage ?? null), high)
  if (needed === 0) return
  if (levelOf(stage) < needed) {
    if (dispute) raise(dispute, stage)
    return
  }
  referral.claim = null
  if (dispute) referral.dispute = null
}

/** What is reported meanwhile is less than neither side says any more. */
const raise = (dispute: Dispute, stage: Stage): void => {
  if (levelOf(dispute.contested) < levelOf(stage)) dispute.contested = stage
  if (levelOf(dispute.asserted) < levelOf(stage)) dispute.asserted = stage
}

/** A report of the receiver that says something else than the claim is a dispute by itself. */
export const disputeByReport = (world: World, referral: Referral, outcome: string): void => {
  const { claim } = referral
  if (!claim || openDispute(referral)) return
  const differs =
    outcome === 'no_show' ||
    outcome === 'unreachable' ||
    (claim.stage === 'joined' && (outcome === 'not_joined' || outcome === 'completed'))
  if (differs) openDisputeOf(world, referral, 'receiver', claim.stage, referral.reached ?? 'none')
}

/** Holds the points that the two sides do not agree about. */
export const openDisputeOf = (
  world: World,
  referral: Referral,
  by: 'sender' | 'receiver',
  contested: Reached,
  asserted: Reached,
): void => {
  referral.dispute = {
    by,
    at: world.now,
    contested,
    asserted,
    resolved: false,
    decided: 'none',
    resolvedAt: null,
  }
  reserve(world, referral, disputed(referral.dispute))
}

/** Who speaks for the sender's side says more than both accounts: theirs is that from now on. */
export const raiseSendersAccount = (world: World, referral: Referral, stage: Stage): void => {
  const dispute = openDispute(referral)
  const [, high] = cover(dispute)
  if (!dispute || levelOf(stage) <= high) return
  if (dispute.by === 'sender') dispute.asserted = stage
  else dispute.contested = stage
  openStages(world, referral, stages.slice(high, levelOf(stage)))
}

/** `final` is what stands from now on: its points are posted, those above it are not. Who left is still one who joined. */
export const settleDispute = (world: World, referral: Referral, final: Stage | null): void => {
  if (referral.dispute) {
    Object.assign(referral.dispute, { resolved: true, decided: final ?? 'none', resolvedAt: world.now })
  }
  settleAt(world, referral, final)
}

/** What stands from now on, and is not open to question any more. */
export const settleAt = (world: World, referral: Referral, final: Stage | null): void => {
  referral.claim = null
  post(world, referral, final)
  referral.reached = final
  if (final === 'joined') {
    join(world, referral)
    return
  }
  if (referral.outcome === 'joined' && referral.leftAt === null) {
    referral.joinedAt = null
    if (referral.status === 'closed') setOutcome(world, referral, { outcome: 'not_joined', reason: 'other' })
    else withoutOutcome(world, referral)
  }
  if (isActive(referral.status)) goOnTo(referral, final)
  else voidStages(referral)
  correctEnd(world, referral)
}

/** Nobody objected for 14 days: the claim stands. */
export const postClaim = (world: World, referral: Referral): void => {
  const stage = referral.claim?.stage ?? null
  referral.claim = null
  post(world, referral, stage)
  if (stage === 'joined') {
    join(world, referral)
    return
  }
  if (levelOf(stage) > levelOf(referral.reached)) referral.reached = stage
  if (isActive(referral.status)) goOnTo(referral, stage)
  correctEnd(world, referral)
}

/** An end that says that nobody came is not known to be one, once it stands that somebody did. */
const correctEnd = (world: World, referral: Referral): void => {
  const { outcome, reached } = referral
  if (reached !== null && (outcome === 'no_show' || outcome === 'unreachable')) {
    setOutcome(world, referral, { outcome: 'unknown' })
  }
}

/** Of a way that goes on, what becomes of the rest of it is what became of it. */
const withoutOutcome = (world: World, referral: Referral): void => {
  Object.assign(referral, { outcome: null, outcomeReason: null })
  const { status, finalOutcome } = referral
  const rest = status === 'forwarded' ? finalOutcome : status
  if (rest !== null) tellAncestors(world, referral, rest)
}

/** How far it went shows in the status too, which never goes back. */
const goOnTo = (referral: Referral, stage: 'visited' | 'trial' | null): void => {
  const { status } = referral
  if (stage === 'trial' || (stage === 'visited' && (status === 'accepted' || status === 'scheduled'))) {
    referral.status = stage
  }
}

/** A claim on a closed referral opens again what the end had voided. */
export const reopenFor = (world: World, referral: Referral, stage: Stage): void =>
  openStages(
    world,
    referral,
    upTo(stage).filter((one) => !isPosted(world, referral, one)),
  )
