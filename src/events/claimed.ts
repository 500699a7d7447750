import type { Letter } from './letter.tsx'
import { about, dueOf, isFrom, whyOf, type Matter } from './matter.ts'
import { momentInWords } from './wording.ts'

const deeds = { visited: 'came to you', trial: 'started a trial with you', joined: 'joined you' } as const

/** To the receiver: somebody says what you have not told. */
export const claimedLetter = (matter: Matter): Letter | null => {
  const { whole, reader, other, who, now } = matter
  const { claim } = whole.card
  const counts = dueOf(matter, 'post-claim')
  if (claim === null || counts === undefined || !isFrom(matter, claim.at)) return null
  const until = momentInWords(counts, reader.timezone, now)
  const deed = deeds[claim.stage]
  const says = (name: string) =>
    claim.by === 'sender' ? `${other.name} says that ${name} ${deed}` : `${name} says that they ${deed}`
  const plain = claim.by === 'sender' ? says('their member') : says(`The member from ${other.name}`)
  return {
    subject: plain,
    preview: `If that is right, there is nothing to do. If not, please object by ${until}.`,
    title: who === null ? plain : says(who),
    paragraphs: [
      'You have not told so yourself. If it is right, there is nothing to do; you may tell it too, and it is settled.',
    ],
    facts: about(matter),
    action: { say: `If it is not so, please object in Waggle by ${until}, ${reader.city} time.` },
    after: `Without an objection it counts from ${until}, as if you had told it. With one, the steward of the network looks at it${whole.contact?.email === undefined ? '' : ', and the member is asked'}.`,
    why: whyOf(matter),
  }
}
