import { referralEvents } from '../../db/schema/referrals.ts'
import type { Happening, WriteTx } from '../platform/database/door.ts'
import { rowsOf } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import { lockedCards, nextUpdate, patchCards, patchValues, type CardRow } from './cards.ts'
import { eventRows, happeningOf } from './history.ts'

/** What became of a referral, for those who forwarded it; null while it is open, or forwarded further. */
const finalOf = ({ phase, status, outcome, finalOutcome }: CardRow): string | null => {
  if (phase !== 'closed') return null
  // Who was refused or passed on may have joined all the same.
  return outcome ?? (status === 'forwarded' ? finalOutcome : status)
}

/**
 * Tells the referrals that were forwarded into this one how it ended. Their cards are locked after this one's, the
 * nearest first: nobody locks them the other way round.
 */
export const mirrorOutcome = async (tx: WriteTx, before: CardRow, after: CardRow): Promise<Happening[]> => {
  const outcome = finalOf(after)
  if (before.trail.length === 0 || outcome === null || outcome === finalOf(before)) return []
  const happenings: Happening[] = []
  for (const { referralId, spaceId } of [...before.trail].reverse()) {
    const told = await mirrorTo(tx, spaceId as Id<'space'>, referralId as Id<'referral'>, outcome)
    happenings.push(...told.happenings)
    // Where the member stayed all the same, that is the end, and those before it know of it.
    if (told.isEnd) return happenings
  }
  return [...happenings, ...outcomeMail(before)]
}

/** The space that sent the member first is told by mail: the next choice is with it. */
const outcomeMail = ({ trail }: CardRow): Happening[] =>
  trail.slice(0, 1).map(({ referralId, spaceId }) => ({
    spaceId: spaceId as Id<'space'>,
    topic: 'mail.forward_outcome',
    subjectId: referralId,
    deliver: true,
  }))

const mirrorTo = async (
  tx: WriteTx,
  spaceId: Id<'space'>,
  referralId: Id<'referral'>,
  outcome: string,
): Promise<{ readonly happenings: Happening[]; readonly isEnd: boolean }> => {
  const cards = (await lockedCards(tx, spaceId, referralId)).map(({ card }) => card)
  const [first] = cards
  if (!first) return { happenings: [], isEnd: false }
  const holders = cards.map((card) => card.spaceId)
  const version = first.version + 1
  const patch = { finalOutcome: outcome, version, updatedAt: nextUpdate(first, tx.now) }
  const words = { from: 'forwarded', to: 'forwarded', event: 'mirror-outcome', party: 'clock' } as const
  await Promise.all([
    tx.write(patchCards, patchValues(referralId, holders, patch)),
    tx.insert(
      rowsOf(referralEvents, eventRows(tx, referralId, holders, version, { ...words, reason: outcome })),
    ),
  ])
  return {
    happenings: holders.map((holder) => happeningOf(holder, { ...first, version }, 'mirror-outcome')),
    isEnd: first.outcome !== null,
  }
}
