import type { PlannedSpace } from './plan-spaces.ts'
import type { Random } from './random.ts'
import { termsNotes, welcomes, type Stay } from './trades.ts'

/** What somebody does with a referral: the verbs of the API, and what they are told. */
export type Deed =
  | { readonly verb: 'send' }
  | { readonly verb: 'grant' | 'refuse' | 'passOn' | 'withdraw' | 'startTrial' | 'recordVisit' }
  | {
      readonly verb: 'accept'
      readonly terms: { readonly kind: 'free' | 'discount' | 'full_price'; readonly note: string } | null
      readonly message: string | null
    }
  | { readonly verb: 'decline'; readonly reason: DeclineReason; readonly note: string | null }
  | {
      readonly verb: 'close'
      readonly outcome: Outcome
      readonly reason: 'price' | 'location' | 'timing' | 'chose_other' | 'changed_mind' | null
    }

/** `minute` counts from the beginning of the history. */
export type Step = Deed & { readonly minute: number }

type DeclineReason =
  | 'no_capacity'
  | 'not_a_fit'
  | 'out_of_area'
  | 'dates_unavailable'
  | 'incomplete_info'
  | 'already_member'
  | 'vetting_concern'
  | 'other'
type Outcome = 'joined' | 'completed' | 'not_joined' | 'no_show' | 'unreachable' | 'unknown'

export interface Sending {
  readonly from: PlannedSpace
  readonly to: PlannedSpace
  readonly day: number
  /** How many days the history lasts: what would come later has not happened yet. */
  readonly days: number
  readonly stay: Stay
  readonly consent: 'link' | 'told' | 'passedOn'
  readonly staysDraft: boolean
}

const dayLong = 24 * 60

/** The life of one referral, as far as it has come by the end of the history. */
export const planLife = (random: Random, sending: Sending): Step[] => {
  const steps: Step[] = []
  /** Appends what the people of a space do `gap` days later, in their daylight. */
  const after = (gap: number, { geo }: PlannedSpace, deed: Deed) => {
    const last = steps.at(-1)?.minute ?? sending.day * dayLong
    const daylight =
      (Math.floor(last / dayLong) + gap) * dayLong + random.int(510, 1_080) - Math.round(geo.lon * 4)
    steps.push({ ...deed, minute: gap === 0 ? last + random.int(20, 200) : Math.max(daylight, last + 15) })
  }
  const { from, to, consent } = sending
  steps.push({
    verb: 'send',
    minute: sending.day * dayLong + random.int(510, 1_080) - Math.round(from.geo.lon * 4),
  })
  if (!sending.staysDraft && !isRefused(random, after, sending)) {
    if (consent === 'passedOn') after(0, from, { verb: 'passOn' })
    planAnswer(random, after, sending, to)
  }
  return steps.filter(({ minute, verb }) => verb === 'send' || minute < sending.days * dayLong)
}

type After = (gap: number, by: PlannedSpace, deed: Deed) => void

/** Asked by link, most members agree within days, some do not. */
const isRefused = (random: Random, after: After, { consent, from }: Sending): boolean => {
  if (consent !== 'link') return false
  const refuses = random.chance(0.06)
  after(random.int(0, 3), from, { verb: refuses ? 'refuse' : 'grant' })
  return refuses
}

const declineReasons: readonly (readonly [DeclineReason, number])[] = [
  ['no_capacity', 6],
  ['not_a_fit', 4],
  ['dates_unavailable', 3],
  ['out_of_area', 2],
  ['incomplete_info', 2],
  ['already_member', 1],
  ['vetting_concern', 1],
  ['other', 1],
]

/** How long a referral may still wait for its answer. */
export const recentDays = 6

const planAnswer = (random: Random, after: After, sending: Sending, to: PlannedSpace): void => {
  if (sending.days - sending.day <= recentDays && random.chance(0.5)) return
  const wait = random.weighted([
    [0, 40],
    [1, 30],
    [2, 14],
    [3, 9],
    [5, 7],
  ])
  const answer = random.weighted([
    ['accept', 78],
    ['decline', 17],
    ['withdraw', 5],
  ] as const)
  if (answer === 'withdraw') {
    after(wait, sending.from, { verb: 'withdraw' })
    return
  }
  if (answer === 'decline') {
    const reason = random.weighted(declineReasons)
    const note = reason === 'other' ? 'We are rebuilding the ground floor until autumn.' : null
    after(wait, to, { verb: 'decline', reason, note })
    return
  }
  after(wait, to, planAcceptance(random))
  planStay(random, after, sending, to)
}

const planAcceptance = (random: Random): Deed => {
  const kind = random.weighted([
    ['free', 4],
    ['discount', 3],
    ['full_price', 3],
  ] as const)
  return {
    verb: 'accept',
    terms: random.chance(0.6) ? { kind, note: termsNotes[kind] } : null,
    message: random.chance(0.5) ? random.pick(welcomes) : null,
  }
}

const outcomes: Readonly<Record<Stay, readonly (readonly [Outcome, number])[]>> = {
  visit: [
    ['completed', 52],
    ['joined', 10],
    ['not_joined', 22],
    ['no_show', 12],
    ['unknown', 4],
  ],
  temporary: [
    ['completed', 38],
    ['joined', 32],
    ['not_joined', 20],
    ['no_show', 7],
    ['unknown', 3],
  ],
  relocate: [
    ['joined', 58],
    ['not_joined', 28],
    ['unreachable', 6],
    ['no_show', 5],
    ['unknown', 3],
  ],
  join: [
    ['joined', 62],
    ['not_joined', 30],
    ['unreachable', 3],
    ['no_show', 5],
  ],
}

const planStay = (random: Random, after: After, { stay }: Sending, to: PlannedSpace): void => {
  const outcome = random.weighted(outcomes[stay])
  const comes =
    outcome === 'joined' || outcome === 'completed' || (outcome === 'not_joined' && random.chance(0.8))
  // Some who are joined note the end alone, which counts the visit with it.
  if (comes && (outcome !== 'joined' || random.chance(0.6)))
    after(random.int(2, 24), to, { verb: 'recordVisit' })
  if (comes && stay !== 'visit' && random.chance(0.4)) after(random.int(1, 6), to, { verb: 'startTrial' })
  const reason =
    outcome === 'not_joined'
      ? random.pick(['price', 'location', 'timing', 'chose_other', 'changed_mind'] as const)
      : null
  after(random.int(4, 35), to, { verb: 'close', outcome, reason })
}
