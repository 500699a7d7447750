import type { Letter } from './letter.tsx'
import { referralFact, whyOf, type Matter } from './matter.ts'
import { dayInWords } from './wording.ts'

/** To the receiver: the member wants to be forgotten. It names nobody, and nothing of what was erased. */
export const deleteCopiesLetter = (matter: Matter): Letter => {
  const { whole, other, at } = matter
  const { card } = whole
  const sent = card.sentAt === null ? '' : ` on ${dayInWords(card.sentAt)}`
  const wish =
    card.status === 'consent_revoked' ? 'has withdrawn consent, and it ends here' : 'has asked to be erased'
  return {
    subject: `Please delete what you noted about a member from ${other.name}`,
    preview: 'What stood in Waggle is erased. Your own notes are in your hands.',
    title: 'Please delete what you noted about a member',
    paragraphs: [
      `A member whom ${other.name} in ${other.city} referred to you${sent} ${wish}. What stood about them in Waggle was erased on ${dayInWords(at)}, on your side too.`,
    ],
    facts: [referralFact(card.id)],
    action: {
      say: 'Please delete what you noted elsewhere: mails (ours too), calendars, lists, other software. If they are a member of your own by now, what you need for that may stay.',
    },
    after: 'There is nothing to confirm, and we do not ask again: your copies are yours to delete, at once.',
    why: whyOf(matter),
  }
}
