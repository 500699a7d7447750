/**
 * Random commands. What fast-check makes are plain numbers; only against the world as it stands do they become a step,
 * most of the time a legal one. So every run has much to do, and a shorter list of commands is still a sensible one.
 */
import fc from 'fast-check'
import { events, isInChain, isLegal, rules, toldLevel, type Event, type Party } from './rules.ts'
import type { Details, Move, Sending } from './moves.ts'
import { day, hour, levelOf, stages, type Referral, type World } from './state.ts'

export type Step =
  | { readonly kind: 'send'; readonly sending: Sending; readonly mode: Mode }
  | { readonly kind: 'move'; readonly move: Move; readonly mode: Mode }
  | { readonly kind: 'pair'; readonly moves: readonly [Move, Move] }
  | { readonly kind: 'jump'; readonly ms: number; readonly sweeps: boolean }
  | { readonly kind: 'away'; readonly space: number; readonly until: number }
  /** An earlier request, once more, with its key. */
  | { readonly kind: 'again'; readonly back: number }

/** `crash`: the answer is lost after the commit, another node is asked again; `twin`: the same request twice at once. */
export type Mode = 'plain' | 'crash' | 'twin'

const modes: readonly Mode[] = ['plain', 'plain', 'plain', 'plain', 'plain', 'plain', 'crash', 'twin']
const kinds = { send: 3, move: 20, wild: 2, pair: 3, jump: 5, away: 1, again: 1 }
type Kind = keyof typeof kinds

export interface Command {
  readonly kind: Kind
  readonly which: number
  readonly choice: number
  readonly detail: number
  readonly other: number
}

const number = fc.nat(9_999)

export const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.oneof(
    ...Object.entries(kinds).map(([kind, weight]) => ({
      arbitrary: fc.constant(kind as Kind),
      weight,
    })),
  ),
  which: number,
  choice: number,
  detail: number,
  other: number,
})

export const world: fc.Arbitrary<World> = fc
  .record({
    spaces: fc.constantFrom(4, 5),
    probation: fc.constantFrom([null, null], [20, null], [60, null], [20, 45]),
  })
  .map(({ spaces, probation }) => newWorld(spaces, probation))

export const testStart = Date.parse('2026-11-20T09:30:00.000Z')

/** Spaces 0 and 1 are of one operator; spaces 2 and 3 may be on probation for so many days. */
const newWorld = (spaces: number, probation: readonly (number | null)[]): World => ({
  now: testStart,
  spaces: Array.from({ length: spaces }, (_, index) => ({
    operator: index < 2 ? 1 : null,
    probationUntil: endOf(probation[index - 2] ?? null),
    awayUntil: null,
  })),
  referrals: [],
  postings: [],
  entries: [],
})

const endOf = (days: number | null) => (days === null ? null : testStart + days * day)

const pick = <T>(from: readonly T[], by: number): T => {
  const found = from[by % from.length]
  if (found === undefined) throw new Error('There is nothing to pick from')
  return found
}

/** What a command comes to in this world; a move that has nothing to move sends somebody. */
export const stepOf = (world: World, command: Command): Step => {
  const { kind, which, choice, detail, other } = command
  const mode = pick(modes, other)
  const sends: Step = { kind: 'send', sending: sendingOf(world, command), mode }
  switch (kind) {
    case 'send':
      return sends
    case 'move':
    case 'wild': {
      const move = (kind === 'move' ? legalMove : wildMove)(world, which, choice, detail)
      return move ? { kind: 'move', move, mode } : sends
    }
    case 'pair':
      return pairOf(world, command) ?? sends
    case 'jump':
      return { kind, ms: jumpOf(world, choice, detail), sweeps: other % 4 > 0 }
    case 'away':
      return {
        kind,
        space: choice % world.spaces.length,
        until: world.now + (detail % 25) * day,
      }
    case 'again':
      return { kind, back: choice }
  }
}

const sendingOf = (world: World, { which, choice, detail }: Command): Sending => {
  const count = world.spaces.length
  const from = which % count
  return {
    from,
    to: (from + 1 + (choice % (count - 1))) % count,
    person: choice % 2,
    consent: detail % 3 === 2 ? 'link' : 'attested',
    draft: detail % 10 === 9,
  }
}

const weights: Partial<Record<Event, number>> = {
  submit: 9,
  'grant-consent': 15,
  ask: 4,
  answer: 5,
  accept: 15,
  'confirm-withdrawal': 6,
  forward: 8,
  schedule: 7,
  reschedule: 2,
  'record-no-show': 5,
  'record-visit': 6,
  'start-trial': 5,
  close: 9,
  claim: 8,
  'report-left': 3,
  dispute: 8,
  resolve: 4,
}

const parties: readonly Party[] = ['sender', 'receiver', 'member', 'steward']

const optionsOf = (world: World, referral: Referral) =>
  parties.flatMap((party) =>
    events
      .filter(
        (event) =>
          isLegal(world, referral, event, party) && (party !== 'receiver' || referral.sentAt !== null),
      )
      .flatMap((event) => Array.from({ length: weights[event] ?? 1 }, () => ({ party, event }))),
  )

const legalMove = (world: World, which: number, choice: number, detail: number): Move | null => {
  const alive = world.referrals.filter((referral) => optionsOf(world, referral).length > 0)
  if (alive.length === 0) return null
  const referral = pick(alive, which)
  const { party, event } = pick(optionsOf(world, referral), choice)
  return {
    referral: referral.n,
    by: actorOf(referral, party),
    event,
    ...detailsOf(world, referral, party, event, detail),
  }
}

