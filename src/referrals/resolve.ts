import type { Ctx } from '../platform/context.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { senderOf } from './cards.ts'
import type { Dispute } from '../../db/schema/referrals.ts'
import type { Referral } from './contract-referral.ts'
import { landing, type Level } from './outcome.ts'
import type { InHand, Step } from './step.ts'
import { transition } from './transition.ts'

export type Decision = 'upheld' | 'reversed'

/**
 * The steward ends a dispute: what was contested stands (`upheld`), or the other account does (`reversed`).
 * @param seen the version that the decision was made on: the accounts may have changed since
 * @throws Problem `not_found`, `illegal_transition` when nothing is in dispute, `precondition_failed`
 */
export const resolveDispute = async (
  ctx: Ctx,
  referralId: Id<'referral'>,
  decision: Decision,
  seen?: number,
): Promise<Referral> => {
  const spaceId = await read(ctx, 'network:admin', (tx) => senderOf(tx, referralId))
  if (!spaceId) throw notFound()
  return transition(ctx, {
    event: 'resolve',
    action: 'resolveDispute',
    referralId,
    as: { spaceId, party: 'steward' },
    step: (referral, tx) => {
      if (seen !== undefined && seen !== referral.mine.version) throw new Problem('precondition_failed')
      return resolved(referral, tx.now, ({ contested, asserted }) =>
        decision === 'upheld' ? contested : asserted,
      )
    },
  })
}

/** How a dispute ends. @param decide the level that was reached, by whoever decides */
export const resolved = ({ mine }: InHand, now: string, decide: (dispute: Dispute) => Level): Step => {
  const { dispute } = mine
  if (!dispute) throw new Problem('illegal_transition', 'Nothing is in dispute.')
  const level = decide(dispute)
  const resolution = level === dispute.contested ? 'upheld' : 'reversed'
  const { to, patch, move } = landing(mine, level, now)
  return {
    to,
    move,
    reason: resolution,
    patch: { ...patch, dispute: { ...dispute, decided: level, resolution, resolvedAt: now } },
  }
}
