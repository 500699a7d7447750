import type { Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { applicationWithContact, readApplication } from './application-view.ts'
import type { Application } from './contract-application.ts'

/** @throws Problem `not_found`, also for an application that the caller does not see */
export const getApplication = (ctx: Ctx, id: Id<'application'>): Promise<Application> =>
  read(ctx, 'applications:read', async (tx) =>
    applicationWithContact(ctx, await readApplication(ctx, tx, id)),
  )
