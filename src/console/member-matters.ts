import { millisOf } from '../platform/clock.ts'
import { isDisputeOpen } from '../referrals/clocks.ts'
import { isMembersOwn, type Level } from '../referrals/outcome.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Reader } from './reader.ts'

/** What is not settled between the two spaces, in words for the member. */

type Matter = (whole: WholeReferral, reader: Reader) => string[]

/** Sentences about a dispute, a claim, or a wish to withdraw; none when nothing is open. */
export const mattersOf: Matter = (whole, reader) => {
  if (isDisputeOpen(whole.card)) return disputed(whole, reader)
  return [...claimed(whole, reader), ...withdrawing(whole, reader)]
}

/** An account in words. Once it was told that the member left, the stage below a join stands for that. */
const accountInWords = (level: Level | 'left', hasLeft: boolean, { t }: Reader['wording']): string => {
  const afterLeaving = level === 'trial' ? 'left' : level === 'joined' ? 'still' : level
  return t(`offer.matter.${hasLeft ? afterLeaving : level}`)
}

const disputed: Matter = ({ card, receiver }, { policy, now, wording }) => {
  const { contested = 'none', asserted = 'none', at = card.updatedAt } = card.dispute ?? {}
  const told = (level: Level | 'left') => accountInWords(level, card.leftAt !== null, wording)
  const until = wording.deadlineInWords(millisOf(at) + policy.dispute, receiver, now)
  return [
    wording.t('offer.matter.disputed', { contested: told(contested), asserted: told(asserted) }),
    whatCounts(card, told, until, wording),
  ]
}

/** By a link that the sender handed over, the sender can speak as well: it is told, and decides nothing. */
const whatCounts = (
  card: WholeReferral['card'],
  told: (level: Level | 'left') => string,
  until: string,
  { t }: Reader['wording'],
): string => {
  if (!isMembersOwn(card)) return t('offer.matter.handed', { until })
  return card.memberReport === null
    ? t('offer.matter.counts', { until })
    : t('offer.matter.counted', { account: told(card.memberReport), until })
}

const claimed: Matter = ({ card: { claim }, sender, receiver }, { policy, now, wording }) => {
  if (claim === null) return []
  const told = {
    account: accountInWords(claim.stage, false, wording),
    receiver: receiver.name,
    until: wording.deadlineInWords(millisOf(claim.at) + policy.claim, receiver, now),
  }
  return [
    claim.by === 'member'
      ? wording.t('offer.matter.claimed', told)
      : wording.t('offer.matter.claimedBySender', { ...told, sender: sender.name }),
  ]
}

const withdrawing: Matter = (
  { card: { phase, withdrawalRequestedAt }, sender, receiver },
  { policy, now, wording },
) => {
  if (phase !== 'active' || withdrawalRequestedAt === null) return []
  const until = wording.deadlineInWords(millisOf(withdrawalRequestedAt) + policy.withdrawal, receiver, now)
  return [wording.t('offer.matter.withdrawing', { sender: sender.name, receiver: receiver.name, until })]
}
