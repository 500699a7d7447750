/**
 * The account of one referral: what it may still bring to whom, what it brought, and how a move changes that. Pure:
 * the ledger is read before and written after (design: "Reciprocity").
 */
import type { Id } from '../platform/ids.ts'
import { pointsOf, stages, type Stage } from './balance.ts'

export type EntryKind = 'posting' | 'reversal' | 'release'
export type ReasonCode = 'same_operator' | 'person_already_counted' | 'probation' | 'left' | 'disputed'

export interface Pending {
  readonly creditorId: Id<'space'>
  readonly stage: Stage
  /** The version of the referral in which it was opened. */
  readonly round: number
  readonly points: number
  readonly state: 'open' | 'posted' | 'void'
  /** Taken back for a dispute: as long as it is open, its points count as brought by the person. */
  readonly isReserved: boolean
}

/** One change between a creditor and the debtor; `points` count, `held` waits. */
export interface Entry {
  readonly creditorId: Id<'space'>
  readonly stage: Stage
  readonly kind: EntryKind
  readonly points: number
  readonly held: number
  readonly reasonCode: ReasonCode | null
}

export interface Account {
  readonly pendings: readonly Pending[]
  readonly entries: readonly Entry[]
  /** The join is no longer provisional. */
  readonly isConfirmed: boolean
}

export const emptyAccount: Account = { pendings: [], entries: [], isConfirmed: false }

/** What is to happen to an account; in this order. */
export interface Move {
  /** Posted stages that are taken back. */
  readonly reverses?: readonly Stage[]
  readonly because?: 'left' | 'disputed'
  /** Stages that may come (again), where they neither stand nor are open already. */
  readonly opens?: readonly Stage[]
  /** Stages that are reached: those of them that are open are posted. */
  readonly posts?: readonly Stage[]
  /** Stages that come to nothing, where they are open. */
  readonly voids?: readonly Stage[]
  /** Points whose probation is over are set free. */
  readonly releases?: boolean
  readonly confirms?: boolean
}

/** By what a move is weighed. */
export interface Terms {
  /** The space that sent the member first; it gets what forwarders do not. */
  readonly originId: Id<'space'>
  readonly forwarderIds: readonly Id<'space'>[]
  readonly isSameOperator: boolean
  /** Creditors whose points are held: they or the debtor are on probation. */
  readonly heldFor: ReadonlySet<Id<'space'>>
  /** What the person may still be worth, in points. */
  readonly allowance: number
  /** The version of the referral that the move brings about. */
  readonly round: number
}

/** The share of each creditor in cumulative points: one forwarder a fifth, two a tenth each, rounded down. */
export const sharesOf = (
  cumulative: number,
  { originId, forwarderIds }: Pick<Terms, 'originId' | 'forwarderIds'>,
): Map<Id<'space'>, number> => {
  const share = Math.floor(cumulative / (forwarderIds.length > 1 ? 10 : 5))
  const shares = new Map(forwarderIds.map((id) => [id, share]))
  return new Map([[originId, cumulative - share * forwarderIds.length], ...shares])
}

/** The account after a move; what is new stands at the end of its lists. */
export const moved = (account: Account, move: Move, terms: Terms): Account => {
  // The allowance is for the account as it stood: what this move takes back or posts changes what is left of it.
  const ceiling = totalOf(account) + reservedOf(account) + terms.allowance
  let after = account
  for (const stage of move.reverses ?? []) after = reversed(after, stage, move)
  after = opened(after, move.opens ?? [], disputedWorths(account, move), terms)
  for (const stage of move.posts ?? []) after = posted(after, stage, terms, ceiling)
  after = resolved(after, move.voids ?? [], 'void')
  if (move.releases) after = released(after, terms)
  return { ...after, isConfirmed: account.isConfirmed || move.confirms === true }
}

/** Takes back what the stage gave last, to each creditor, from where it lies. */
const reversed = (account: Account, stage: Stage, { because = 'left' }: Move): Account => {
  const entries = [...worthOf(account, stage)].map(([creditorId, { points, held }]) => ({
    creditorId,
    stage,
    kind: 'reversal' as const,
    points: 0 - points,
    held: 0 - held,
    reasonCode: because,
  }))
  return { ...account, entries: [...account.entries, ...entries] }
}

/** What a dispute reverses of each stage, by creditor. */
const disputedWorths = (account: Account, { reverses = [], because }: Move) =>
  new Map(because === 'disputed' ? reverses.map((stage) => [stage, worthOf(account, stage)]) : [])

/**
 * Opens the stages at what was reversed for a dispute, or else at their full worth: how much of that is posted is weighed
 * when they are reached.
 */
const opened = (
  account: Account,
  wanted: readonly Stage[],
  disputed: ReadonlyMap<Stage, ReadonlyMap<Id<'space'>, Worth>>,
  terms: Terms,
): Account => {
  // What is open already comes first: its points are promised.
  const open = account.pendings.filter(({ state }) => state === 'open')
  let cumulative = totalOf(account) + open.reduce((sum, { points }) => sum + points, 0)
  const pendings = wanted
    .filter((stage) => isMissing(account, stage))
    .flatMap((stage) => {
      const reversed = disputed.get(stage)
      const before = sharesOf(cumulative, terms)
      cumulative += reversed ? sum([...reversed.values()].map(altogether)) : worthOpen(stage, terms)
      return [...sharesOf(cumulative, terms)].map(([creditorId, share]) => ({
        creditorId,
        stage,
        round: terms.round,
        points: reversed
          ? altogether(reversed.get(creditorId) ?? nothing)
          : share - (before.get(creditorId) ?? 0),
        state: 'open' as const,
        isReserved: reversed !== undefined,
      }))
    })
  return { ...account, pendings: [...account.pendings, ...pendings] }
}

