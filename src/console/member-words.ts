import { dayInWords, howInWords } from '../events/wording.ts'
import { millisOf } from '../platform/clock.ts'
import type { Status } from '../referrals/lifecycle.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'

/** Everything that the member's page says. */

export interface Situation {
  readonly title: string
  readonly lead: string
  readonly next: string
  /** What the member can do here now. */
  readonly choice: 'answer' | 'erase' | 'take-back' | null
}

/** How things stand, in words for the member. Reasons of a space stay with the space. */
export const situationOf = (whole: WholeReferral, now: number): Situation => {
  const status = whole.card.status as Status
  if (status === 'awaiting_consent') return isOverdue(whole, now) ? overdue(whole) : asked(whole)
  return { choice: null, ...told[status](whole) }
}

/** Until when the member may say yes. */
export const answerBy = ({ card }: WholeReferral): number => millisOf(card.answerBy ?? card.updatedAt)

const isOverdue = (whole: WholeReferral, now: number) => answerBy(whole) < now

const thereOf = ({ receiver }: WholeReferral) => `${receiver.name} in ${receiver.city}`

const asked = (whole: WholeReferral): Situation => ({
  title: `${greeting(whole)}ay we introduce you to ${thereOf(whole)}?`,
  lead: `${whole.sender.name} in ${whole.sender.city} thinks you would be well there. Nothing has been sent yet. You decide.`,
  next: `If you say yes, ${whole.receiver.name} reads the first part and answers, as a rule within a week. You can take a yes back at any time, on this page.`,
  choice: 'answer',
})

const greeting = ({ contact }: WholeReferral) => (contact ? `${contact.name}, m` : 'M')

const overdue = (whole: WholeReferral): Situation => ({
  title: 'The time to answer is over',
  lead: `Nothing was sent to ${thereOf(whole)}.`,
  next: `If you would still like to be introduced, tell ${whole.sender.name}: they can ask you again.`,
  choice: 'erase',
})

type Telling = (whole: WholeReferral) => Omit<Situation, 'choice'> & Partial<Pick<Situation, 'choice'>>

const sent: Telling = (whole) => ({
  title: `${whole.sender.name} has referred you to ${thereOf(whole)}`,
  lead: `${whole.receiver.name} reads about you and answers, as a rule within a week.`,
  next: `If they say yes, one e-mail introduces you to each other. If not, ${whole.sender.name} may suggest another space.`,
  choice: 'take-back',
})

const accepted: Telling = (whole) => ({
  title: `${whole.receiver.name} has said yes`,
  lead: whole.isOpenToReceiver
    ? 'They know who you are and how to reach you. One e-mail introduces you to each other.'
    : 'They will see who you are and how to reach you as soon as you have been told.',
  next: 'Arrange your first visit with them.',
  choice: 'take-back',
})

const underWay =
  (title: (there: string) => string, next: string): Telling =>
  (whole) => ({
    title: title(thereOf(whole)),
    lead: `${whole.sender.name} introduced you, and ${whole.receiver.name} said yes.`,
    next,
    choice: 'take-back',
  })

const closed: Telling = (whole) => {
  const there = thereOf(whole)
  const titles: Readonly<Record<string, string>> = {
    joined: `You have joined ${there}`,
    completed: `Your stay at ${there} is over`,
  }
  return {
    title: titles[whole.card.outcome ?? ''] ?? 'This referral has ended',
    lead: `${whole.sender.name} introduced you to ${there}.`,
    next: 'Nothing more happens here. To have your details deleted, ask either space.',
  }
}

const withdrawn: Telling = (whole) => ({
  title: `${whole.sender.name} has withdrawn this referral`,
  lead: whole.card.sentAt
    ? `${whole.receiver.name} has not seen how to reach you.`
    : `Nothing was sent to ${thereOf(whole)}.`,
  next: `Nothing more happens here. To have your details deleted, ask ${whole.sender.name}.`,
})

const revoked: Telling = ({ card, sender, receiver }) =>
  card.sentAt === null
    ? {
        title: 'Nothing is sent',
        lead: `You said no. What ${sender.name} had written about you is erased here.`,
        next: `${receiver.name} never heard of it. Nothing more happens.`,
      }
    : {
        title: 'You have taken this back',
        lead: 'Your name, how to reach you and all that was written about you are erased here.',
        next: card.acceptedAt
          ? `${receiver.name} has seen how to reach you. It is told that you have taken this back; ask it to delete what it noted elsewhere.`
          : `${receiver.name} is told that you have taken this back. It has not seen how to reach you.`,
      }

const told: Readonly<Record<Exclude<Status, 'awaiting_consent'>, Telling>> = {
  // The page is not shown for a draft: the member has not been asked yet.
  draft: sent,
  sent,
  info_requested: sent,
  accepted,
  scheduled: underWay((there) => `Your visit to ${there} is arranged`, 'See you there.'),
  visited: underWay((there) => `You have visited ${there}`, 'If you liked it, tell them.'),
  trial: underWay((there) => `You are trying out ${there}`, 'If you like it, tell them.'),
  closed,
  declined: (whole) => ({
    title: `${whole.receiver.name} cannot take you this time`,
    lead: `${whole.sender.name} knows, and may suggest another space.`,
    next: `Nothing more happens here. To have your details deleted, ask ${whole.sender.name}.`,
  }),
  expired: (whole) => ({
    title: whole.card.sentAt ? `${whole.receiver.name} has not answered` : 'The time to answer is over',
    lead: `${whole.sender.name} knows, and may suggest another space.`,
    next: `Nothing more happens here. To have your details deleted, ask ${whole.sender.name}.`,
  }),
  withdrawn,
  forwarded: (whole) => ({
    title: `${whole.receiver.name} suggests another space`,
    lead: 'You are asked by e-mail before anybody there reads about you.',
    next: 'Nothing more happens here.',
  }),
  consent_revoked: revoked,
}

/** How the member came to agree. */
export const consentInWords = ({ card, sender }: WholeReferral): string => {
  if (card.consentedAt !== null) return `You said yes on ${dayInWords(card.consentedAt)}, on this page.`
  if (card.consentKind === 'link') return ''
  const how = card.consentHow === null ? '' : `, ${howInWords(card.consentHow)}`
  const when = card.consentOn === null ? '' : ` on ${dayInWords(card.consentOn)}${how}`
  return `${sender.name} says that you agreed${when}.`
}

export const words = {
  readFirst: (isSent: boolean) => (isSent ? 'What they read first' : 'What they would read first'),
  /** The term for name and contact, by how far the receiver has come. */
  contact: (isOpen: boolean) =>
    isOpen ? 'What they know since they said yes' : 'What they read only if they say yes',
  nameFirst: 'Your name, with it',
  senderSays: (sender: string) => `${sender} says`,
  receiverSays: (receiver: string) => `${receiver} says`,
  reader: 'Who reads it',
  nobodyElse: 'Nobody else.',
  consent: 'Your consent',
  terms: 'Terms',
  next: 'What happens next',
  grant: 'Yes, introduce me',
  refuse: 'No, thank you',
  wrong: (sender: string) => `Is something wrong in there? Say no, and tell ${sender}.`,
  until: (day: string) => `You can answer until ${day}.`,
  answerLabel: 'Your answer',
  erase: 'Erase what was written about me',
  takeBack: 'Take this back',
  takeBackMeaning: (receiver: string) =>
    `Your name, how to reach you and all that was written about you are hidden from ${receiver} at once and erased here. It ends this referral and cannot be undone.`,
  takeBackDo: 'Yes, take it back and erase it',
  foot: 'The link to this page is for you alone. Looking at it changes nothing.',
}
