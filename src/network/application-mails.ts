import { eq } from 'drizzle-orm'
import { managers } from '../../db/schema/access.ts'
import type { Happening, ReadTx } from '../platform/database/door.ts'
import { networkSpaceId, type Id } from '../platform/ids.ts'

type Topic = 'mail.admitted' | 'mail.rejected' | 'mail.vouched'

/** A letter to who applied. */
export const applicantMail = (topic: Topic, id: Id<'application'>): Happening => ({
  spaceId: networkSpaceId,
  topic,
  subjectId: id,
  deliver: true,
})

/** Every steward learns that an application waits: a letter each, so that one mail server holds up no other. */
export const stewardMails = async (tx: ReadTx, id: Id<'application'>): Promise<Happening[]> => {
  const stewards = await tx.db.select({ id: managers.id }).from(managers).where(eq(managers.isSteward, true))
  return stewards.map(({ id: managerId }) => ({
    spaceId: networkSpaceId,
    topic: 'mail.application_pending',
    subjectId: id,
    data: { managerId },
    deliver: true,
  }))
}
