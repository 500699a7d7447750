import { millisOf } from '../platform/clock.ts'
import { isPaused } from '../referrals/clocks.ts'
import type { Letter } from './letter.tsx'
import { about, dueOf, isFrom, whyOf, type Matter } from './matter.ts'
import { momentInWords } from './wording.ts'

/** To the sender: the receiver wants to know something before it decides. */
export const questionLetter = (matter: Matter): Letter | null => {
  const { whole, reader, other, words, now } = matter
  const question = words.get('question')
  const resumes = dueOf(matter, 'resume')
  if (question === undefined || resumes === undefined || !isFrom(matter, whole.card.askedAt)) return null
  const until = momentInWords(Math.min(resumes, dueOf(matter, 'expire') ?? resumes), reader.timezone, now)
  return {
    subject: `${other.name} asks you something before they decide`,
    preview: `Please answer by ${until}.`,
    title: `${other.name} asks you something before they decide`,
    paragraphs: [`They have read what you wrote, and would like to know:`],
    quote: question,
    facts: about(matter),
    action: {
      say: `Please answer in Waggle by ${until}, ${reader.city} time. ${leaveOut(matter)} shown only once ${other.name} has said yes.`,
    },
    after: withoutAnswer(matter, until, resumes),
    why: whyOf(matter),
  }
}

/** Whose name goes with the brief is known to the receiver already. */
const leaveOut = ({ whole: { card } }: Matter) =>
  card.consentNamed
    ? 'Leave out how to reach the member: that is'
    : 'Leave out the name and how to reach the member: they are'

/** The clock stands still for the first question only. */
const withoutAnswer = ({ whole: { card }, reader, now }: Matter, until: string, resumes: number) => {
  const { askedAt, answerBy } = card
  const pause = isPaused(card) ? resumes - millisOf(askedAt ?? '') : 0
  const decideBy = momentInWords(millisOf(answerBy ?? '') + pause, reader.timezone, now)
  return pause > 0
    ? `Their time to decide stands still until ${until}. Without an answer from you they decide by what they have, by ${decideBy}.`
    : `This is not the first question, so their time to decide goes on, until ${decideBy}. Without an answer from you they decide by what they have.`
}

/** To the receiver: here is what you asked for; now decide. */
export const answerLetter = (matter: Matter): Letter | null => {
  const { whole, reader, other, words, now } = matter
  const answer = words.get('answer')
  const expires = dueOf(matter, 'expire')
  if (answer === undefined || expires === undefined || whole.card.status !== 'sent') return null
  if (!isFrom(matter, whole.card.askedAt)) return null
  const until = momentInWords(expires, reader.timezone, now)
  const question = words.get('question')
  return {
    subject: `${other.name} has answered your question`,
    preview: `Please say yes or no by ${until}.`,
    title: `${other.name} has answered your question`,
    paragraphs: [],
    quote: answer,
    facts: [...(question === undefined ? [] : [{ term: 'You asked', text: question }]), ...about(matter)],
    action: { say: `Please say yes or no in Waggle by ${until}, ${reader.city} time.` },
    after: `If you say yes, one mail introduces you to the member. Without an answer it expires then, and ${whole.origin.name} may choose another space.`,
    why: whyOf(matter),
  }
}
