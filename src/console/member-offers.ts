import { millisOf } from '../platform/clock.ts'
import { stages, type Stage } from '../reciprocity/balance.ts'
import { isDisputeOpen } from '../referrals/clocks.ts'
import { legalNow, type Bearings } from '../referrals/guards.ts'
import { isOpen, type ReferralEvent, type Status } from '../referrals/lifecycle.ts'
import { isMembersOwn, levelOf, rankOf } from '../referrals/outcome.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'

/** What the member's page offers to do, and in which order. Pure: what is legal now decides, then what is likely. */

/** Something to press. A stage comes with a claim alone. */
export interface Act {
  readonly name:
    | 'grant'
    | 'refuse'
    | 'revoke'
    | 'schedule'
    | 'reschedule'
    | 'record-no-show'
    | 'record-visit'
    | 'start-trial'
    | 'claim'
    | 'report-left'
    | 'erase'
  readonly stage?: Stage
}

export interface Offer {
  readonly about:
    | 'answer'
    | 'unsent'
    | 'account'
    | 'been'
    | 'arrange'
    | 'move'
    | 'already'
    | 'further'
    | 'onward'
    | 'untold'
    | 'differently'
    | 'left'
    | 'withdraw-consent'
    | 'erase'
  /** `asked`: the one thing to do next. `open`: in sight. `folded`: rare, or not to be pressed by mistake. */
  readonly shown: 'asked' | 'open' | 'folded'
  readonly acts: readonly Act[]
}

/** Everything that the page offers now, the likeliest first. */
export const offersOf = (whole: WholeReferral, bearings: Bearings): Offer[] => {
  const { card } = whole
  const may = mayNow(whole, bearings)
  const offers = [
    ...consentOffers(whole, bearings),
    ...(isDisputeOpen(card) ? [accountOffer(whole)] : []),
    ...(isErased(whole) ? [] : statusOffers(whole, bearings)),
    ...(card.status === 'awaiting_consent' ? [] : [fold('withdraw-consent', [{ name: 'revoke' }])]),
    fold('erase', [{ name: 'erase' }]),
  ]
  return offers
    .map((offer) => ({ ...offer, acts: offer.acts.filter(may) }))
    .filter(({ acts }) => acts.length > 0)
}

/** Whether the words about the member are gone although the referral came to its end by itself. */
export const isErased = ({ card, contact }: WholeReferral): boolean =>
  contact === null && card.status !== 'consent_revoked' && !isOpen(card.status as Status)

/** Until when the member may say yes. */
export const answerBy = ({ card }: WholeReferral): number => millisOf(card.answerBy ?? card.updatedAt)

export const isOverdue = (whole: WholeReferral, { now }: Bearings): boolean => answerBy(whole) < now

/** What the table and its guards let the member do; erasing words is possible while there are any, after the end. */
const mayNow = (whole: WholeReferral, bearings: Bearings) => {
  const { card, contact } = whole
  const legal: readonly string[] = legalNow(card, 'member', bearings)
  const canErase = contact !== null && !isOpen(card.status as Status)
  return ({ name }: Act) => (name === 'erase' ? canErase : legal.includes(events[name] ?? name))
}

/** A form is called as its event is, unless a shorter word does. */
const events: Partial<Record<Act['name'], ReferralEvent>> = {
  grant: 'grant-consent',
  refuse: 'refuse-consent',
}

const fold = (about: Offer['about'], acts: readonly Act[]): Offer => ({ about, shown: 'folded', acts })

const consentOffers = (whole: WholeReferral, bearings: Bearings): Offer[] => {
  if (whole.card.status !== 'awaiting_consent') return []
  if (isOverdue(whole, bearings)) return [{ about: 'unsent', shown: 'open', acts: [{ name: 'refuse' }] }]
  return [{ about: 'answer', shown: 'asked', acts: [{ name: 'grant' }, { name: 'refuse' }] }]
}

/**
 * Two accounts stand against each other: the member can say which is right, what lies between them, or that there was more
 * to it. The last word counts, so that only the one that stands is not asked for.
 */
const accountOffer = ({ card }: WholeReferral): Offer => {
  const { contested = 'none', asserted = 'none' } = card.dispute ?? {}
  const ranks = [rankOf(contested), rankOf(asserted)]
  const told = card.memberReport === 'left' ? 'trial' : levelOf(card.memberReport)
  const open = stages.filter((stage) => rankOf(stage) >= Math.min(...ranks) && stage !== told)
  return { about: 'account', shown: 'asked', acts: open.map((stage) => ({ name: 'claim', stage })) }
}

const statusOffers = (whole: WholeReferral, bearings: Bearings): Offer[] => {
  const { card } = whole
  const acts = stageActs(whole, bearings)
  switch (card.status as Status) {
    case 'accepted':
    case 'scheduled':
      return visitOffers(whole, acts, bearings)
    case 'visited':
    case 'trial':
      return [{ about: 'onward', shown: 'open', acts }]
    case 'closed':
    case 'declined':
    case 'forwarded':
      return [
        card.outcome === 'unknown' ? { about: 'untold', shown: 'open', acts } : fold('differently', acts),
        fold('left', [{ name: 'report-left' }]),
      ]
    default:
      return []
  }
}

/** Before the first visit: arrange it, then say whether it took place. */
const visitOffers = ({ card }: WholeReferral, acts: readonly Act[], { now }: Bearings): Offer[] => {
  const visit = acts.filter(({ name }) => name === 'record-visit')
  const further = acts.filter(({ name }) => name !== 'record-visit')
  const isPast = card.scheduledFor !== null && millisOf(card.scheduledFor) <= now
  const hasTold = visit.length === 0
  const move = fold('move', [{ name: 'reschedule' }])
  if (hasTold) return [fold('further', further)]
  if (isPast || card.claim !== null) {
    const been: Act[] = [...visit, ...(isPast ? [{ name: 'record-no-show' } as const] : [])]
    return [
      { about: 'been', shown: 'asked', acts: been },
      fold('arrange', [{ name: 'schedule' }]),
      move,
      fold('further', further),
    ]
  }
  return [{ about: 'arrange', shown: 'asked', acts: [{ name: 'schedule' }] }, move, fold('already', acts)]
}

const recordOf = { visited: 'record-visit', trial: 'start-trial', joined: null } as const

/**
 * How the member can say that a stage was reached that nobody reported yet: at once where that is the member's to say,
 * else as a claim, which stands unless the receiver objects.
 */
const stageActs = ({ card }: WholeReferral, bearings: Bearings): Act[] => {
  if (isDisputeOpen(card)) return []
  const legal: readonly string[] = legalNow(card, 'member', bearings)
  const reached = rankOf(levelOf(card.reached))
  const claimed = rankOf(levelOf(card.claim?.stage ?? null))
  const told = card.claim?.by === 'member' ? Math.max(reached, claimed) : reached
  return stages.flatMap((stage): Act[] => {
    const record = recordOf[stage]
    if (rankOf(stage) <= told) return []
    if (record !== null && legal.includes(record)) return [{ name: record }]
    const isSaid = rankOf(stage) <= claimed || (stage !== 'visited' && !isMembersOwn(card))
    return !isSaid && legal.includes('claim') ? [{ name: 'claim', stage }] : []
  })
}
