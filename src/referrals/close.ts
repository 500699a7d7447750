import type { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { invalidField } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { stages } from '../reciprocity/balance.ts'
import type { Referral } from './contract-referral.ts'
import type { closeReferral as contract } from './contract-transitions.ts'
import { beginDispute } from './dispute.ts'
import { disputeByReport, reportOf } from './outcome.ts'
import type { InHand, Step } from './step.ts'
import { transition } from './transition.ts'

type OutcomeReport = z.output<typeof contract.body>

/**
 * The end, with its outcome. Joining posts all the points; any other end voids what is still open and not claimed. An
 * outcome that denies an open claim opens a dispute.
 */
export const closeReferral = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  report: OutcomeReport,
  ifMatch?: string,
): Promise<Referral> => {
  const { outcome, reason } = report
  if (outcome === 'not_joined' && !reason) throw invalidField('/reason', 'is required with `not_joined`')
  if (outcome !== 'not_joined' && reason) throw invalidField('/reason', 'goes with `not_joined` only')
  return transition(ctx, {
    event: 'close',
    action: 'closeReferral',
    referralId,
    ifMatch,
    step: async (referral, tx) => ({
      to: 'closed',
      reason: outcome,
      ...(await ending(tx, referral, report)),
    }),
  })
}

const ending = async (
  tx: WriteTx,
  referral: InHand,
  { outcome, reason }: OutcomeReport,
): Promise<Pick<Step, 'patch' | 'move' | 'events'>> => {
  const { mine } = referral
  const patch = { outcome, outcomeReason: reason ?? null, withdrawalRequestedAt: null, overdueAt: null }
  if (outcome === 'joined') {
    return { patch: { ...patch, ...reportOf(mine, 'joined', tx.now) }, move: { posts: stages } }
  }
  const dispute = disputeByReport(mine, outcome, tx.now)
  return dispute ? { patch: { ...patch, dispute }, events: await beginDispute(tx, referral) } : { patch }
}
