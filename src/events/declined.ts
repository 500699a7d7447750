import { eq } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import type { Deps } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import type { Letter } from './letter.tsx'
import { about, whyOf, type Matter } from './matter.ts'
import { nextChoice } from './unanswered.ts'
import { dayInWords, declineInWords } from './wording.ts'

/** To the sender: the receiver does not take the member, for this reason, and may know of a better place. */
export const declinedLetter = async (matter: Matter, deps: Deps): Promise<Letter | null> => {
  const { whole, other, words } = matter
  const { status, sentAt, declineReason } = whole.card
  if (status !== 'declined' || sentAt === null || declineReason === null) return null
  const note = words.get('decline_note')
  const better = await suggestionOf(deps, whole.card)
  return {
    subject: `${other.name} has said no`,
    preview: better ? `They suggest ${better} instead.` : 'They say why.',
    title: `${other.name} has said no`,
    paragraphs: [
      `You wrote to ${other.name} in ${other.city} on ${dayInWords(sentAt)}. ${refusal(matter)}: ${declineInWords(declineReason)}. The reason is for your eyes; the member’s page does not show it.`,
      ...(better ? [`They suggest ${better} instead. Nothing has been sent there.`] : []),
    ],
    facts: [...(note === undefined ? [] : [{ term: `${other.name} says`, text: note }]), ...about(matter)],
    after: nextChoice(matter, 'The member may be waiting for a word from you.'),
    why: whyOf(matter),
  }
}

const refusal = ({ whole: { card } }: Matter) =>
  card.acceptedAt === null
    ? 'They have said no'
    : `They said yes on ${dayInWords(card.acceptedAt)}, and cannot take the member after all`

/** `Nave in Nantes`; null when no space was suggested. */
const suggestionOf = async (
  deps: Deps,
  { redirectToSpaceId }: Matter['whole']['card'],
): Promise<string | null> => {
  if (redirectToSpaceId === null) return null
  const [place] = await readUnscoped(deps, (tx) =>
    tx.db
      .select({ name: spaces.name, city: spaces.city })
      .from(spaces)
      .where(eq(spaces.id, redirectToSpaceId)),
  )
  return place ? `${place.name} in ${place.city}` : null
}
