import { dueOf, about, isFrom, whyOf, type Matter } from './matter.ts'
import type { Letter } from './letter.tsx'
import { dayInWords, momentInWords } from './wording.ts'

/** To the receiver: how did it go? */
export const overdueLetter = (matter: Matter): Letter | null => {
  const { whole, other, who } = matter
  const { card } = whole
  const ends = dueOf(matter, 'end')
  if (card.acceptedAt === null || ends === undefined || !isFrom(matter, card.overdueAt)) return null
  return {
    subject: `How is it going with the member from ${other.name}?`,
    preview: 'One word is enough: they came, they try it out, they joined, or nothing came of it.',
    title: `How is it going with ${who ?? `the member from ${other.name}`}?`,
    paragraphs: [
      `You said yes on ${dayInWords(card.acceptedAt)}${lastWord(card.acceptedAt, card.progressAt)}. ${other.name} in ${other.city} would like to know how it went.`,
    ],
    facts: about(matter),
    action: {
      say: 'Please tell in Waggle: did they come, do they try it out, did they join, or has nothing come of it?',
    },
    after: withoutWord(matter, ends),
    why: whyOf(matter),
  }
}

const lastWord = (acceptedAt: string, progressAt: string | null) =>
  progressAt === null || progressAt === acceptedAt
    ? ', and nobody has told since how it goes'
    : `; the last that we heard was on ${dayInWords(progressAt)}`

const withoutWord = (matter: Matter, ends: number) => {
  const { timezone, city } = matter.reader
  const again = dueOf(matter, 'overdue')
  const end = `On ${momentInWords(ends, timezone, matter.now)}, ${city} time, it is closed, with its end unknown.`
  return again === undefined || again >= ends
    ? `We do not ask again. ${end}`
    : `Without a word we ask again on ${momentInWords(again, timezone, matter.now)}. ${end}`
}
