import { and, eq } from 'drizzle-orm'
import { managers, spaceManagers } from '../../db/schema/access.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { millisOf } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import { idBytes, idOfBytes, isId, type Id } from '../platform/ids.ts'
import { isSameSecret } from '../platform/same-secret.ts'
import { hmacSha256 } from '../platform/sealing.ts'
import { identityOf } from './manager-identity.ts'

export interface Invited {
  readonly spaceId: Id<'space'>
  readonly managerId: Id<'manager'>
}

/** Bound to the end of this very invitation: one that was made anew, or withdrawn, leaves older links worthless. */
const macOf = (key: Buffer, { spaceId, managerId }: Invited, expiresAt: string): Buffer =>
  hmacSha256(key, `manager-invitation\n${spaceId}\n${managerId}\n${String(millisOf(expiresAt))}`).subarray(
    0,
    16,
  )

/** What the mailed link holds: who is invited where, and that the link is ours. Nothing of it is stored. */
export const invitationUrl = (
  { baseUrl, keys }: Pick<Deps, 'baseUrl' | 'keys'>,
  invited: Invited,
  expiresAt: string,
): string => {
  const parts = [idBytes(invited.spaceId), idBytes(invited.managerId), macOf(keys.link, invited, expiresAt)]
  return `${baseUrl}/people/join/${Buffer.concat(parts).toString('base64url')}`
}

const invitedBy = (token: string): (Invited & { readonly mac: Buffer }) | null => {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 48 || bytes.toString('base64url') !== token) return null
  const spaceId = idOfBytes('space', bytes.subarray(0, 16))
  const managerId = idOfBytes('manager', bytes.subarray(16, 32))
  if (!isId('space', spaceId) || !isId('manager', managerId)) return null
  return { spaceId, managerId, mac: bytes.subarray(32) }
}

export interface OpenInvitation extends Invited {
  readonly spaceName: string
  readonly role: (typeof spaceManagers.$inferSelect)['role']
  readonly expiresAt: string
  /** Nobody has told yet what the person is called. */
  readonly isNameless: boolean
}

/**
 * The invitation behind a link, while it can be accepted. Looking changes nothing: programs look at links before people do.
 * @throws Problem `gone` for a link that is used, over, withdrawn or not ours
 */
export const readInvitation = async (
  deps: Pick<Deps, 'keys'>,
  tx: ReadTx,
  token: string,
): Promise<OpenInvitation> => {
  const invited = invitedBy(token)
  const [row] = invited ? await selectInvitation(tx, invited) : []
  if (!invited || !row || row.acceptedAt !== null || row.expiresAt === null) throw new Problem('gone')
  const { spaceId, managerId, mac } = invited
  const isOurs = isSameSecret(mac, macOf(deps.keys.link, invited, row.expiresAt))
  if (!isOurs || row.expiresAt <= tx.now) throw new Problem('gone')
  const { spaceName, role, expiresAt } = row
  const isNameless = identityOf(deps, { id: managerId, identity: row.identity }).name === ''
  return { spaceId, managerId, spaceName, role, expiresAt, isNameless }
}

/** The invitation as it stands; none where it was withdrawn. */
export const selectInvitation = (tx: ReadTx, { spaceId, managerId }: Invited) =>
  tx.db
    .select({
      spaceName: spaces.name,
      role: spaceManagers.role,
      acceptedAt: spaceManagers.acceptedAt,
      expiresAt: spaceManagers.expiresAt,
      identity: managers.identity,
    })
    .from(spaceManagers)
    .innerJoin(spaces, eq(spaces.id, spaceManagers.spaceId))
    .innerJoin(managers, eq(managers.id, spaceManagers.managerId))
    .where(and(eq(spaceManagers.spaceId, spaceId), eq(spaceManagers.managerId, managerId)))
