import { deadlineInWords } from '../events/wording.ts'
import { millisOf } from '../platform/clock.ts'
import { isDisputeOpen } from '../referrals/clocks.ts'
import type { Bearings } from '../referrals/guards.ts'
import { isMembersOwn, type Level } from '../referrals/outcome.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'

/** What is not settled between the two spaces, in words for the member. */

type Matter = (whole: WholeReferral, bearings: Bearings) => string[]

/** Sentences about a dispute, a claim, or a wish to withdraw; none when nothing is open. */
export const mattersOf: Matter = (whole, bearings) => {
  if (isDisputeOpen(whole.card)) return disputed(whole, bearings)
  return [...claimed(whole, bearings), ...withdrawing(whole, bearings)]
}

const accounts: Readonly<Record<Level | 'left', string>> = {
  none: 'you have not been there',
  visited: 'you were there',
  trial: 'you started a trial',
  joined: 'you have become a member',
  left: 'you became a member and have left again',
}

/** Once it was told that the member left, the stage below a join stands for that. */
const accountsAfterLeaving: typeof accounts = {
  ...accounts,
  trial: accounts.left,
  joined: 'you are still a member',
}

const disputed: Matter = ({ card, receiver }, { policy, now }) => {
  const { contested = 'none', asserted = 'none', at = card.updatedAt } = card.dispute ?? {}
  const told = card.leftAt === null ? accounts : accountsAfterLeaving
  const until = deadlineInWords(millisOf(at) + policy.dispute, receiver, now)
  return [
    `The two spaces tell it differently. By one account ${told[contested]}, by the other ${told[asserted]}.`,
    whatCounts(card, told, until),
  ]
}

/** By a link that the sender handed over, the sender can speak as well: it is told, and decides nothing. */
const whatCounts = (card: WholeReferral['card'], told: typeof accounts, until: string): string => {
  const steward = `The steward of the network may decide until ${until}`
  if (!isMembersOwn(card))
    return `What you say here is told to both. ${steward}; after that, the lesser of the two stands.`
  const own =
    card.memberReport === null
      ? 'What you say here counts.'
      : `You have told us that ${told[card.memberReport]}, and that counts.`
  return `${own} ${steward}; after that, your word decides.`
}

const claimed: Matter = ({ card: { claim }, sender, receiver }, { policy, now }) => {
  if (claim === null) return []
  const who = claim.by === 'member' ? 'You have told us' : `${sender.name} says`
  const until = deadlineInWords(millisOf(claim.at) + policy.claim, receiver, now)
  return [
    `${who} that ${accounts[claim.stage]}. ${receiver.name} may say otherwise until ${until}; if it does not, that stands.`,
  ]
}

const withdrawing: Matter = (
  { card: { phase, withdrawalRequestedAt }, sender, receiver },
  { policy, now },
) => {
  if (phase !== 'active' || withdrawalRequestedAt === null) return []
  const until = deadlineInWords(millisOf(withdrawalRequestedAt) + policy.withdrawal, receiver, now)
  return [
    `${sender.name} would like to withdraw this referral. It ends on ${until}, or earlier if ${receiver.name} agrees, unless you go on with it.`,
  ]
}
