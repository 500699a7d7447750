import type { Ctx } from '../platform/context.ts'
import type { Id } from '../platform/ids.ts'
import type { Referral } from './contract-referral.ts'
import { stepTo } from './progress.ts'
import { transition, type Bringing } from './transition.ts'

/** The member began a trial; a visit that was not recorded is counted with it. */
export const startTrial = (ctx: Ctx, referralId: Id<'referral'>, by: Bringing = {}): Promise<Referral> =>
  transition(ctx, {
    event: 'start-trial',
    action: 'startTrial',
    referralId,
    ...by,
    step: (referral, tx) => stepTo('trial', referral, tx.now),
  })
