import { spaceManagers } from '../../db/schema/access.ts'
import type { applications } from '../../db/schema/network.ts'
import type { Identity } from '../access/manager-identity.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { rowsOf, writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import type { KeptProfile } from './submit-application.ts'

type Row = typeof applications.$inferSelect

/** Makes the person who applied the owner of the space. */
export const makeOwner = (tx: WriteTx, spaceId: Id<'space'>, managerId: Id<'manager'>): Promise<void> =>
  tx.insert(
    rowsOf(spaceManagers, [
      {
        spaceId,
        managerId,
        role: 'owner',
        invitedBy: null,
        invitedAt: tx.now,
        acceptedAt: tx.now,
        expiresAt: null,
      },
    ]),
  )

// Of two claims that are proven at once, one finds the space unclaimed; from then on imports leave its words alone.
const takeSql = writeStatement<{ id: string }>(
  'claim:take',
  `update spaces set status = 'registered', contact_email = coalesce(contact_email, $3), background = coalesce($4, background),
     challenge = coalesce($5, challenge), version = version + 1, updated_at = $2
    where id = $1 and status = 'unclaimed' returning id`,
)

interface Claim extends Pick<Row, 'profile' | 'background' | 'challenge'> {
  readonly spaceId: Id<'space'>
  readonly managerId: Id<'manager'>
}

/** A claim is proven: the space is in the person's hands. @returns false when somebody else speaks for it already */
export const takeClaim = async (tx: WriteTx, claim: Claim, { email }: Identity): Promise<boolean> => {
  const { spaceId, managerId, background, challenge } = claim
  const takesMails = (claim.profile as unknown as KeptProfile | null)?.takesMails === true
  const values = [toUuid(spaceId), tx.now, takesMails ? email : null, background, challenge]
  const [taken] = await tx.write(takeSql, values)
  if (!taken) return false
  await makeOwner(tx, spaceId, managerId)
  return true
}
