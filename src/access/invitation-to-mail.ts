import type { Deps } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import type { ManagerRole } from '../platform/roles.ts'
import { invitationUrl, selectInvitation, type Invited } from './manager-invitation.ts'
import { identityOf } from './manager-identity.ts'

export interface InvitationToMail {
  readonly spaceName: string
  readonly role: ManagerRole
  readonly expiresAt: string
  readonly email: string
  readonly url: string
}

/** The invitation as it stands now; null when it was accepted or withdrawn, or is over. */
export const findInvitationToMail = (deps: Deps, invited: Invited): Promise<InvitationToMail | null> =>
  readUnscoped(deps, async (tx) => {
    const [row] = await selectInvitation(tx, invited)
    if (!row || row.acceptedAt !== null || row.expiresAt === null || row.expiresAt <= tx.now) return null
    const { spaceName, role, expiresAt, identity } = row
    const { email } = identityOf(deps, { id: invited.managerId, identity })
    return { spaceName, role, expiresAt, email, url: invitationUrl(deps, invited, expiresAt) }
  })
