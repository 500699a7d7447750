import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Letter } from './letter.tsx'
import { dayInWords, howInWords, needsInWords } from './wording.ts'

/** To the member: the sender says that you agreed; look, and withdraw consent if not. */
export const consentNoticeLetter = (
  { card, sender, receiver, brief }: WholeReferral,
  url: string,
): Letter => {
  const there = `${receiver.name} in ${receiver.city}`
  const how = card.consentHow === null ? '' : `, ${howInWords(card.consentHow)}`
  const when = card.consentOn === null ? '' : ` on ${dayInWords(card.consentOn)}${how}`
  return {
    subject: `${sender.name} has referred you to ${there}`,
    preview: `${sender.name} says that you agreed${when}. If that is right, there is nothing to do.`,
    title: `${sender.name} has referred you to ${there}`,
    paragraphs: [
      `${sender.name} in ${sender.city} says that you agreed to this${when}. If that is right, there is nothing to do.`,
      'This is what they read about you:',
    ],
    ...(brief && { quote: brief.summary }),
    facts: [
      ...needsInWords(card),
      ...(brief?.note === undefined ? [] : [{ term: `${sender.name} says`, text: brief.note }]),
    ],
    action: {
      say: 'Not right, or changed your mind?',
      link: { label: 'Look, or withdraw consent', url },
    },
    after: card.consentNamed
      ? `${receiver.name} reads this with your name, as you agreed; how to reach you only if they say yes. If you withdraw your consent, both are hidden at once and erased here.`
      : `Your name and how to reach you are shown to ${receiver.name} only if they say yes. If you withdraw your consent, they are hidden at once and erased here.`,
    why: `You get this because ${sender.name} gave us your address for this one introduction. The link is for you alone.`,
  }
}
