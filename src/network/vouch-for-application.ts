import { mutateRights } from '../access/revocation-epoch.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { isDecided } from './application-decision.ts'
import { applicationView, isUnproven, readApplication, type ApplicationRow } from './application-view.ts'
import type { Application } from './contract-application.ts'
import { giveVouch } from './vouch.ts'

/**
 * The caller's space speaks for the one that applied: before it is taken in, or while it is on probation.
 * @throws Problem `not_found`, `wrong_standing`
 */
export const vouchForApplication = (ctx: Ctx, id: Id<'application'>): Promise<Application> =>
  mutateRights(ctx, 'network:vouch', async (tx) => {
    const { space } = await readApplication(ctx, tx, id)
    const { events } = await giveVouch(ctx, tx, { spaceId: space.id, voucherId: spaceOf(ctx) })
    // Only now, with the space locked, is it certain that nobody decides meanwhile; a refusal undoes the vouch.
    const row = await readApplication(ctx, tx, id)
    requireVouchable(row)
    return {
      result: applicationView(ctx, row),
      events,
      audit: { action: 'vouchForApplication', objectId: id, spaceId: spaceOf(ctx) },
    }
  })

const requireVouchable = (row: ApplicationRow): void => {
  if (isUnproven(row)) {
    throw new Problem('wrong_standing', `It is not proven yet that ${row.space.name} is the applicant’s.`)
  }
  if (row.status !== 'pending' && row.status !== 'admitted') throw isDecided()
}
