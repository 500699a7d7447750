import type { Letter } from './letter.tsx'
import { about, dueOf, isFrom, whyOf, type Matter } from './matter.ts'
import { momentInWords } from './wording.ts'

/** To the receiver: the sender wants to withdraw somebody whom you accepted. */
export const withdrawalRequestedLetter = (matter: Matter): Letter | null => {
  const { whole, reader, other, who, now } = matter
  const ends = dueOf(matter, 'confirm-withdrawal')
  if (ends === undefined || !isFrom(matter, whole.card.withdrawalRequestedAt)) return null
  const until = momentInWords(ends, reader.timezone, now)
  return {
    subject: `${other.name} asks to withdraw a referral`,
    preview: `Please confirm it. Otherwise it is withdrawn on ${until}.`,
    title: `${other.name} asks to withdraw a referral`,
    paragraphs: [
      `You said yes to ${who ?? 'a member'} from ${other.name} in ${other.city}. Now they would like to withdraw the referral.`,
    ],
    facts: about(matter),
    action: {
      say: 'Please confirm it in Waggle. If the member has come to you already, tell that instead: then it stays.',
    },
    after: `Without a word from you it is withdrawn on ${until}, ${reader.city} time, by itself. What you have told so far stays as it is.`,
    why: whyOf(matter),
  }
}
