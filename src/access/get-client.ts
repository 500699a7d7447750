import type { Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { clientView } from './client-view.ts'
import { ownClient } from './own-clients.ts'

/** One API client of those that the caller looks after. @throws Problem `not_found` */
export const getClient = (ctx: Ctx, clientId: Id<'client'>) =>
  read(ctx, 'clients:read', async (tx) => clientView(await ownClient(ctx, tx, clientId), tx.now))
