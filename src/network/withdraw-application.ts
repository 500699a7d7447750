import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { endApplication, lockSpace } from './application-decision.ts'
import { applicationView, readOwnApplication, readApplication } from './application-view.ts'
import type { Application } from './contract-application.ts'

/** Who applied changes their mind; whoever vouched for it does so anew when they apply again. @throws Problem `not_found`, `insufficient_role`, `wrong_standing` */
export const withdrawApplication = (ctx: Ctx, id: Id<'application'>): Promise<Application> =>
  mutate(ctx, 'applications:own', async (tx) => {
    const { space } = await readOwnApplication(ctx, tx, id)
    await lockSpace(tx, space.id)
    await endApplication(tx, await readApplication(ctx, tx, id), 'withdrawn', null)
    return {
      result: applicationView(ctx, await readApplication(ctx, tx, id)),
      events: [],
      audit: { action: 'withdrawApplication', objectId: id, spaceId: space.id },
    }
  })
