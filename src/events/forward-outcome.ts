import type { Deps } from '../platform/context.ts'
import { readWholeReferral, type WholeReferral } from '../referrals/whole-referral.ts'
import type { Letter } from './letter.tsx'
import { about, whyOf, type Matter } from './matter.ts'

/** To the space that sent the member first: what became of it where it was forwarded to. */
export const forwardOutcomeLetter = async (matter: Matter, deps: Deps): Promise<Letter | null> => {
  const { finalOutcome } = matter.whole.card
  if (finalOutcome === null) return null
  const { sender: suggesting, receiver: there, card } = await lastOf(deps, matter.whole)
  const { title, after } = endingOf(finalOutcome, there.name, card.sentAt !== null)
  return {
    subject: title,
    preview: `${suggesting.name} had suggested ${there.name}.`,
    title,
    paragraphs: [
      `You referred a member to ${matter.other.name}. From there it went on to ${there.name} in ${there.city}, and this is what became of it.`,
    ],
    facts: about(matter),
    after,
    why: whyOf(matter),
  }
}

/** The referral in which the forwarding came to its end. */
const lastOf = async (deps: Deps, whole: WholeReferral): Promise<WholeReferral> => {
  const { childId, peerId } = whole.card
  const child = childId && (await readWholeReferral(deps, { senderId: peerId, referralId: childId }))
  return child ? lastOf(deps, child) : whole
}

const theEnd = 'There is nothing for you to do.'
const nextChoice = 'You may choose another space now; nothing more happens by itself.'

const endings: Readonly<Record<string, (there: string, wasSent: boolean) => readonly [string, string]>> = {
  joined: (there) => [`Your member has joined ${there}`, theEnd],
  completed: (there) => [`Your member’s stay at ${there} is over, as planned`, theEnd],
  not_joined: (there) => [`Your member has not joined ${there}`, nextChoice],
  no_show: (there) => [`Your member did not come to ${there}`, nextChoice],
  unreachable: (there) => [`${there} could not reach your member`, nextChoice],
  declined: (there) => [`${there} has said no`, nextChoice],
  withdrawn: (there) => [`The referral to ${there} was withdrawn`, nextChoice],
  expired: (there, wasSent) => [
    wasSent ? `${there} has not answered` : `Your member has not answered about ${there}`,
    nextChoice,
  ],
  consent_revoked: (there, wasSent) => [
    wasSent
      ? `Your member has withdrawn consent for ${there}`
      : `Your member does not want to be introduced to ${there}`,
    theEnd,
  ],
}

const endingOf = (outcome: string, there: string, wasSent: boolean) => {
  const [title, after] = endings[outcome]?.(there, wasSent) ?? [`It has ended at ${there}`, theEnd]
  return { title, after }
}
