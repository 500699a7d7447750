import type { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import type { Happening, WriteTx } from '../platform/database/door.ts'
import { invalidField } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { dropTexts } from './cards.ts'
import type { Referral } from './contract-referral.ts'
import type { disputeOutcome as contract } from './contract-transitions.ts'
import type { Status } from './lifecycle.ts'
import { checkNote } from './notes.ts'
import { heldBy, levelOf, newDispute, rankOf, type Level } from './outcome.ts'
import type { InHand, Locked } from './step.ts'
import { transition } from './transition.ts'

type Objection = z.output<typeof contract.body>

/**
 * One of the two spaces says that a claim, or what was reported, is not so. The points between the two accounts are held
 * until the steward, or the member's own word, decides.
 */
export const disputeOutcome = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  { stage, note }: Objection,
  ifMatch?: string,
): Promise<Referral> =>
  transition(ctx, {
    event: 'dispute',
    action: 'disputeOutcome',
    referralId,
    ifMatch,
    step: async (referral, tx) => {
      const { mine, party } = referral
      const { contested, asserted } = accountsOf(referral, stage)
      await checkNote(ctx, tx, referral, note)
      const by = party === 'receiver' ? 'receiver' : 'sender'
      const dispute = newDispute(by, contested, asserted, tx.now)
      return {
        to: mine.status as Status,
        reason: asserted,
        patch: { dispute },
        texts: note === undefined ? {} : { dispute_note: note },
        move: heldBy(dispute, mine),
        events: await beginDispute(tx, referral),
      }
    },
  })

/**
 * What begins with every dispute, whoever opens it: an earlier one may have ended in agreement and left its words, which go.
 * @returns the mails about it
 */
export const beginDispute = async (tx: WriteTx, referral: Locked): Promise<Happening[]> => {
  await dropTexts(tx, referral.mine.id, referral.holders, ['dispute_note'])
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
  // What was posted is taken back by the end of a dispute about the end, not by one about a claim that asks for more.
  if (mine.phase === 'active' && rankOf(asserted) < rankOf(reached)) {
    throw invalidField('/stage', 'is less than what you have reported')
  }
  if (asserted === contested) throw invalidField('/stage', 'is what stands already')
  return { contested, asserted }
}
