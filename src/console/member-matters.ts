import { dayInWords } from '../events/wording.ts'
import { millisOf } from '../platform/clock.ts'
import { isDisputeOpen } from '../referrals/clocks.ts'
import type { Bearings } from '../referrals/guards.ts'
import type { Level } from '../referrals/outcome.ts'
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
  left: 'you have left again',
}

const disputed: Matter = ({ card }, { policy }) => {
  const { contested = 'none', asserted = 'none', at = card.updatedAt } = card.dispute ?? {}
  const [one, other] =
    card.leftAt === null
      ? [accounts[contested], accounts[asserted]]
      : [accounts.left, 'you are still a member']
  const until = dayInWords(millisOf(at) + policy.dispute)
  const own =
    card.memberReport === null
      ? 'What you say here counts.'
      : `You have told us that ${accounts[card.memberReport]}, and that counts.`
  return [
    `The two spaces tell it differently. By one account ${one}, by the other ${other}.`,
    `${own} The steward of the network may decide until ${until}; after that, your word decides.`,
  ]
}

const claimed: Matter = ({ card: { claim }, sender, receiver }, { policy }) => {
  if (claim === null) return []
  const who = claim.by === 'member' ? 'You have told us' : `${sender.name} says`
  const until = dayInWords(millisOf(claim.at) + policy.claim)
  return [
    `${who} that ${accounts[claim.stage]}. ${receiver.name} may say otherwise until ${until}; if it does not, that stands.`,
  ]
}

const withdrawing: Matter = ({ card: { phase, withdrawalRequestedAt }, sender, receiver }, { policy }) => {
  if (phase !== 'active' || withdrawalRequestedAt === null) return []
  const until = dayInWords(millisOf(withdrawalRequestedAt) + policy.withdrawal)
  return [
    `${sender.name} would like to withdraw this referral. It ends on ${until}, or earlier if ${receiver.name} agrees, unless you go on with it.`,
  ]
}
