import { millisOf } from '../platform/clock.ts'
import { duesOf } from '../referrals/clocks.ts'
import type { Fact, Letter } from './letter.tsx'
import { about, dueOf, referralFact, whyOf, type Matter } from './matter.ts'
import { dayInWords, momentInWords, needsInWords } from './wording.ts'

/** To the receiver: somebody waits for you. */
export const reminderLetter = (matter: Matter): Letter | null => {
  const { whole, reader, other, now } = matter
  const { card, brief } = whole
  const expires = awaitedUntil(matter)
  if (card.sentAt === null || expires === undefined) return null
  const until = momentInWords(expires, reader.timezone, now)
  return {
    subject: `Somebody from ${other.name} waits for your answer`,
    preview: `Please say yes or no by ${until}.`,
    title: `Somebody from ${other.name} waits for your answer`,
    paragraphs: [
      `${other.name} in ${other.city} wrote to you on ${dayInWords(card.sentAt)}, and has not heard from you yet:`,
    ],
    ...(brief && { quote: brief.summary }),
    facts: [...wishes(matter), referralFact(card.id)],
    action: {
      say: `Please say yes or no in Waggle by ${until}, ${reader.city} time. A no is welcome too: then they can look elsewhere.`,
    },
    after: withoutAnswer(matter),
    why: whyOf(matter),
  }
}

/**
 * Until when the receiver's answer is awaited, in milliseconds since 1970. Undefined when it is not awaited, or when a later
 * mail asks for it.
 */
export const awaitedUntil = (matter: Matter): number | undefined =>
  matter.whole.card.status === 'sent' && !isOutrun(matter) ? dueOf(matter, 'expire') : undefined

/** What the receiver may read beside the summary before it answers. */
export const wishes = ({ whole: { card, brief }, other }: Matter): Fact[] => [
  ...needsInWords(card),
  ...(brief?.note === undefined ? [] : [{ term: `${other.name} says`, text: brief.note }]),
]

export const withoutAnswer = ({ whole: { origin } }: Matter): string =>
  `Without an answer it expires then: ${origin.name} is told, and may choose another space.`

/** Two reminders at once, after a pause of the mail server, remind nobody better. */
const isOutrun = ({ whole, policy, at, now }: Matter) =>
  duesOf(whole.card, policy).some((due) => due.event === 'remind' && due.at <= now && due.at > millisOf(at))

/** To the sender: the time is over, without an answer of the receiver, or of the member who was to be asked first. */
export const expiredLetter = (matter: Matter): Letter | null => {
  const { card } = matter.whole
  if (card.status !== 'expired') return null
  return card.sentAt === null ? noConsentLetter(matter) : noAnswerLetter(matter, card.sentAt)
}

const noAnswerLetter = (matter: Matter, sentAt: string): Letter => {
  const { other } = matter
  return {
    subject: `${other.name} has not answered you`,
    preview: 'It has expired, and cannot be accepted there any more.',
    title: `${other.name} has not answered you`,
    paragraphs: [
      `You wrote to ${other.name} in ${other.city} on ${dayInWords(sentAt)}. They said neither yes nor no, and the time for it is over. They were not shown how to reach the member.`,
    ],
    facts: about(matter),
    after: nextChoice(matter, 'The member may be waiting for a word from you.'),
    why: whyOf(matter),
  }
}

const noConsentLetter = (matter: Matter): Letter => {
  const { whole, other } = matter
  const asked = whole.card.submittedAt === null ? '' : ` on ${dayInWords(whole.card.submittedAt)}`
  return {
    subject: `The member has not answered about ${other.name}`,
    preview: `Nothing was sent to ${other.name}.`,
    title: `The member has not answered about ${other.name}`,
    paragraphs: [
      `The member was asked${asked} whether they may be introduced to ${other.name} in ${other.city}. They said neither yes nor no, so nothing was sent there.`,
    ],
    facts: about(matter),
    after: nextChoice(matter, 'Perhaps ask the member first: our mail may not have reached them.'),
    why: whyOf(matter),
  }
}

/** Who forwarded somebody has done its part: the next choice is with the space that sent the member first. */
export const nextChoice = ({ whole: { sender, origin } }: Matter, hint: string) =>
  sender.id === origin.id
    ? `You may choose another space now; nothing more happens by itself. ${hint}`
    : `${origin.name} is told as well, and may choose another space. There is nothing left for you to do.`
