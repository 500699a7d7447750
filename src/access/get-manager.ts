import { spaceOf, type Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import type { Manager } from './contract-people.ts'
import { managerView, readPerson } from './people.ts'

/** Somebody who acts for the caller's space. @throws Problem `not_found` */
export const getManager = (ctx: Ctx, id: Id<'manager'>): Promise<Manager & { readonly id: string }> =>
  read(ctx, 'access:read', async (tx) => ({
    ...managerView(ctx, await readPerson(tx, spaceOf(ctx), id)),
    id,
  }))
