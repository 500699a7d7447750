import type { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import type { Happening, WriteTx } from '../platform/database/door.ts'
import { invalidField } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { dropTexts } from './cards.ts'
import { isDisputeOpen } from './clocks.ts'
import type { Referral } from './contract-referral.ts'
import type { disputeOutcome as contract } from './contract-transitions.ts'
import type { Status } from './lifecycle.ts'
import { checkNote } from './notes.ts'
import { decidedUpTo, heldBy, keptFor, levelOf, newDispute, rankOf, risenTo, type Level } from './outcome.ts'
import type { InHand, Locked, Step } from './step.ts'
import { transition } from './transition.ts'

type Objection = z.output<typeof contract.body>

/**
 * One of the two spaces says that a claim, or what was reported, is not so. The points between the two accounts are held
 * until the steward, or the member's own word, decides. When the receiver does, the sender may say that it was more still.
 */
export const disputeOutcome = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  objection: Objection,
  ifMatch?: string,
): Promise<Referral> =>
  transition(ctx, {
    event: 'dispute',
    action: 'disputeOutcome',
    referralId,
    ifMatch,
    step: async (referral, tx) => {
      await checkNote(ctx, tx, referral, objection.note)
      return (isDisputeOpen(referral.mine) ? answering : objecting)(referral, tx, objection)
    },
  })

const objecting = async (referral: InHand, tx: WriteTx, { stage, note }: Objection): Promise<Step> => {
  const { mine, party } = referral
  const { contested, asserted } = accountsOf(referral, stage)
  const dispute = newDispute(party === 'receiver' ? 'receiver' : 'sender', contested, asserted, tx.now)
  return {
    to: mine.status as Status,
    reason: asserted,
    patch: { dispute },
    texts: note === undefined ? {} : { dispute_note: note },
    move: heldBy(dispute, mine),
    events: await beginDispute(tx, referral),
  }
}

const answering = async (referral: InHand, tx: WriteTx, { stage, note }: Objection): Promise<Step> => {
  const { mine, senderId } = referral
  const most = keptFor({ claim: null, dispute: mine.dispute })
  if (!mine.dispute || !stage || stage === 'none' || rankOf(stage) <= rankOf(most)) {
    throw invalidField('/stage', 'is to be more than both accounts in the dispute')
  }
  const { dispute, move } = risenTo(mine.dispute, stage)
  if (note !== undefined) await dropTexts(tx, mine.id, referral.holders, ['dispute_answer'])
  return {
    to: mine.status as Status,
    reason: stage,
    patch: { dispute },
    texts: note === undefined ? {} : { dispute_answer: note },
    move,
    events: [{ spaceId: senderId, topic: 'mail.dispute_answer', subjectId: mine.id, deliver: true }],
  }
}

/**
 * What begins with every dispute, whoever opens it: the words of an earlier one go, be it that both agreed or that it was
 * decided.
 * @returns the mails about it
 */
export const beginDispute = async (tx: WriteTx, referral: Locked): Promise<Happening[]> => {
  await dropTexts(tx, referral.mine.id, referral.holders, ['dispute_note', 'dispute_answer'])
  return disputeMails(referral)
}

/** Both spaces are told, and the member is asked: one row each, so that a mail that one server refuses goes to nobody twice. */
const disputeMails = ({ mine, senderId }: Locked): Happening[] =>
  ['mail.dispute_sender', 'mail.dispute_receiver', 'mail.dispute_member'].map((topic) => ({
    spaceId: senderId,
    topic,
    subjectId: mine.id,
    deliver: true,
  }))

/** What stands, and what is said against it. */
const accountsOf = ({ mine, party }: InHand, stage: Level | undefined) => {
  const reached = levelOf(mine.reached)
  if (mine.claim?.by === party && rankOf(stage ?? 'none') <= rankOf(mine.claim.stage)) {
    throw invalidField('/stage', 'is no more than you have claimed yourself')
  }
  const contested = mine.claim?.stage ?? reached
  const asserted = stage ?? (mine.claim ? reached : undefined)
  if (asserted === undefined) throw invalidField('/stage', 'is required: what was reached, by your account')
  // What was posted is reversed by the end of a dispute about the end, not by one about a claim that asks for more.
  if (mine.phase === 'active' && rankOf(asserted) < rankOf(reached)) {
    throw invalidField('/stage', 'is less than what you have reported')
  }
  if (asserted === contested) throw invalidField('/stage', 'is what stands already')
  if (isDecided(mine, contested, asserted)) throw invalidField('/stage', 'was decided by an earlier dispute')
  return { contested, asserted }
}

/** What an earlier dispute was about is not opened again; that the member left since then is another matter. */
const isDecided = (mine: InHand['mine'], ...accounts: [Level, Level]) => {
  const decided = rankOf(decidedUpTo(mine))
  if (decided === 0 || mine.leftAt !== null) return false
  const ranks = accounts.map(rankOf)
  return (
    Math.max(...ranks) <= decided ||
    Math.min(...ranks, decided) < Math.min(rankOf(levelOf(mine.reached)), decided)
  )
}