const actorOf = ({ sender, receiver }: Referral, party: Party) =>
  party === 'sender' ? sender : party === 'receiver' ? receiver : party

/** What a space, a member or the steward can ask for at all. */
export const asks = (event: Event, by: Move['by']): boolean => {
  const { by: allowed }: { by: readonly Party[] } = rules[event]
  if (by === 'member' || by === 'steward') return allowed.includes(by)
  return allowed.includes('sender') || allowed.includes('receiver')
}

/** Anything by anybody: mostly refused. */
const wildMove = (world: World, which: number, choice: number, detail: number): Move | null => {
  if (world.referrals.length === 0) return null
  const referral = pick(world.referrals, which)
  const { sender, receiver } = referral
  const by = pick(
    [sender, receiver, sender, receiver, 'member', 'steward', choice % world.spaces.length] as const,
    choice,
  )
  const event = pick(
    events.filter((one) => asks(one, by)),
    detail,
  )
  const party = by === 'member' ? 'member' : 'sender'
  return { referral: referral.n, by, event, ...detailsOf(world, referral, party, event, detail) }
}

const outcomes = ['joined', 'joined', 'completed', 'not_joined', 'no_show', 'unreachable', 'unknown']

const detailsOf = (
  world: World,
  referral: Referral,
  party: Party,
  event: Event,
  detail: number,
): { details: Details } => {
  const isOdd = detail % 11 === 10
  switch (event) {
    case 'close': {
      const outcome = pick(outcomes, detail)
      return { details: { outcome, ...(outcome === 'not_joined' && { reason: 'price' }) } }
    }
    case 'schedule':
    case 'reschedule':
      return {
        details: {
          at: world.now + (isOdd ? pick([-hour, 0, 300 * day], detail) : hour + (detail % 30) * day),
        },
      }
    case 'forward':
      return { details: { to: forwardTo(world, referral, detail, isOdd) } }
    case 'claim':
      return { details: { stage: claimStage(referral, party, detail, isOdd) } }
    case 'dispute':
      return { details: disputeDetails(referral, detail) }
    case 'resolve':
      return { details: { decision: pick(['upheld', 'reversed'] as const, detail) } }
    default:
      return { details: {} }
  }
}

const forwardTo = (world: World, referral: Referral, detail: number, isOdd: boolean): number => {
  const all = world.spaces.map((_, index) => index)
  const fit = all.filter((space) => !isInChain(world, referral, space))
  return pick(isOdd || fit.length === 0 ? all : fit, detail)
}

const claimStage = (referral: Referral, party: Party, detail: number, isOdd: boolean) => {
  if (party === 'sender' && !isOdd) return 'visited' as const
  const told = toldLevel(referral)
  const fit = stages.filter((stage) => levelOf(stage) > told)
  return pick(isOdd || fit.length === 0 ? stages : fit, detail)
}

const disputeDetails = ({ claim }: Referral, detail: number): Details =>
  claim && detail % 2 === 0 ? {} : { stage: pick(['none', ...stages] as const, detail >> 1) }

const pairOf = (world: World, { which, choice, detail, other }: Command): Step | null => {
  const first = legalMove(world, which, choice, detail)
  const isElsewhere = other % 4 === 3
  const second = legalMove(world, isElsewhere ? which + 1 : which, detail, choice)
  return first && second && { kind: 'pair', moves: [first, second] }
}

/** Minutes, days, weeks, or to the very moment at which something is due, or just short of it. */
const jumpOf = (world: World, choice: number, detail: number): number => {
  const dues = world.referrals.flatMap(({ next }) => (next && next.at > world.now ? [next.at] : []))
  const due = dues.length > 0 ? pick(dues, detail) - world.now : hour
  const jumps = [
    (detail % 600) * 60_000,
    (1 + (detail % 4)) * day,
    (1 + (detail % 40)) * day,
    due,
    due,
    due - 1,
  ]
  return Math.max(pick(jumps, choice), 0)
}

const words = (details: Details) =>
  Object.entries(details)
    .map(
      ([name, value]) => `${name}=${name === 'at' ? new Date(Number(value)).toISOString() : String(value)}`,
    )
    .join(' ')

const sentenceOf = ({ referral, by, event, details }: Move) =>
  `r${referral}: ${typeof by === 'number' ? `s${by}` : by} ${event} ${words(details)}`.trimEnd()

/** A step in words, for whoever has to find out what went wrong. */
export const describe = (step: Step): string => {
  switch (step.kind) {
    case 'send': {
      const { from, to, person, consent, draft } = step.sending
      return `s${from} sends person ${person} to s${to}, ${consent}${draft ? ', a draft' : ''}${suffix(step.mode)}`
    }
    case 'move':
      return sentenceOf(step.move) + suffix(step.mode)
    case 'pair':
      return `at once: ${step.moves.map(sentenceOf).join(' | ')}`
    case 'jump':
      return `${(step.ms / day).toFixed(4)} days pass${step.sweeps ? ', then a sweep' : ', no sweep'}`
    case 'away':
      return `s${step.space} is away until ${new Date(step.until).toISOString()}`
    case 'again':
      return `an earlier request again (${step.back})`
  }
}

const suffix = (mode: Mode) =>
  mode === 'crash' ? ' [answer lost, asked again]' : mode === 'twin' ? ' [twice at once]' : ''
