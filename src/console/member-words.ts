import { deadlineInWords, periodInWords } from '../events/wording.ts'
import { millisOf } from '../platform/clock.ts'
import { isDisputeOpen } from '../referrals/clocks.ts'
import type { Bearings } from '../referrals/guards.ts'
import type { Status } from '../referrals/lifecycle.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { isErased, isOverdue, offersOf } from './member-offers.ts'
import { timeInWords } from './space-time.ts'

/** How things stand, in words for the member. Reasons of a space stay with the space. */

interface Situation {
  readonly title: string
  readonly lead: string
  readonly next: string
}

export const situationOf = (whole: WholeReferral, bearings: Bearings): Situation => {
  const status = whole.card.status as Status
  if (isErased(whole)) return erased(whole, bearings)
  if (status === 'awaiting_consent' && isOverdue(whole, bearings)) return overdue(whole, bearings)
  // Who was refused or passed on may have joined all the same.
  const situation = (whole.card.outcome === null ? told[status] : closed)(whole, bearings)
  // What comes next of a dispute is said with it.
  return isDisputeOpen(whole.card) ? { ...situation, next: '' } : situation
}

type Telling = (whole: WholeReferral, bearings: Bearings) => Situation

const placeInWords = ({ name, city }: WholeReferral['receiver']) => `${name} in ${city}`
const thereOf = ({ receiver }: WholeReferral) => placeInWords(receiver)

/** Whether the receiver has got to see how to reach the member, be it that it no longer does here. */
const hasSeen = ({ card }: WholeReferral) =>
  card.acceptedAt !== null && (card.consentedAt ?? card.noticeAt) !== null

const isForwarded = ({ card }: WholeReferral) => card.trail.length > 0

const nothingMore = 'Nothing more happens here.'

const asked: Telling = (whole, { policy }) => ({
  title: `${greeting(whole)}ay ${isForwarded(whole) ? whole.sender.name : 'we'} introduce you to ${thereOf(whole)}?`,
  lead: `${isForwarded(whole) ? wayTo(whole) : `${placeInWords(whole.sender)} thinks you would be well there.`} Nothing has been sent yet. You decide.`,
  next: `If you say yes, ${whole.receiver.name} reads the first part and answers, as a rule within ${periodInWords(policy.response)}. You can withdraw your consent at any time, on this page.`,
})

const greeting = ({ contact }: WholeReferral) => (contact ? `${contact.name}, m` : 'M')

/** Who introduced the member first, and who thinks now that another space fits better. */
const wayTo = (whole: WholeReferral) => {
  const { card, origin, sender, receiver } = whole
  const first =
    card.trail.length === 1
      ? `${placeInWords(origin)} introduced you to ${sender.name}.`
      : `${placeInWords(origin)} introduced you first, and that led to ${sender.name}.`
  return `${first} ${sender.name} thinks that ${receiver.name} would fit you better.`
}

const overdue: Telling = (whole) => ({
  title: 'The time to answer is over',
  lead: `Nothing was sent to ${thereOf(whole)}.`,
  next: `If you would still like to be introduced, tell ${whole.origin.name}: they can refer you again.`,
})

const sent: Telling = (whole, { policy }) => ({
  title: `${whole.sender.name} has referred you to ${thereOf(whole)}`,
  lead: `${whole.receiver.name} reads about you and answers, as a rule within ${periodInWords(policy.response)}.`,
  next: `If they say yes, one e-mail introduces you to each other. If not, ${whole.origin.name} may suggest another space.`,
})

const accepted: Telling = (whole) => ({
  title: `${whole.receiver.name} has said yes`,
  lead: whole.card.noShows > 0 ? 'The visit that was arranged did not take place.' : acquaintance(whole),
  next: nextVisit(whole),
})

const acquaintance = (whole: WholeReferral) =>
  whole.isOpenToReceiver
    ? 'They know who you are and how to reach you. One e-mail introduces you to each other.'
    : 'They will see who you are and how to reach you as soon as you have been told.'

