import { millisOf } from '../platform/clock.ts'
import { isDisputeOpen } from '../referrals/clocks.ts'
import type { Status } from '../referrals/lifecycle.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { closed, declined, erased, expired, forwarded, revoked, withdrawn } from './member-endings.ts'
import { isErased, isOverdue } from './member-offers.ts'
import { joined, namesIn, type Saying, type Situation, type Telling } from './member-telling.ts'
import type { Reader } from './reader.ts'

/** How things stand, in words for the member. Reasons of a space stay with the space. */

export const situationOf = (whole: WholeReferral, reader: Reader): Situation => {
  const status = whole.card.status as Status
  if (isErased(whole)) return erased(whole, reader)
  if (status === 'awaiting_consent' && isOverdue(whole, reader)) return overdue(whole, reader)
  // Who was refused or passed on may have joined all the same.
  const situation = (whole.card.outcome === null ? told[status] : closed)(whole, reader)
  // What comes next of a dispute is said with it.
  return isDisputeOpen(whole.card) ? { ...situation, next: '' } : situation
}

const isForwarded = ({ card }: WholeReferral) => card.trail.length > 0

const asked: Telling = (whole, reader) => {
  const { t, placeInWords, periodInWords } = reader.wording
  const names = namesIn(whole, reader)
  const suggestion = isForwarded(whole)
    ? wayTo(whole, reader)
    : t('situation.asked.thinks', { place: placeInWords(whole.sender) })
  return {
    title: question(whole, reader),
    lead: joined(suggestion, t('situation.asked.undecided')),
    next: t('situation.asked.next', { ...names, period: periodInWords(reader.policy.response) }),
  }
}

const question: Saying = (whole, reader) => {
  const { t } = reader.wording
  const names = namesIn(whole, reader)
  const name = whole.contact?.name
  if (name === undefined) return t(`situation.asked.${isForwarded(whole) ? 'titleBy' : 'title'}`, names)
  return t(`situation.asked.${isForwarded(whole) ? 'titleNamedBy' : 'titleNamed'}`, { ...names, name })
}

/** Who introduced the member first, and who thinks now that another space fits better. */
const wayTo: Saying = ({ card, origin, sender, receiver }, { wording: { t, placeInWords } }) =>
  joined(
    t(`situation.way.${card.trail.length === 1 ? 'once' : 'longer'}`, {
      origin: placeInWords(origin),
      sender: sender.name,
    }),
    t('situation.way.better', { from: sender.name, to: receiver.name }),
  )

const overdue: Telling = (whole, reader) => {
  const { t } = reader.wording
  const names = namesIn(whole, reader)
  return {
    title: t('situation.overdue.title'),
    lead: t('situation.unsent', names),
    next: t('situation.overdue.next', names),
  }
}

const sent: Telling = (whole, reader) => {
  const { t, periodInWords } = reader.wording
  const names = namesIn(whole, reader)
  return {
    title: t('situation.sent.title', names),
    lead: t('situation.sent.lead', { ...names, period: periodInWords(reader.policy.response) }),
    next: t('situation.sent.next', names),
  }
}

const accepted: Telling = (whole, reader) => {
  const { t } = reader.wording
  const { claim, noShows } = whole.card
  const acquaintance = whole.isOpenToReceiver ? 'acquainted' : 'untold'
  return {
    title: t('situation.accepted.title', namesIn(whole, reader)),
    lead: t(`situation.accepted.${noShows > 0 ? 'missed' : acquaintance}`),
    next:
      claim === null
        ? t(`situation.accepted.${noShows > 0 ? 'another' : 'first'}`)
        : t('situation.scheduled.say'),
  }
}

const scheduled: Telling = (whole, reader) => {
  const { t, timeInWords } = reader.wording
  const { card, receiver } = whole
  const at = millisOf(card.scheduledFor ?? card.updatedAt)
  const isToCome = at > reader.now
  const when = { time: timeInWords(receiver.timezone, at), city: receiver.city }
  return {
    title: t(`situation.scheduled.${isToCome ? 'title' : 'titlePast'}`, namesIn(whole, reader)),
    lead: t(`situation.scheduled.${isToCome ? 'lead' : 'leadPast'}`, when),
    next: t(`situation.scheduled.${isToCome ? 'afterwards' : 'say'}`),
  }
}

const underWay =
  (stage: 'visited' | 'trial'): Telling =>
  (whole, reader) => {
    const { t } = reader.wording
    const names = namesIn(whole, reader)
    return {
      title: t(`situation.underWay.${stage}`, names),
      lead: t('situation.underWay.lead', names),
      next: t('situation.underWay.next'),
    }
  }

const told: Readonly<Record<Status, Telling>> = {
  // The page is not shown for a draft: the member has not been asked yet.
  draft: sent,
  awaiting_consent: asked,
  sent,
  info_requested: sent,
  accepted,
  scheduled,
  visited: underWay('visited'),
  trial: underWay('trial'),
  closed,
  declined,
  expired,
  withdrawn,
  forwarded,
  consent_revoked: revoked,
}
