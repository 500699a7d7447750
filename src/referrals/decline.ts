import { eq } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import type { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { invalidField } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import type { Referral } from './contract-referral.ts'
import type { declineReferral as contract } from './contract-transitions.ts'
import { checkNote } from './notes.ts'
import type { Locked } from './step.ts'
import { transition } from './transition.ts'

type Refusal = z.output<typeof contract.body>

/** The receiver does not take the member, says why, and may name a space that would fit better. */
export const declineReferral = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  { reason, note, redirectToSpaceId }: Refusal,
  ifMatch?: string,
): Promise<Referral> => {
  if (reason === 'other' && !note) throw invalidField('/note', 'is required with the reason `other`')
  return transition(ctx, {
    event: 'decline',
    action: 'declineReferral',
    referralId,
    ifMatch,
    step: async (locked, tx) => {
      const { mine, senderId } = locked
      if (redirectToSpaceId) await checkRedirect(tx, locked, redirectToSpaceId)
      await checkNote(ctx, tx, locked, note)
      return {
        to: 'declined',
        reason,
        patch: { declineReason: reason, redirectToSpaceId: redirectToSpaceId ?? null },
        texts: note === undefined ? {} : { decline_note: note },
        events: [{ spaceId: senderId, topic: 'mail.declined', subjectId: mine.id, deliver: true }],
      }
    },
  })
}

const checkRedirect = async (tx: ReadTx, { senderId, receiverId }: Locked, to: Id<'space'>) => {
  const [target] = await tx.db.select({ status: spaces.status }).from(spaces).where(eq(spaces.id, to))
  if (target?.status !== 'admitted') throw invalidField('/redirectToSpaceId', 'is not a space of the network')
  if (to === senderId || to === receiverId)
    throw invalidField('/redirectToSpaceId', 'is one of the two spaces here')
}
