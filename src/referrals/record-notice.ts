import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { nextUpdate, patchCards, patchValues, type CardRow } from './cards.ts'
import { isOpen, type Status } from './lifecycle.ts'
import type { LinkTarget } from './member-consent.ts'
import { lock } from './transition.ts'

/**
 * The notice of attested consent was handed to the mail server: the contact may open. A notice that is noted already,
 * or that came too late, changes nothing.
 */
export const recordNotice = (ctx: Ctx, { senderId, referralId }: LinkTarget): Promise<void> =>
  mutate(ctx, 'referrals:write', async (tx) => {
    const { mine, holders } = await lock(tx, senderId, referralId)
    if (mine.noticeAt === null && isTold(mine)) {
      const patch = { noticeAt: tx.now, updatedAt: nextUpdate(mine, tx.now) }
      await tx.write(patchCards, patchValues(referralId, [...holders], patch))
    }
    return {
      result: undefined,
      events: [],
      audit: { action: 'recordNotice', objectId: referralId, spaceId: senderId },
    }
  })

/** After an end without an outcome the contact stays as closed as it was: nobody has a use for it any more. */
const isTold = ({ status }: CardRow) => isOpen(status as Status) || status === 'closed'