const nextVisit = ({ card }: WholeReferral) => {
  if (card.claim !== null) return 'Say whether you were there.'
  return card.noShows > 0
    ? 'Arrange another visit with them. If that one does not take place either, this introduction ends.'
    : 'Arrange your first visit with them.'
}

const scheduled: Telling = (whole, { now }) => {
  const { card, receiver } = whole
  const at = millisOf(card.scheduledFor ?? card.updatedAt)
  return {
    title: at > now ? `Your visit to ${thereOf(whole)} is arranged` : `Have you been to ${thereOf(whole)}?`,
    lead: `${at > now ? 'It is on' : 'Your visit was arranged for'} ${timeInWords(receiver.timezone, at)}, by the clock in ${receiver.city}.`,
    next: at > now ? 'Afterwards, say here that you were there.' : 'Say whether you were there.',
  }
}

const underWay =
  (title: (there: string) => string): Telling =>
  (whole) => ({
    title: title(thereOf(whole)),
    lead: introduced(whole),
    next: 'When it goes on, tell it here: the link to this page keeps working.',
  })

const introduced = ({ sender, receiver }: WholeReferral) =>
  `${sender.name} introduced you, and ${receiver.name} said yes.`

const closed: Telling = (whole, bearings) => {
  const { card, receiver, sender } = whole
  const end = card.leftAt === null ? ends[card.outcome ?? ''] : left
  return {
    title: end?.title(thereOf(whole)) ?? ended(),
    lead: `${sender.name} introduced you to ${thereOf(whole)}. ${end?.lead?.(receiver.name, card) ?? ''}`.trim(),
    next: card.claim === null ? afterEnd(whole, bearings) : '',
  }
}

const mayClaim = (whole: WholeReferral, bearings: Bearings) =>
  offersOf(whole, bearings).some(({ acts }) => acts.some(({ name }) => name === 'claim'))

/** What the member can still say, and until when. */
const afterEnd = (whole: WholeReferral, bearings: Bearings) => {
  const { card, receiver } = whole
  const { policy, now } = bearings
  const offered = new Set(offersOf(whole, bearings).flatMap(({ acts }) => acts.map(({ name }) => name)))
  const by = (from: string | null, span: number) =>
    deadlineInWords(millisOf(from ?? card.updatedAt) + span, receiver, now)
  if (offered.has('report-left'))
    return `If you leave again by ${by(card.joinedAt, policy.join)}, say so here.`
  if (offered.has('claim'))
    return `${card.status === 'closed' ? 'If you know better' : 'If you were there all the same'}, say so here by ${by(card.closedAt, policy.objection)}.`
  return nothingMore
}

interface End {
  readonly title: (there: string) => string
  readonly lead?: (receiver: string, card: WholeReferral['card']) => string
}

const ended = () => 'This introduction has ended'
const left: End = { title: (there) => `You have left ${there} again` }
const ends: Readonly<Record<string, End>> = {
  joined: { title: (there) => `You have joined ${there}` },
  completed: { title: (there) => `Your stay at ${there} is over` },
  not_joined: { title: ended, lead: (receiver) => `${receiver} says that you have not become a member.` },
  no_show: {
    title: ended,
    lead: (receiver, { noShows }) =>
      noShows > 1 ? 'No visit took place.' : `${receiver} says that you did not come.`,
  },
  unreachable: { title: ended, lead: (receiver) => `${receiver} says that it could not reach you.` },
  unknown: { title: ended, lead: () => 'How it went on has not been told.' },
}

const declined: Telling = (whole, bearings) => ({
  title: `${whole.receiver.name} cannot take you this time`,
  lead: `${whole.origin.name} knows, and may suggest another space.`,
  next: whole.card.claim === null ? afterEnd(whole, bearings) : '',
})

const expired: Telling = (whole) => ({
  title: whole.card.sentAt ? `${whole.receiver.name} has not answered` : 'The time to answer is over',
  lead: `${whole.origin.name} knows, and may suggest another space.`,
  next: nothingMore,
})

const withdrawn: Telling = (whole) => ({
  title: `${whole.sender.name} has withdrawn this referral`,
  lead: whole.card.sentAt ? reachOf(whole) : `Nothing was sent to ${thereOf(whole)}.`,
  next: nothingMore,
})

