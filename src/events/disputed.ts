import type { Dispute } from '../../db/schema/referrals.ts'
import { isMembersOwn } from '../referrals/outcome.ts'
import type { Letter } from './letter.tsx'
import { about, dueOf, isFrom, whyOf, type Matter } from './matter.ts'
import { deadlineInWords } from './wording.ts'

const accounts: Readonly<Record<Dispute['contested'], string>> = {
  none: 'they did not come',
  visited: 'they came for a visit',
  trial: 'they started a trial',
  joined: 'they joined',
}

/** Once it was told that they left, the stage below a join stands for that. */
const accountsAfterLeaving: typeof accounts = {
  ...accounts,
  trial: 'they joined and left again',
  joined: 'they are a member still',
}

/** To one of the two spaces: one of you says that it was not so. */
export const disputedLetter = (matter: Matter): Letter | null => {
  const { whole, reader, other, words } = matter
  const { dispute, leftAt } = whole.card
  const decides = dueOf(matter, 'resolve')
  if (dispute === null || decides === undefined || !isFrom(matter, dispute.at)) return null
  const objector = dispute.by === 'sender' ? whole.sender : whole.receiver
  const isOwn = objector.id === reader.id
  const title = isOwn
    ? `You and ${other.name} do not agree on how it went`
    : `${other.name} objects to how it went`
  const note = words.get('dispute_note')
  const told = leftAt === null ? accounts : accountsAfterLeaving
  // Who left no e-mail address is written to by nobody.
  const isMemberAsked = whole.contact?.email !== undefined
  return {
    subject: title,
    preview: `The steward of the network looks at it${isMemberAsked ? ', and the member is asked' : ''}.`,
    title,
    paragraphs: [
      `By one account ${told[dispute.contested]}. ${isOwn ? 'You say' : `${objector.name} says`} that ${told[dispute.asserted]}.`,
      `${isMemberAsked ? 'The member is asked as well. ' : ''}Until it is settled, what lies between the two counts for nobody.`,
    ],
    facts: [
      ...(note === undefined ? [] : [{ term: isOwn ? 'You say' : `${objector.name} says`, text: note }]),
      ...about(matter),
    ],
    after: afterwards(decides, matter),
    why: whyOf(matter),
  }
}

const afterwards = (decides: number, { whole, reader, now }: Matter) => {
  const least = 'the lesser of the two accounts stands'
  const end = isMembersOwn(whole.card) ? `the member’s own word does; without it, ${least}` : least
  return `There is nothing that you must do. The steward of the network decides until ${deadlineInWords(decides, reader, now)}. After that ${end}.`
}

/** To the receiver, who objected: the sender says that there was more to it still. */
export const disputeAnsweredLetter = (matter: Matter): Letter | null => {
  const { whole, other, words } = matter
  const { dispute } = whole.card
  const decides = dueOf(matter, 'resolve')
  if (dispute?.by !== 'receiver' || decides === undefined || !isFrom(matter, dispute.at)) return null
  const title = `${other.name} answers your objection`
  const answer = words.get('dispute_answer')
  return {
    subject: title,
    preview: `They say that ${accounts[dispute.contested]}.`,
    title,
    paragraphs: [
      `${other.name} says that ${accounts[dispute.contested]}. You say that ${accounts[dispute.asserted]}.`,
      'Until it is settled, what lies between the two counts for nobody.',
    ],
    facts: [
      ...(answer === undefined ? [] : [{ term: `${other.name} says`, text: answer }]),
      ...about(matter),
    ],
    after: afterwards(decides, matter),
    why: whyOf(matter),
  }
}
