import type { Contact } from '../members/identity.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Letter } from './letter.tsx'
import { deadlineInWords, needsInWords } from './wording.ts'

/** To the member: may we introduce you? */
export const consentAskedLetter = (
  whole: WholeReferral,
  contact: Contact,
  link: { readonly url: string; readonly answerBy: number; readonly now: number },
): Letter => {
  const { card, sender, receiver, origin, brief } = whole
  const answerBy = deadlineInWords(link.answerBy, receiver, link.now)
  const there = `${receiver.name} in ${receiver.city}`
  return {
    subject:
      sender.id === origin.id
        ? `May ${sender.name} introduce you to ${there}?`
        : `${sender.name} suggests ${there} for you`,
    preview: `Nothing has been sent yet. You decide, until ${answerBy}.`,
    title: `${contact.name}, may we introduce you to ${there}?`,
    paragraphs: [whoSuggests(whole), 'This is what they would read about you:'],
    ...(brief && { quote: brief.summary }),
    facts: [
      ...needsInWords(card),
      ...(brief?.note === undefined ? [] : [{ term: `${sender.name} says`, text: brief.note }]),
      ...(card.consentNamed ? [{ term: 'With it', text: contact.name }] : []),
      { term: 'Only if they say yes', text: contactInWords(contact, card.consentNamed) },
    ],
    action: { say: `Please answer by ${answerBy}.`, link: { label: 'Read it and answer', url: link.url } },
    after:
      'Opening the page changes nothing: you say yes or no there, with one click. Without an answer nothing is sent, and you can withdraw your consent at any time.',
    why: `You get this because ${origin.name} gave us your address ${sender.id === origin.id ? 'for this one introduction' : 'to introduce you'}. The link is for you alone.`,
  }
}

const whoSuggests = ({ card, sender, receiver, origin }: WholeReferral) => {
  const from = `${sender.name} in ${sender.city}`
  if (sender.id === origin.id)
    return `${from} thinks you would be well there. Nothing has been sent yet. You decide.`
  const unseen = card.senderSeesContact
    ? ''
    : ` ${sender.name} itself has not seen your name or how to reach you.`
  return `${origin.name} in ${origin.city} introduced you to ${from}, who suggests ${receiver.name}: they think you would be well there. Nothing has been sent yet. You decide.${unseen}`
}

const contactInWords = ({ name, email, phone }: Contact, isNamed: boolean) =>
  [isNamed ? undefined : name, email, phone].filter((part) => part !== undefined).join(', ')
