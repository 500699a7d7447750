import type { Letter } from './letter.tsx'
import { referralFact, whyOf, type Matter } from './matter.ts'
import { awaitedUntil, wishes, withoutAnswer } from './unanswered.ts'
import { momentInWords } from './wording.ts'

/** To the receiver: here is somebody, please answer. Who asks something has read it, and needs no letter about it. */
export const referredLetter = (matter: Matter): Letter | null => {
  const { whole, reader, other, now } = matter
  const { card, brief, contact } = whole
  const expires = awaitedUntil(matter)
  if (expires === undefined || card.askedAt !== null) return null
  const until = momentInWords(expires, reader.timezone, now)
  const name = card.consentNamed ? contact?.name : undefined
  return {
    subject: `Somebody from ${other.name}, ${other.city}: your answer by ${until}`,
    preview: `Accept, ask or decline by ${until}.`,
    title: `${other.name} in ${other.city} would like to send you a member`,
    paragraphs: wayHere(matter),
    ...(brief && { quote: brief.summary }),
    facts: [
      ...wishes(matter),
      { term: 'Name', text: name ?? 'sealed until you accept' },
      referralFact(card.id),
    ],
    action: {
      say: `Please accept, ask or decline in Waggle by ${until}, ${reader.city} time. A no is welcome too: then they can look elsewhere.`,
    },
    after: `${withoutAnswer(matter)} ${other.name} hears only what you send.`,
    why: whyOf(matter),
  }
}

const wayHere = ({ whole: { origin }, other }: Matter): string[] =>
  other.id === origin.id
    ? []
    : [`${origin.name} in ${origin.city} had sent the member to them; they think that you fit better.`]
