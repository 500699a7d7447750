import { and, eq, isNull } from 'drizzle-orm'
import { managers, spaceManagers } from '../../db/schema/access.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import { toUuid } from '../platform/ids.ts'
import type { Manager } from './contract-people.ts'
import { emailHashOf } from './manager-identity.ts'
import { lockPeople, managerView, selectPeople } from './people.ts'

const withdraw = writeStatement(
  'withdrawInvitation',
  'delete from space_managers where space_id = $1 and manager_id = $2 and accepted_at is null',
)

/** Takes an invitation back: its link works no more. @throws Problem `not_found` where none is open for the address */
export const withdrawInvitation = (ctx: Ctx, { email }: { readonly email: string }): Promise<Manager> =>
  mutate(ctx, 'access:write', async (tx) => {
    const spaceId = spaceOf(ctx)
    await lockPeople(tx, spaceId)
    const [row] = await selectPeople(tx).where(
      and(
        eq(spaceManagers.spaceId, spaceId),
        eq(managers.emailHash, emailHashOf(ctx, email)),
        isNull(spaceManagers.acceptedAt),
      ),
    )
    if (!row) throw notFound()
    await tx.write(withdraw, [toUuid(spaceId), toUuid(row.managerId)])
    return {
      result: managerView(ctx, row),
      events: [],
      audit: { action: 'withdrawInvitation', objectId: spaceId, spaceId },
    }
  })
