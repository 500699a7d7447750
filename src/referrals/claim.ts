import type { Ctx } from '../platform/context.ts'
import { invalidField } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { stagesUpTo, type Stage } from '../reciprocity/balance.ts'
import type { CardRow } from './cards.ts'
import { isDisputeOpen } from './clocks.ts'
import type { Referral } from './contract-referral.ts'
import type { Status } from './lifecycle.ts'
import { claimedUpTo, isMembersOwn, levelOf, rankOf, risenTo } from './outcome.ts'
import { highest } from './progress.ts'
import type { InHand } from './step.ts'
import { transition, type Bringing } from './transition.ts'

/**
 * The sender or the member says what was reached although the receiver did not: it counts unless the receiver objects in
 * time. While a dispute is open, the member's word is only noted: it may decide.
 */
export const claimStage = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  stage: Stage,
  by: Bringing = {},
): Promise<Referral> =>
  transition(ctx, {
    event: 'claim',
    action: 'claimStage',
    referralId,
    ...by,
    step: (referral, tx) => {
      const { mine, senderId } = referral
      // Asked which of two accounts is right, the member may also say less than before.
      if (isDisputeOpen(mine) && mine.dispute) {
        const { dispute, move } = risenTo(mine.dispute, stage)
        return { to: mine.status as Status, patch: { memberReport: stage, dispute }, reason: stage, move }
      }
      checkStage(referral, stage)
      const claim = { stage, by: referral.party === 'member' ? 'member' : 'sender', at: tx.now } as const
      return {
        to: mine.status as Status,
        reason: stage,
        patch: { ...toldBy(referral, stage), withdrawalRequestedAt: null, claim },
        // After the end the points that were voided are opened anew, until it is clear whether they come.
        ...(mine.phase === 'closed' && { move: { opens: stagesUpTo(stage) } }),
        events: [{ spaceId: senderId, topic: 'mail.claim', subjectId: referralId, deliver: true }],
      }
    },
  })

const toldBy = ({ mine, party }: InHand, stage: Stage): Partial<CardRow> =>
  party === 'member' ? { memberReport: highest(mine.memberReport, stage) } : {}

const checkStage = ({ mine, party }: InHand, stage: Stage) => {
  if (stage !== 'visited' && !(party === 'member' && isMembersOwn(mine))) {
    throw invalidField('/stage', 'is for the receiver or the member to say: you may claim `visited` only')
  }
  if (rankOf(stage) <= rankOf(levelOf(mine.reached))) throw invalidField('/stage', 'is reached already')
  if (rankOf(stage) <= rankOf(claimedUpTo(mine)))
    throw invalidField('/stage', 'is claimed or decided already')
}
