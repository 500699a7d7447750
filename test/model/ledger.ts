/** The points of the model: who earns what, when, and what is reversed. */
import {
  creditorsOf,
  day,
  levelOf,
  spaceOf,
  stages,
  type Posting,
  type Referral,
  type Stage,
  type World,
} from './state.ts'

const pointsOf: Record<Stage, number> = { visited: 10, trial: 15, joined: 75 }
const mostPerPerson = 100

/** Forwarders together get a fifth (two of them a tenth each, rounded down); the origin gets the rest. */
export const sharesOf = (cumulative: number, creditors: number): number[] => {
  const each = creditors === 1 ? 0 : Math.floor(cumulative / (creditors === 2 ? 5 : 10))
  return Array.from({ length: creditors }, (_, index) =>
    index === 0 ? cumulative - each * (creditors - 1) : each,
  )
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
const worthOf = ({ points, held }: Posting) => points + held

const ofReferral = (world: World, { n }: Referral) => world.postings.filter((one) => one.referral === n)

/** Spaces of one operator earn nothing from each other, nor through each other. */
const isWorthNothing = (world: World, referral: Referral) => {
  const { operator } = spaceOf(world, referral.receiver)
  return (
    operator !== null &&
    creditorsOf(referral).some((creditor) => spaceOf(world, creditor).operator === operator)
  )
}

const isOnProbation = (world: World, space: number) => (spaceOf(world, space).probationUntil ?? 0) > world.now

/** What a dispute took from each creditor, for a stage that is open because of it; null for any other stage. */
const disputedShares = ({ openStages, reserved }: Referral, stage: Stage): number[] | null =>
  openStages.includes(stage) ? (reserved[stage] ?? null) : null

/** A dispute takes these stages: what they gave is kept for the person, as it may come again. */
export const reserve = (world: World, referral: Referral, which: readonly Stage[]): void => {
  for (const stage of which) {
    const given = ofReferral(world, referral).filter((one) => one.stage === stage)
    if (given.length === 0) continue
    referral.reserved[stage] = creditorsOf(referral).map((creditor) =>
      sum(given.filter((one) => one.creditor === creditor).map(worthOf)),
    )
  }
  reverse(world, referral, which)
  openStages(world, referral, which)
}

/** What open disputes keep for a person: it may come again, so nobody else may bring it. */
const keptFor = (world: World, person: number): number =>
  sum(
    world.referrals
      .filter((one) => one.person === person)
      .flatMap((referral) => stages.flatMap((stage) => disputedShares(referral, stage) ?? [])),
  )

/** What a person may still bring anybody: 100 points in any 365 days. */
export const allowanceOf = (world: World, person: number): number => {
  const recent = world.postings.filter(
    ({ referral, at }) => world.referrals[referral]?.person === person && at > world.now - 365 * day,
  )
  return mostPerPerson - keptFor(world, person) - sum(recent.map(worthOf))
}

/** Posts every open stage up to this one. */
export const post = (world: World, referral: Referral, upTo: Stage | null): void => {
  for (const stage of stages) {
    if (levelOf(stage) <= levelOf(upTo) && referral.openStages.includes(stage)) {
      postStage(world, referral, stage)
    }
  }
}

const worthNow = (world: World, referral: Referral, stage: Stage): number => {
  if (isWorthNothing(world, referral)) return 0
  const disputed = disputedShares(referral, stage)
  return disputed ? sum(disputed) : Math.min(pointsOf[stage], allowanceOf(world, referral.person))
}

const postStage = (world: World, referral: Referral, stage: Stage): void => {
  const debtor = referral.receiver
  const creditors = creditorsOf(referral)
  const worth = worthNow(world, referral, stage)
  close(referral, [stage])
  const before = ofReferral(world, referral)
  const targets = sharesOf(sum(before.map(worthOf)) + worth, creditors.length)
  creditors.forEach((creditor, index) => {
    const had = sum(before.filter((one) => one.creditor === creditor).map(worthOf))
    const gain = (targets[index] ?? 0) - had
    const waits = isOnProbation(world, creditor) || isOnProbation(world, debtor)
    const [points, held] = waits ? [0, gain] : [gain, 0]
    world.postings.push({ referral: referral.n, creditor, stage, points, held, at: world.now })
    world.entries.push({ referral: referral.n, creditor, debtor, kind: 'posting', stage, points, held })
  })
}

/** Reverses what these stages gave, and opens them anew when `reopens`. */
export const reverse = (world: World, referral: Referral, which: readonly Stage[]): void => {
  for (const one of ofReferral(world, referral)) {
    if (!which.includes(one.stage)) continue
    world.postings.splice(world.postings.indexOf(one), 1)
    const { creditor, stage, points, held } = one
    const change = { kind: 'reversal', stage, points: 0 - points, held: 0 - held } as const
    world.entries.push({ referral: referral.n, creditor, debtor: referral.receiver, ...change })
  }
}

export const openStages = (world: World, referral: Referral, which: readonly Stage[]): void => {
  const count = creditorsOf(referral).length
  const promised = referral.openStages.flatMap((stage) => referral.promised[stage] ?? [])
  let cumulative = sum(ofReferral(world, referral).map(worthOf)) + sum(promised)
  for (const stage of stages) {
    if (!which.includes(stage) || referral.openStages.includes(stage)) continue
    referral.openStages = stages.filter((one) => one === stage || referral.openStages.includes(one))
    const before = sharesOf(cumulative, count)
    const disputed = disputedShares(referral, stage)
    cumulative += disputed ? sum(disputed) : pointsOf[stage]
    referral.promised[stage] =
      disputed ?? sharesOf(cumulative, count).map((share, index) => share - (before[index] ?? 0))
  }
}

/** What is open comes to nothing, but for what is still being argued about. */
export const voidStages = (referral: Referral, except: readonly Stage[] = []): void => {
  close(
    referral,
    referral.openStages.filter((stage) => !except.includes(stage)),
  )
}

/** Posted or void: nothing is kept for it any more. */
const close = (referral: Referral, which: readonly Stage[]): void => {
  referral.openStages = referral.openStages.filter((one) => !which.includes(one))
  const kept = Object.entries(referral.reserved).filter(([stage]) => !which.includes(stage as Stage))
  referral.reserved = Object.fromEntries(kept)
}

export const isPosted = (world: World, referral: Referral, stage: Stage): boolean =>
  ofReferral(world, referral).some((one) => one.stage === stage)

/** When the first creditor has nothing to wait for any more, neither its own probation nor the receiver's; null: none waits. */
export const heldUntil = (world: World, referral: Referral): number | null => {
  const waiting = ofReferral(world, referral).filter(({ held }) => held > 0)
  if (waiting.length === 0) return null
  const endOf = (space: number) => spaceOf(world, space).probationUntil ?? 0
  return Math.min(...waiting.map(({ creditor }) => Math.max(endOf(creditor), endOf(referral.receiver))))
}

/** Probation ended: what was held becomes final, stage by stage, for whom nothing is left to wait for. */
export const release = (world: World, referral: Referral): void => {
  for (const one of ofReferral(world, referral)) {
    const { creditor, stage, held } = one
    const waits = isOnProbation(world, creditor) || isOnProbation(world, referral.receiver)
    if (held === 0 || waits) continue
    Object.assign(one, { points: one.points + held, held: 0 })
    const change = { kind: 'release', stage, points: held, held: 0 - held } as const
    world.entries.push({ referral: referral.n, creditor, debtor: referral.receiver, ...change })
  }
}

export interface Counted {
  sent: number
  received: number
  sentActive: number
  receivedActive: number
  sentJoined: number
  receivedJoined: number
}

/** What a space sees of a peer; with itself over all peers when `peer` is left out. */
export const balanceOf = (world: World, space: number, peer?: number) => {
  const isPeer = (other: number) => peer === undefined || other === peer
  const final = (creditor: number, debtor: number) =>
    sum(
      world.entries
        .filter((one) => one.creditor === creditor && one.debtor === debtor)
        .map((one) => one.points),
    )
  const others = world.spaces.map((_, index) => index).filter((index) => index !== space && isPeer(index))
  const earned = sum(others.map((other) => final(space, other)))
  const owed = sum(others.map((other) => final(other, space)))
  const mine = world.postings.filter(
    (one) => one.creditor === space && isPeer(world.referrals[one.referral]?.receiver ?? -1),
  )
  return {
    earned,
    owed,
    net: earned - owed,
    held: sum(mine.map((one) => one.held)),
    provisional: sum(mine.filter((one) => isProvisional(world, one)).map((one) => one.points)),
    inFlight: inFlightOf(world, space, isPeer),
    directReturned: sum(others.map((other) => Math.min(final(space, other), final(other, space)))),
  }
}

const isProvisional = (world: World, { stage, referral }: Posting) =>
  stage === 'joined' && world.referrals[referral]?.joinConfirmed === false

const inFlightOf = (world: World, space: number, isPeer: (other: number) => boolean) =>
  sum(
    world.referrals
      .filter((referral) => isPeer(referral.receiver) && !isWorthNothing(world, referral))
      .flatMap((referral) =>
        referral.openStages.map((stage) => promisedTo(referral, creditorsOf(referral).indexOf(space), stage)),
      ),
  )

const promisedTo = (referral: Referral, index: number, stage: Stage): number =>
  referral.promised[stage]?.[index] ?? 0