const worthOpen = (stage: Stage, { isSameOperator }: Terms) => (isSameOperator ? 0 : pointsOf[stage])

const isMissing = (account: Account, stage: Stage) =>
  !standing(account).includes(stage) && openOf(account, stage).length === 0

const openOf = ({ pendings }: Account, stage: Stage) =>
  pendings.filter((one) => one.stage === stage && one.state === 'open')

const posted = (account: Account, stage: Stage, terms: Terms, ceiling: number): Account => {
  if (openOf(account, stage).length === 0) return account
  const worth = worthNow(account, stage, terms, ceiling)
  const before = postedTo(account, terms)
  const entries = [...sharesOf(totalOf(account) + worth, terms)].map(([creditorId, share]) => {
    const points = share - (before.get(creditorId) ?? 0)
    const isHeld = terms.heldFor.has(creditorId)
    return {
      creditorId,
      stage,
      kind: 'posting' as const,
      points: isHeld ? 0 : points,
      held: isHeld ? points : 0,
      reasonCode: reasonOf(worth, stage, isHeld, terms),
    }
  })
  return resolved({ ...account, entries: [...account.entries, ...entries] }, [stage], 'posted')
}

/** What a dispute took back comes again as it was; else a person is worth one credit in a year, over the whole network. */
const worthNow = (account: Account, stage: Stage, { isSameOperator }: Terms, ceiling: number): number => {
  if (isSameOperator) return 0
  const open = openOf(account, stage)
  if (open.some(({ isReserved }) => isReserved)) return sum(open.map(({ points }) => points))
  return Math.min(pointsOf[stage], ceiling - totalOf(account) - reservedOf(account))
}

const reasonOf = (worth: number, stage: Stage, isHeld: boolean, terms: Terms): ReasonCode | null => {
  if (terms.isSameOperator) return 'same_operator'
  if (worth < pointsOf[stage]) return 'person_already_counted'
  return isHeld ? 'probation' : null
}

const resolved = (account: Account, wanted: readonly Stage[], state: 'posted' | 'void'): Account => ({
  ...account,
  pendings: account.pendings.map((one) =>
    one.state === 'open' && wanted.includes(one.stage) ? { ...one, state } : one,
  ),
})

/** Sets free what is held, for the creditors whose probation is over. */
const released = (account: Account, { heldFor }: Terms): Account => {
  const entries = stages.flatMap((stage) =>
    [...worthOf(account, stage)]
      .filter(([creditorId, { held }]) => held !== 0 && !heldFor.has(creditorId))
      .map(([creditorId, { held }]) => ({
        creditorId,
        stage,
        kind: 'release' as const,
        points: held,
        held: -held,
        reasonCode: null,
      })),
  )
  return { ...account, entries: [...account.entries, ...entries] }
}

interface Worth {
  readonly points: number
  readonly held: number
}

const nothing: Worth = { points: 0, held: 0 }

const altogether = ({ points, held }: Worth) => points + held

/** What a stage is worth to each creditor as things stand. */
const worthOf = ({ entries }: Account, stage: Stage): Map<Id<'space'>, Worth> => {
  const worth = new Map<Id<'space'>, Worth>()
  for (const one of entries.filter((entry) => entry.stage === stage)) {
    const { points, held } = worth.get(one.creditorId) ?? nothing
    worth.set(one.creditorId, { points: points + one.points, held: held + one.held })
  }
  return worth
}

/** All the points that the referral brought, held ones included. */
export const totalOf = ({ entries }: Account): number =>
  entries.reduce((total, one) => total + altogether(one), 0)

/** What of the person's allowance waits for the end of a dispute. */
export const reservedOf = ({ pendings }: Account): number =>
  sum(pendings.filter(({ state, isReserved }) => isReserved && state === 'open').map(({ points }) => points))

const postedTo = ({ entries }: Account, { originId, forwarderIds }: Terms): Map<Id<'space'>, number> =>
  new Map(
    [originId, ...forwarderIds].map((id) => [
      id,
      totalOf({ ...emptyAccount, entries: entries.filter(({ creditorId }) => creditorId === id) }),
    ]),
  )

/** The stages that stand posted: posted once more than taken back. */
export const standing = ({ entries }: Account): Stage[] =>
  stages.filter((stage) => {
    const ofStage = entries.filter((entry) => entry.stage === stage)
    const times = (kind: EntryKind) =>
      ofStage.filter((one) => one.kind === kind && one.creditorId === ofStage[0]?.creditorId).length
    return times('posting') > times('reversal')
  })

/** What the account counts for one creditor. */
export interface Tally {
  readonly earned: number
  readonly held: number
  /** Of `earned`: a join that may still be taken back. */
  readonly provisional: number
  readonly inFlight: number
}

export const tallyOf = ({ pendings, entries, isConfirmed }: Account, creditorId: Id<'space'>): Tally => {
  const own = entries.filter((one) => one.creditorId === creditorId)
  const joined = own.filter(({ stage }) => stage === 'joined')
  const open = pendings.filter((one) => one.creditorId === creditorId && one.state === 'open')
  return {
    earned: sum(own.map(({ points }) => points)),
    held: sum(own.map(({ held }) => held)),
    provisional: isConfirmed ? 0 : sum(joined.map(({ points }) => points)),
    inFlight: sum(open.map(({ points }) => points)),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
