import { dayInWords, deadlineInWords, howInWords, periodInWords } from '../events/wording.ts'
import { millisOf } from '../platform/clock.ts'
import type { Bearings } from '../referrals/guards.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { answerBy, type Act, type Offer } from './member-offers.ts'
import { wordsElsewhere } from './member-words.ts'

/** What the member's page writes on and around the things to press. */

interface Heading {
  readonly title: string
  readonly note?: string
}

/** What is asked, or written on a fold, with what it means to do it. */
export const headingOf = (about: Offer['about'], whole: WholeReferral, bearings: Bearings): Heading =>
  headings[about](whole, bearings)

const bothTold = ({ sender, receiver }: WholeReferral) =>
  `${sender.name} and ${receiver.name} learn that you said so.`

/** What the member may not record alone stands when nobody objects. */
const objectionOf = ({ receiver }: WholeReferral, { policy }: Bearings) =>
  `${receiver.name} learns what you say here. If it does not say otherwise within ${periodInWords(policy.claim)}, it stands.`

/** Who learns the answer, and what it takes to say that nothing was. */
const accountNote = ({ card, sender, receiver }: WholeReferral) => {
  const canBeNothing =
    card.memberReport === null && [card.dispute?.contested, card.dispute?.asserted].includes('none')
  return [
    ...(canBeNothing ? ['If you have not been there, you need not do anything.'] : []),
    `${sender.name} and ${receiver.name} learn what you say here. Your last word counts.`,
  ].join(' ')
}

/** Whether a visit was missed already: the next one that is ends the referral. */
const isLastVisit = ({ card }: WholeReferral, { now }: Bearings) =>
  card.noShows > 0 && card.scheduledFor !== null && millisOf(card.scheduledFor) <= now

const headings: Readonly<Record<Offer['about'], (whole: WholeReferral, bearings: Bearings) => Heading>> = {
  answer: (whole, { now }) => ({
    title: `You can answer until ${deadlineInWords(answerBy(whole), whole.receiver, now)}.`,
    note: `Is something wrong in there? Say no, and tell ${whole.sender.name}.`,
  }),
  unsent: () => ({ title: 'What was written about you' }),
  account: (whole) => ({ title: 'How was it?', note: accountNote(whole) }),
  been: (whole, bearings) => ({
    title: 'Were you there?',
    note: `${bothTold(whole)}${isLastVisit(whole, bearings) ? ' If you could not come this time either, this introduction ends.' : ''}`,
  }),
  arrange: ({ card, receiver }) => ({
    title: card.claim === null ? 'When will you visit?' : 'Arrange a visit',
    note: `Agree on a time with ${receiver.name}, then note it here, so that both spaces know it.`,
  }),
  move: ({ receiver }) => ({
    title: 'Move the visit',
    note: `Agree on another time with ${receiver.name} first.`,
  }),
  already: (whole) => ({ title: 'I have been there already', note: bothTold(whole) }),
  further: (whole) => ({ title: 'It has gone further already', note: bothTold(whole) }),
  onward: (whole) => ({ title: 'Has it gone further?', note: bothTold(whole) }),
  untold: (whole, bearings) => ({ title: 'How did it go?', note: objectionOf(whole, bearings) }),
  differently: (whole, bearings) => ({
    title: 'It ended differently',
    note: objectionOf(whole, bearings),
  }),
  left: (whole) => ({ title: 'I have left again', note: bothTold(whole) }),
  'withdraw-consent': (whole) => ({
    title: 'Withdraw my consent',
    note: `Your name, how to reach you and all that was written about you are hidden from ${whole.receiver.name} at once and erased here. It ends this referral and cannot be undone. ${wordsElsewhere(whole)}`.trim(),
  }),
  erase: (whole) => ({
    title: 'Erase what is written about me',
    note: `Your name, how to reach you and all that was written about you are erased here, for both spaces. How it ended stays counted, without your name. It cannot be undone. ${wordsElsewhere(whole)}`.trim(),
  }),
}

/** What stands on a button. */
export const labelOf = ({ name, stage }: Act, { card }: WholeReferral): string => {
  if (name !== 'claim') return labels[name]
  if (card.leftAt !== null && stage !== 'visited') {
    return stage === 'joined' ? 'I am still a member there' : 'I became a member, and have left again'
  }
  return stage === 'joined'
    ? 'I have become a member there'
    : stage === 'trial'
      ? labels['start-trial']
      : labels['record-visit']
}

const labels: Readonly<Record<Exclude<Act['name'], 'claim'>, string>> = {
  grant: 'Yes, introduce me',
  refuse: 'No, thank you',
  revoke: 'Yes, withdraw and erase',
  schedule: 'Note the visit',
  reschedule: 'Move it',
  'record-no-show': 'I could not come',
  'record-visit': 'I was there',
  'start-trial': 'I have started a trial',
  'report-left': 'Yes, I have left again',
  erase: 'Yes, erase it',
}

/** How the member came to agree. */
export const consentInWords = ({ card, sender }: WholeReferral): string => {
  if (card.consentedAt !== null) return `You said yes on ${dayInWords(card.consentedAt)}, on this page.`
  if (card.consentKind === 'link') return ''
  const how = card.consentHow === null ? '' : `, ${howInWords(card.consentHow)}`
  const when = card.consentOn === null ? '' : ` on ${dayInWords(card.consentOn)}${how}`
  return `${sender.name} says that you agreed${when}.`
}

/** A page of its own for each introduction: how the member finds the ones before. */
export const beforeInWords = ({ card, origin }: WholeReferral): string => {
  if (card.trail.length === 0) return ''
  return card.trail.length === 1
    ? `${origin.name} introduced you first. That has a page of its own, by the link in the earlier e-mail.`
    : `${origin.name} introduced you first. What came before has pages of its own, by the links in the earlier e-mails.`
}

/** What is wrong with a day or a time that was typed. */
export const faults = {
  noTime: 'Please choose the day and the time of your visit.',
  pastTime: 'That time is over. Please choose one that is still to come.',
  lateTime: (until: string) => `That is too far ahead. Please choose a time before ${until}.`,
  noDay: 'Please choose the day on which you were there.',
  futureDay: 'That day is still to come. Please choose the day on which you were there.',
  earlyDay: 'That is before you were introduced. Please choose the day on which you were there.',
}

export const words = {
  readFirst: 'What they read first',
  wouldReadFirst: 'What they would read first',
  unread: 'What was written about you',
  contactOpen: 'What they know since they said yes',
  contactSealed: 'What they read only if they say yes',
  contactKept: 'Who you are',
  nameFirst: 'Your name, with it',
  receiverAsked: (receiver: string) => `${receiver} asked`,
  senderAnswered: (sender: string) => `${sender} answered`,
  senderSays: (sender: string) => `${sender} says`,
  receiverSays: (receiver: string) => `${receiver} says`,
  reader: 'Who reads it',
  nobodyElse: 'Nobody else.',
  unseen: (sender: string) => `${sender} passes it on without seeing how to reach you.`,
  before: 'Before this',
  consent: 'Your consent',
  terms: 'Terms',
  visited: 'Your visit',
  next: 'What happens next',
  answerLabel: 'Your answer',
  eraseUnsent: 'Erase what was written about me',
  time: 'Day and time',
  clock: (city: string) => `By the clock in ${city}.`,
  dayOfVisit: 'Day of your visit',
  foot: 'The link to this page is for you alone. Looking at it changes nothing.',
}
