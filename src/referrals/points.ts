/** What a transition means for the account of the referral: who is in it, what moves, what is counted. Pure. */
import type { Move } from '../reciprocity/account.ts'
import { stages } from '../reciprocity/balance.ts'
import type { Counts } from '../reciprocity/settle.ts'
import type { Parties } from '../reciprocity/weigh.ts'
import type { CardRow } from './cards.ts'
import { phaseOf, type Status } from './lifecycle.ts'
import { above, keptFor } from './outcome.ts'
import type { Locked, Step } from './step.ts'

/** Forwarders are the senders of the referrals after the first one. */
export const partiesOf = ({ mine, senderId, receiverId, personHash, spaces }: Locked): Parties => ({
  referralId: mine.id,
  originId: mine.originId,
  forwarderIds:
    mine.trail.length === 0
      ? []
      : [...mine.trail.slice(1).map(({ spaceId }) => spaceId as CardRow['spaceId']), senderId],
  debtorId: receiverId,
  personHash,
  known: spaces,
})

const phasesOf = (before: CardRow, after: CardRow) =>
  [phaseOf(before.status as Status), phaseOf(after.status as Status)] as const

export const becomesActive = (before: CardRow, after: CardRow): boolean => {
  const [was, is] = phasesOf(before, after)
  return was !== 'active' && is === 'active'
}

const leavesActive = (before: CardRow, after: CardRow): boolean => {
  const [was, is] = phasesOf(before, after)
  return was === 'active' && is !== 'active'
}

/** Acceptance opens all the stages; the end voids what is open still and in nobody's question. Null: no points move. */
export const moveOf = (before: CardRow, after: CardRow, { move }: Step): Move | null => {
  if (becomesActive(before, after)) return { opens: stages }
  if (!leavesActive(before, after)) return move ?? null
  return { voids: above(keptFor(after)), ...move }
}

/** A referral that was forwarded here was counted as sent when it was sent first. */
export const countsOf = (before: CardRow, after: CardRow, { delivery }: Step): Counts => ({
  sent: delivery && before.trail.length === 0 ? 1 : 0,
  received: delivery ? 1 : 0,
  active: becomesActive(before, after) ? 1 : leavesActive(before, after) ? -1 : 0,
})