const reachOf = (whole: WholeReferral) =>
  hasSeen(whole)
    ? `${whole.receiver.name} has seen how to reach you since it said yes.`
    : `${whole.receiver.name} has not seen how to reach you.`

const forwarded: Telling = (whole, bearings) => {
  const { card, receiver, sender, forwardedTo, endedAt } = whole
  const there = forwardedTo ? placeInWords(forwardedTo) : 'another space'
  const last = endedAt && endedAt.id !== forwardedTo?.id ? placeInWords(endedAt) : null
  const isJoined = card.finalOutcome === 'joined'
  const onward = last === null ? '' : `From there it went on to ${last}.`
  return {
    title: isJoined ? `You have joined ${last ?? there}` : `${receiver.name} suggests ${there}`,
    lead: joined(
      `${sender.name} introduced you to ${receiver.name}.`,
      `${receiver.name} thinks that ${there} would fit you better.`,
      onward,
    ),
    next: joined(
      card.finalOutcome === null
        ? 'Whether you are introduced there is yours to say: an e-mail of its own asks you, and leads to a page of its own.'
        : 'That introduction has ended as well. The page of its own, by the link in its e-mail, tells how.',
      card.claim === null && mayClaim(whole, bearings) ? afterEnd(whole, bearings) : '',
    ),
  }
}

const revoked: Telling = (whole) => {
  const { card, sender, receiver } = whole
  if (card.sentAt === null) {
    return {
      title: 'Nothing is sent',
      lead: `You said no. What ${sender.name} had written about you is erased here.`,
      next: joined(neverHeard(whole), wordsElsewhere(whole)),
    }
  }
  return {
    title: 'You have withdrawn your consent',
    lead: 'Your name, how to reach you and all that was written about you are erased here.',
    next: joined(
      `${receiver.name} is told that you have withdrawn your consent.`,
      keptElsewhere(whole),
      wordsElsewhere(whole),
    ),
  }
}

const neverHeard = ({ receiver }: WholeReferral) => `${receiver.name} never heard of it.`

const joined = (...sentences: string[]) => sentences.filter((sentence) => sentence !== '').join(' ')

const keptElsewhere = (whole: WholeReferral) =>
  hasSeen(whole) ? `${reachOf(whole)} Ask it to delete what it noted elsewhere.` : reachOf(whole)

/**
 * Each introduction has its own words and its own page: erasing one leaves those before and after it. The member has an
 * e-mail for each: who has no address is not passed on.
 */
export const wordsElsewhere = (whole: WholeReferral) => joined(earlierWords(whole), laterWords(whole))

const earlierWords = ({ card, origin }: WholeReferral) => {
  if (card.trail.length === 0) return ''
  return card.trail.length === 1
    ? `What ${origin.name} sent before has a page of its own, by the link in the earlier e-mail: erase it there.`
    : 'What was sent before has pages of its own, by the links in the earlier e-mails: erase it there.'
}

const laterWords = ({ forwardedTo }: WholeReferral) =>
  forwardedTo
    ? `What was passed on for ${forwardedTo.name} has a page of its own, by the link in the later e-mail: erase it there.`
    : ''

const erased: Telling = (whole) => ({
  title: 'What was written about you is erased',
  lead: whole.card.sentAt
    ? `That ${whole.sender.name} introduced you to ${thereOf(whole)}, and how it ended, stays counted, without your name.`
    : `Nothing was sent to ${thereOf(whole)}.`,
  next: joined(whole.card.sentAt ? keptElsewhere(whole) : neverHeard(whole), wordsElsewhere(whole)),
})

const told: Readonly<Record<Status, Telling>> = {
  // The page is not shown for a draft: the member has not been asked yet.
  draft: sent,
  awaiting_consent: asked,
  sent,
  info_requested: sent,
  accepted,
  scheduled,
  visited: underWay((there) => `You have visited ${there}`),
  trial: underWay((there) => `You are trying out ${there}`),
  closed,
  declined,
  expired,
  withdrawn,
  forwarded,
  consent_revoked: revoked,
}
