import { mutateRights } from '../access/revocation-epoch.ts'
import type { Ctx } from '../platform/context.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { endApplication, lockSpace } from './application-decision.ts'
import { applicantMail } from './application-mails.ts'
import { applicationWithContact, readApplication } from './application-view.ts'
import type { Application } from './contract-application.ts'

const turnAway = writeStatement(
  'space:reject',
  `update spaces set status = 'rejected', version = version + 1, updated_at = $2 where id = $1 and status = 'registered'`,
)

/**
 * The steward says no, and why; the applicant is told by mail, and may apply again. A new space prepares nothing more until
 * then; of a claimed one nothing was given to who claimed it.
 * @throws Problem `not_found`, `wrong_standing`
 */
export const rejectApplication = (ctx: Ctx, id: Id<'application'>, reason: string): Promise<Application> =>
  mutateRights(ctx, 'network:admin', async (tx) => {
    const spaceId = (await readApplication(ctx, tx, id)).space.id
    await lockSpace(tx, spaceId)
    const row = await readApplication(ctx, tx, id)
    await endApplication(tx, row, 'rejected', reason)
    if (row.kind === 'new') await tx.write(turnAway, [toUuid(spaceId), tx.now])
    return {
      result: applicationWithContact(ctx, await readApplication(ctx, tx, id)),
      events: [applicantMail('mail.rejected', id)],
      audit: { action: 'rejectApplication', objectId: id, spaceId },
    }
  })
