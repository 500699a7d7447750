import { spaceOf, type Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { nextUpdate, patchCards, patchValues, textsOf } from './cards.ts'
import type { Referral } from './contract-referral.ts'
import { lock, requireMatch } from './transition.ts'
import { referralView } from './view.ts'

/**
 * The sender has passed the member's link on by hand (a member without e-mail): the contact may open.
 * @throws Problem `illegal_transition` when there is nothing to pass on
 */
export const confirmNotice = (ctx: Ctx, referralId: Id<'referral'>, ifMatch?: string): Promise<Referral> =>
  mutate(ctx, 'referrals:write', async (tx) => {
    const spaceId = spaceOf(ctx)
    const { mine, peer, holders } = await lock(tx, spaceId, referralId)
    requireMatch(mine, ifMatch)
    const texts = await textsOf(ctx, tx, spaceId, referralId)
    if (!referralView(ctx, mine, peer, texts).memberUrl) {
      throw new Problem('illegal_transition', 'There is no link of this referral to be passed on.', {
        members: { currentStatus: mine.status },
      })
    }
    const patch = { noticeAt: tx.now, updatedAt: nextUpdate(mine, tx.now) }
    await tx.write(patchCards, patchValues(referralId, [...holders], patch))
    return {
      result: referralView(ctx, { ...mine, ...patch }, peer, texts),
      events: [],
      audit: { action: 'confirmNotice', objectId: referralId, spaceId },
    }
  })
