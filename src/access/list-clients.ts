import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import type { z } from 'zod'
import { clients } from '../../db/schema/access.ts'
import type { Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { clientView } from './client-view.ts'
import type { listClients as contract } from './contract-clients.ts'
import { spaceOfClients } from './own-clients.ts'

/** The API clients that the caller looks after, the newest first, revoked ones too. */
export const listClients = (ctx: Ctx, { limit, cursor }: z.output<typeof contract.query>) =>
  read(ctx, 'clients:read', async (tx) => {
    const spaceId = spaceOfClients(ctx)
    const binding = ['listClients', spaceId]
    const last =
      cursor === undefined ? undefined : (readCursor(ctx.keys.link, binding, cursor)[0] as Id<'client'>)
    const rows = await tx.db
      .select()
      .from(clients)
      .where(
        and(
          spaceId === null ? isNull(clients.spaceRef) : eq(clients.spaceRef, spaceId),
          last && lt(clients.id, last),
        ),
      )
      .orderBy(desc(clients.id))
      .limit(limit + 1)
    const page = pageOf(rows, limit, ({ id }) => makeCursor(ctx.keys.link, binding, [id]))
    return { ...page, data: page.data.map((client) => clientView(client, tx.now)) }
  })
