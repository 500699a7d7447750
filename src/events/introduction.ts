import type { Contact } from '../members/identity.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Fact, Letter } from './letter.tsx'
import type { Addressee } from './mail-transport.ts'
import { addressInWords, termsInWords } from './wording.ts'

/**
 * Those whom the introduction reaches, as far as they can be written to: the member, the receiver, and the space that sent
 * the member first. Who forwarded a member whom it never saw is not among them: everybody's answer shows everybody's address.
 */
export const introduced = (
  { card, sender, receiver, origin }: WholeReferral,
  contact: Contact,
): Addressee[] => {
  const forwarder = sender.id !== origin.id && card.senderSeesContact ? [sender] : []
  return [
    { name: contact.name, address: contact.email ?? null },
    ...[receiver, origin, ...forwarder].map(({ name, contactEmail }) => ({ name, address: contactEmail })),
  ].flatMap(({ name, address }) => (address === null ? [] : [{ name, address }]))
}

/**
 * To all at once: meet each other. It holds no link, since a member's link is for the member alone. It is in English, the
 * language of all letters to spaces: three people answer to it, and what two of them read is not known. What concerns the
 * member alone stands on their page, in their language.
 */
export const introductionLetter = (whole: WholeReferral, contact: Contact): Letter => {
  const { receiver, origin, brief } = whole
  return {
    subject: `Introduction: ${receiver.name} and somebody from ${origin.name}`,
    preview: `${receiver.name} has said yes. Reply to all to arrange the first visit.`,
    title: `${contact.name}, this is ${receiver.name}`,
    paragraphs: [
      `${origin.name} in ${origin.city} introduces you to each other${suggestion(whole)}, and ${receiver.name} has said yes: you are welcome there.`,
      contact.email === undefined
        ? `${contact.name} is reached by phone. Please call to arrange the first visit.`
        : 'Reply to all to arrange the first visit.',
    ],
    ...(brief && { quote: brief.summary }),
    facts: factsOf(whole, contact),
    after: 'What you agree on is between you. Waggle sets no prices and takes nothing.',
    why: `You get this because ${origin.name} referred ${contact.name}, with ${contact.name}’s consent, and ${receiver.name} said yes.`,
  }
}

const suggestion = ({ sender, origin }: WholeReferral) =>
  sender.id === origin.id ? '' : `, as ${sender.name} in ${sender.city} suggested`

const factsOf = ({ card, sender, receiver, ...words }: WholeReferral, contact: Contact): Fact[] =>
  [
    { term: `${sender.name} says`, text: words.brief?.note },
    { term: `${receiver.name} says`, text: words.message },
    { term: 'Terms', text: card.termsKind === null ? null : termsInWords(card.termsKind, words.termsNote) },
    { term: 'Where', text: addressInWords(receiver) },
    { term: 'Website', text: receiver.website },
    { term: 'Reach', text: [contact.email, contact.phone].filter((part) => part !== undefined).join(', ') },
  ].flatMap(({ term, text }) => (text ? [{ term, text }] : []))
