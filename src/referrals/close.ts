import type { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import { invalidField } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import type { Referral } from './contract-referral.ts'
import type { closeReferral as contract } from './contract.ts'
import { transition } from './transition.ts'

type OutcomeReport = z.output<typeof contract.body>

/** The end, with its outcome. Joining posts all the points; any other end voids what is still open. */
export const closeReferral = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  { outcome, reason }: OutcomeReport,
  ifMatch?: string,
): Promise<Referral> => {
  if (outcome === 'not_joined' && !reason) throw invalidField('/reason', 'is required with `not_joined`')
  if (outcome !== 'not_joined' && reason) throw invalidField('/reason', 'goes with `not_joined` only')
  return transition(ctx, {
    event: 'close',
    action: 'closeReferral',
    referralId,
    ifMatch,
    step: () => ({
      to: 'closed',
      reason: outcome,
      patch: { outcome, outcomeReason: reason ?? null },
      ...(outcome === 'joined' && { reached: 'joined' as const }),
    }),
  })
}
