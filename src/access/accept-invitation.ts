import type { Ctx } from '../platform/context.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { invalidField, Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { identityOf, nameManager } from './manager-identity.ts'
import { readInvitation } from './manager-invitation.ts'
import { ownManagerId } from './own-manager.ts'
import { lockPeople } from './people.ts'
import { mutateRights } from './revocation-epoch.ts'

const accept = writeStatement<{ manager_id: string }>(
  'acceptInvitation',
  `update space_managers set accepted_at = $3, expires_at = null
   where space_id = $1 and manager_id = $2 and accepted_at is null and expires_at > $3 returning manager_id`,
)

/**
 * Whoever is signed in takes up an invitation that was sent to their own address.
 * @param name what they are called, for who has not been asked before
 * @throws Problem `gone`; `insufficient_role` for who is somebody else; `validation_failed` where the name is missing
 */
export const acceptInvitation = (ctx: Ctx, token: string, name: string): Promise<Id<'space'>> =>
  mutateRights(ctx, 'account', async (tx) => {
    const managerId = ownManagerId(ctx)
    const invited = await readInvitation(ctx, tx, token)
    const { spaceId } = invited
    if (invited.managerId !== managerId)
      throw new Problem('insufficient_role', 'The invitation was sent to another address than yours.')
    await lockPeople(tx, spaceId)
    const [accepted] = await tx.write(accept, [toUuid(spaceId), toUuid(managerId), tx.now])
    if (!accepted) throw new Problem('gone')
    if (invited.isNameless) {
      if (name === '') throw invalidField('/name', 'is required')
      const [row] = await tx.write(identityRow, [toUuid(managerId)])
      if (!row) throw new Problem('gone')
      const { email } = identityOf(ctx, { id: managerId, identity: row.identity })
      await nameManager(ctx, tx, managerId, { name, email })
    }
    return {
      result: spaceId,
      events: [],
      audit: { action: 'acceptInvitation', objectId: managerId, spaceId },
    }
  })

const identityRow = writeStatement<{ identity: Buffer }>(
  'lockIdentity',
  'select identity from managers where id = $1 for no key update',
)
