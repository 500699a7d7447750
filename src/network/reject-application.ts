import { mutateRights } from '../access/revocation-epoch.ts'
import type { Ctx } from '../platform/context.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { endApplication, lockSpace } from './application-decision.ts'
import { applicantMail } from './application-mails.ts'
import { applicationWithContact, isUnproven, readApplication } from './application-view.ts'
import type { Application } from './contract.ts'

const dropVouches = writeStatement('vouches:drop', 'delete from vouches where space_ref = $1')

/**
 * The steward says no, and why; the applicant is told by mail. The space stays as it is, and may apply again: then it is
 * vouched for anew.
 * @throws Problem `not_found`, `wrong_standing`
 */
export const rejectApplication = (ctx: Ctx, id: Id<'application'>, reason: string): Promise<Application> =>
  mutateRights(ctx, 'network:admin', async (tx) => {
    const spaceId = (await readApplication(ctx, tx, id)).space.id
    await lockSpace(tx, spaceId)
    const before = await readApplication(ctx, tx, id)
    await endApplication(tx, id, 'rejected', reason)
    // Those given for a claim by somebody else are not this one's.
    if (!isUnproven(before)) await tx.write(dropVouches, [toUuid(spaceId)])
    return {
      result: applicationWithContact(ctx, await readApplication(ctx, tx, id)),
      events: [applicantMail('mail.rejected', id)],
      audit: { action: 'rejectApplication', objectId: id, spaceId },
    }
  })
