import type { Contact } from '../members/identity.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Letter } from './letter.tsx'
import { dayInWords, needsInWords } from './wording.ts'

/** To the member: may we introduce you? */
export const consentAskedLetter = (
  { card, sender, receiver, brief }: WholeReferral,
  contact: Contact,
  link: { readonly url: string; readonly answerBy: number },
): Letter => {
  const answerBy = dayInWords(link.answerBy)
  const there = `${receiver.name} in ${receiver.city}`
  return {
    subject: `May ${sender.name} introduce you to ${there}?`,
    preview: `Nothing has been sent yet. You decide, until ${answerBy}.`,
    title: `${contact.name}, may we introduce you to ${there}?`,
    paragraphs: [
      `${sender.name} in ${sender.city} thinks you would be well there. Nothing has been sent yet. You decide.`,
      'This is what they would read about you:',
    ],
    ...(brief && { quote: brief.summary }),
    facts: [
      ...needsInWords(card),
      ...(brief?.note === undefined ? [] : [{ term: `${sender.name} says`, text: brief.note }]),
      ...(card.consentNamed ? [{ term: 'With it', text: contact.name }] : []),
      { term: 'Only if they say yes', text: contactInWords(contact, card.consentNamed) },
    ],
    action: { say: `Please answer by ${answerBy}.`, label: 'Read it and answer', url: link.url },
    after:
      'Opening the page changes nothing: you say yes or no there, with one click. Without an answer nothing is sent, and a yes can be taken back at any time.',
    why: `You get this because ${sender.name} gave us your address for this one introduction. The link is for you alone.`,
  }
}

const contactInWords = ({ name, email, phone }: Contact, isNamed: boolean) =>
  [isNamed ? undefined : name, email, phone].filter((part) => part !== undefined).join(', ')
