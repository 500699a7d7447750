import { planFlows } from './plan-flows.ts'
import { planLife, recentDays, type Step } from './plan-life.ts'
import { planPerson, type Person } from './plan-people.ts'
import type { PlannedSpace } from './plan-spaces.ts'
import type { Random } from './random.ts'
import { notes, reasons, trades, type Stay, type Trade } from './trades.ts'

/** By a link that is mailed to the member; or stated by the sender, the member being told by mail or by the sender. */
export type PlannedConsent =
  | { readonly given: 'link' }
  | {
      readonly given: 'told' | 'passedOn'
      readonly how: 'in_person' | 'by_mail' | 'by_phone'
      readonly daysBefore: number
    }

export interface PlannedReferral {
  /** Keys of spaces. */
  readonly from: string
  readonly to: string
  readonly member: Person
  readonly summary: string
  readonly stay: Stay
  readonly needs: {
    readonly deskKind: Trade['deskKind']
    readonly daysPerWeek: number
    readonly amenities: readonly string[]
    readonly languages: readonly string[]
    /** The day of the history on which the member would come. */
    readonly fromDay: number
  }
  readonly note: string | null
  readonly consent: PlannedConsent
  readonly isDraft: boolean
  /** What became of it, in order; the first step is the sending. */
  readonly steps: readonly Step[]
}

/** How many of the referrals are drafts of the last days: some kept back, some for spaces outside the network. */
const drafts = 6
const invitations = 6

export const planReferrals = (
  random: Random,
  spaces: readonly PlannedSpace[],
  { count, days }: { count: number; days: number },
): PlannedReferral[] => {
  const flows = planFlows(random, spaces)
  const outside = spaces.filter(({ isClaimed }) => !isClaimed)
  return Array.from({ length: count }, (_, index) => {
    const left = count - index
    const isInvitation = left <= invitations
    const staysDraft = left <= invitations + drafts
    const day = staysDraft ? days - random.int(2, 9) : drawDay(random, days)
    const from = flows.senderOn(day)
    const to = isInvitation ? random.pick(outside) : flows.receiverOn(day, from)
    const member = planPerson(random, from.city, index)
    const brief = planBrief(random, to, day)
    const consent = planConsent(random, member)
    const sending = { from, to, day, days, stay: brief.stay, consent: consent.given, staysDraft }
    return {
      from: from.key,
      to: to.key,
      member,
      ...brief,
      consent,
      isDraft: staysDraft && !isInvitation,
      steps: planLife(random, sending),
    }
  })
}

/** The network grows: the later, the more; and this week is a busy one, so that no inbox is quite empty. */
const drawDay = (random: Random, days: number): number =>
  random.chance(0.04) ? days - random.int(1, recentDays) : Math.floor((days - 1) * random.fraction() ** 0.7)

/** Without e-mail there is no link to mail: the sender passes it on. */
const planConsent = (random: Random, member: Person): PlannedConsent => {
  if (!('email' in member)) return { given: 'passedOn', how: 'by_phone', daysBefore: 0 }
  if (random.chance(0.15)) return { given: 'link' }
  return { given: 'told', how: random.pick(['in_person', 'by_mail'] as const), daysBefore: random.int(0, 4) }
}

const planBrief = (random: Random, to: PlannedSpace, day: number) => {
  const trade = random.pick(trades)
  const stay = random.weighted<Stay>([
    ['visit', 3],
    ['temporary', 2],
    ['relocate', 3],
    ['join', 2],
  ])
  return {
    summary: `${trade.trade}, ${random.pick(reasons[stay])}; wants ${random.pick(trade.wants)}.`,
    stay,
    needs: {
      deskKind: trade.deskKind,
      daysPerWeek: random.int(1, 5),
      amenities: trade.amenities,
      languages: random.some(to.city.languages, 1),
      fromDay: day + random.int(3, 30),
    },
    note: random.chance(0.6) ? random.pick(notes) : null,
  }
}
