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
import {
  claimedUpTo,
  decidedUpTo,
  heldBy,
  highestOf,
  landing,
  levelOf,
  newDispute,
  rankOf,
  risenTo,
  upTo,
  type Level,
} from './outcome.ts'
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
  const texts = note === undefined ? {} : { dispute_note: note }
  if (party === 'receiver' && rankOf(asserted) > rankOf(contested)) {
    await dropWords(tx, referral)
    return { ...agreed(mine, asserted, tx.now), texts }
  }
  const dispute = newDispute(party === 'receiver' ? 'receiver' : 'sender', contested, asserted, tx.now)
  return {
    to: mine.status as Status,
    reason: asserted,
    // A sender who says more than it has claimed claims that no longer.
    patch: { dispute, ...(party === 'sender' && { claim: null }) },
    texts,
    move: heldBy(dispute, mine),
    events: await beginDispute(tx, referral),
  }
}

/** Whoever owes and says that it was more is believed: that is nobody's gain but the other's. */
const agreed = (mine: InHand['mine'], level: Level, now: string): Step => {
  const { to, patch, move } = landing(mine, level, now)
  return { to, patch, reason: level, move: { opens: upTo(level), ...move } }
}

const answering = async (referral: InHand, tx: WriteTx, { stage, note }: Objection): Promise<Step> => {
  const { mine, senderId } = referral
  const open = mine.dispute
  if (!open || !stage || stage === 'none' || rankOf(stage) <= rankOf(highestOf(open))) {
    throw invalidField('/stage', 'is to be more than both accounts in the dispute')
  }
  const { dispute, move } = risenTo(open, stage)
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
  await dropWords(tx, referral)
  return disputeMails(referral)
}

const dropWords = (tx: WriteTx, { mine, holders }: Locked) =>
  dropTexts(tx, mine.id, holders, ['dispute_note', 'dispute_answer'])

/** Both spaces are told, and the member is asked: one row each, so that a mail that one server refuses goes to nobody twice. */
const disputeMails = ({ mine, senderId }: Locked): Happening[] =>
  ['mail.dispute_sender', 'mail.dispute_receiver', 'mail.dispute_member'].map((topic) => ({
    spaceId: senderId,
    topic,
    subjectId: mine.id,
    deliver: true,
  }))

/** What stands, and what is said against it. */
const accountsOf = (referral: InHand, stage: Level | undefined): Record<'contested' | 'asserted', Level> => {
  const { mine, party } = referral
  const { claim } = mine
  const reached = levelOf(mine.reached)
  if (mine.leftAt !== null && claim === null) return { contested: reached, asserted: stayed(stage) }
  const asserted = stage ?? (claim && party === 'receiver' ? reached : undefined)
  if (asserted === undefined) throw invalidField('/stage', 'is required: what was reached, by your account')
  const contested = party === 'receiver' ? (claim?.stage ?? reached) : reached
  const fault =
    party === 'receiver' ? faultOfReceiver(mine, contested, asserted) : faultOfSender(mine, asserted)
  if (fault) throw invalidField('/stage', fault)
  return { contested, asserted }
}

/** Once it was told that they left, all that can be said against it is that they did not. */
const stayed = (stage: Level | undefined): Level => {
  if (stage === 'joined') return stage
  throw invalidField('/stage', 'is `joined` here: it was told that they left, and you say that they did not')
}

const faultOfSender = (mine: InHand['mine'], asserted: Level) =>
  rankOf(asserted) <= rankOf(claimedUpTo(mine)) && 'is to be more than what was told, claimed or decided'

const faultOfReceiver = (mine: InHand['mine'], contested: Level, asserted: Level) => {
  const [reached, decided] = [rankOf(levelOf(mine.reached)), rankOf(decidedUpTo(mine))]
  if (asserted === contested) return 'is what stands already'
  if (rankOf(asserted) > rankOf(contested)) {
    return mine.phase === 'active' && 'is more than was claimed: report it instead'
  }
  // What was posted is reversed by the end of a dispute about the end, not by one about a claim that asks for more.
  if (mine.phase === 'active' && rankOf(asserted) < reached) return 'is less than what you have reported'
  const isDecided = rankOf(contested) <= decided || rankOf(asserted) < Math.min(decided, reached)
  return isDecided && 'was decided by an earlier dispute'
}
