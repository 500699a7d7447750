import { millisOf } from '../platform/clock.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { offersOf } from './member-offers.ts'
import { joined, namesIn, type Saying, type Telling } from './member-telling.ts'
import type { Reader } from './reader.ts'

/** How an introduction ended, in words for the member. */

/** Whether the receiver has got to see how to reach the member, be it that it no longer does here. */
const hasSeen = ({ card }: WholeReferral) =>
  card.acceptedAt !== null && (card.consentedAt ?? card.noticeAt) !== null

export const closed: Telling = (whole, reader) => ({
  title: endTitle(whole, reader),
  lead: joined(
    reader.wording.t('situation.closed.introduced', namesIn(whole, reader)),
    endLead(whole, reader),
  ),
  next: whole.card.claim === null ? afterEnd(whole, reader) : '',
})

const endTitle: Saying = (whole, reader) => {
  const { t } = reader.wording
  const { leftAt, outcome } = whole.card
  const end = leftAt === null ? outcome : 'left'
  return end === 'left' || end === 'joined' || end === 'completed'
    ? t(`situation.closed.${end}`, namesIn(whole, reader))
    : t('situation.closed.title')
}

const endLead: Saying = (whole, reader) => {
  const { t } = reader.wording
  const names = namesIn(whole, reader)
  switch (whole.card.leftAt === null ? whole.card.outcome : 'left') {
    case 'not_joined':
      return t('situation.closed.notJoined', names)
    case 'no_show':
      return whole.card.noShows > 1 ? t('situation.closed.noVisit') : t('situation.closed.noShow', names)
    case 'unreachable':
      return t('situation.closed.unreachable', names)
    case 'unknown':
      return t('situation.closed.unknown')
    default:
      return ''
  }
}

const mayClaim = (whole: WholeReferral, reader: Reader) =>
  offersOf(whole, reader).some(({ acts }) => acts.some(({ name }) => name === 'claim'))

/** What the member can still say, and until when. */
const afterEnd: Saying = (whole, reader) => {
  const { card, receiver } = whole
  const { policy, now, wording } = reader
  const { t, deadlineInWords } = wording
  const offered = new Set(offersOf(whole, reader).flatMap(({ acts }) => acts.map(({ name }) => name)))
  const until = (from: string | null, span: number) => ({
    until: deadlineInWords(millisOf(from ?? card.updatedAt) + span, receiver, now),
  })
  if (offered.has('report-left')) return t('situation.closed.leaveBy', until(card.joinedAt, policy.join))
  if (!offered.has('claim')) return t('situation.closed.nothingMore')
  const doubt = card.status === 'closed' ? 'betterBy' : 'thereBy'
  return t(`situation.closed.${doubt}`, until(card.closedAt, policy.objection))
}

export const declined: Telling = (whole, reader) => ({
  title: reader.wording.t('situation.declined', namesIn(whole, reader)),
  lead: reader.wording.t('situation.originKnows', namesIn(whole, reader)),
  next: whole.card.claim === null ? afterEnd(whole, reader) : '',
})

export const expired: Telling = (whole, reader) => {
  const { t } = reader.wording
  const names = namesIn(whole, reader)
  return {
    title: whole.card.sentAt ? t('situation.expired', names) : t('situation.overdue.title'),
    lead: t('situation.originKnows', names),
    next: t('situation.closed.nothingMore'),
  }
}

export const withdrawn: Telling = (whole, reader) => {
  const { t } = reader.wording
  const names = namesIn(whole, reader)
  return {
    title: t('situation.withdrawn', names),
    lead: whole.card.sentAt ? reachOf(whole, reader) : t('situation.unsent', names),
    next: t('situation.closed.nothingMore'),
  }
}

const reachOf: Saying = (whole, reader) =>
  reader.wording.t(`situation.reach.${hasSeen(whole) ? 'seen' : 'unseen'}`, namesIn(whole, reader))

export const forwarded: Telling = (whole, reader) => {
  const { t, placeInWords } = reader.wording
  const { card, forwardedTo, endedAt } = whole
  const names = namesIn(whole, reader)
  const there = forwardedTo && placeInWords(forwardedTo)
  const last = endedAt && endedAt.id !== forwardedTo?.id ? placeInWords(endedAt) : null
  const end = last ?? there
  const suggestion = there
    ? t('situation.forwarded.title', { ...names, there })
    : t('situation.forwarded.titleElsewhere', names)
  return {
    title: card.finalOutcome === 'joined' && end ? t('situation.closed.joined', { there: end }) : suggestion,
    lead: joined(
      t('situation.way.once', { origin: names.sender, sender: names.receiver }),
      there
        ? t('situation.way.better', { from: names.receiver, to: there })
        : t('situation.forwarded.elsewhere', names),
      last ? t('situation.forwarded.onward', { last }) : '',
    ),
    next: joined(
      t(`situation.forwarded.${card.finalOutcome === null ? 'yours' : 'ended'}`),
      card.claim === null && mayClaim(whole, reader) ? afterEnd(whole, reader) : '',
    ),
  }
}

export const revoked: Telling = (whole, reader) => {
  const { t } = reader.wording
  const names = namesIn(whole, reader)
  if (whole.card.sentAt === null) {
    return {
      title: t('situation.revoked.titleUnsent'),
      lead: t('situation.revoked.leadUnsent', names),
      next: joined(t('situation.revoked.unheard', names), wordsElsewhere(whole, reader)),
    }
  }
  return {
    title: t('situation.revoked.title'),
    lead: t('situation.revoked.lead'),
    next: joined(
      t('situation.revoked.told', names),
      keptElsewhere(whole, reader),
      wordsElsewhere(whole, reader),
    ),
  }
}

const keptElsewhere: Saying = (whole, reader) =>
  joined(reachOf(whole, reader), hasSeen(whole) ? reader.wording.t('situation.reach.ask') : '')

/**
 * Each introduction has its own words and its own page: erasing one leaves those before and after it. The member has an
 * e-mail for each: who has no address is not passed on.
 */
export const wordsElsewhere: Saying = ({ card, origin, forwardedTo }, { wording: { t } }) =>
  joined(
    card.trail.length > 0
      ? t('situation.elsewhere.earlier', { count: card.trail.length, origin: origin.name })
      : '',
    forwardedTo ? t('situation.elsewhere.later', { place: forwardedTo.name }) : '',
  )

export const erased: Telling = (whole, reader) => {
  const { t } = reader.wording
  const names = namesIn(whole, reader)
  const isSent = whole.card.sentAt !== null
  return {
    title: t('situation.erased.title'),
    lead: isSent ? t('situation.erased.counted', names) : t('situation.unsent', names),
    next: joined(
      isSent ? keptElsewhere(whole, reader) : t('situation.revoked.unheard', names),
      wordsElsewhere(whole, reader),
    ),
  }
}
