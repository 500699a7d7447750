import type { Contact } from '../members/identity.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Fact, Letter } from './letter.tsx'
import type { Addressee } from './mail-transport.ts'
import { addressInWords, termsInWords } from './wording.ts'

/** The people whom the introduction reaches: those of the three who can be written to. */
export const introduced = ({ sender, receiver }: WholeReferral, contact: Contact): Addressee[] =>
  [
    { name: contact.name, address: contact.email ?? null },
    { name: receiver.name, address: receiver.contactEmail },
    { name: sender.name, address: sender.contactEmail },
  ].flatMap(({ name, address }) => (address === null ? [] : [{ name, address }]))

/** To all three at once: meet each other. It holds no link, since a member's link is for the member alone. */
export const introductionLetter = (whole: WholeReferral, contact: Contact): Letter => {
  const { sender, receiver, brief } = whole
  return {
    subject: `Introduction: ${receiver.name} and somebody from ${sender.name}`,
    preview: `${receiver.name} has said yes. Reply to all to arrange the first visit.`,
    title: `${contact.name}, this is ${receiver.name}`,
    paragraphs: [
      `${sender.name} in ${sender.city} introduces you to each other, and ${receiver.name} has said yes: you are welcome there.`,
      contact.email === undefined
        ? `${contact.name} is reached by phone. Please call to arrange the first visit.`
        : 'Reply to all to arrange the first visit.',
    ],
    ...(brief && { quote: brief.summary }),
    facts: factsOf(whole, contact),
    after: 'What you agree on is between the three of you. Waggle sets no prices and takes nothing.',
    why: `You get this because ${sender.name} referred ${contact.name} to ${receiver.name}, with ${contact.name}’s consent.`,
  }
}

const factsOf = ({ card, sender, receiver, ...words }: WholeReferral, contact: Contact): Fact[] =>
  [
    { term: `${sender.name} says`, text: words.brief?.note },
    { term: `${receiver.name} says`, text: words.message },
    { term: 'Terms', text: card.termsKind === null ? null : termsInWords(card.termsKind, words.termsNote) },
    { term: 'Where', text: addressInWords(receiver) },
    { term: 'Website', text: receiver.website },
    { term: 'Reach', text: [contact.email, contact.phone].filter((part) => part !== undefined).join(', ') },
  ].flatMap(({ term, text }) => (text ? [{ term, text }] : []))
