import { spaceManagers } from '../../db/schema/access.ts'
import type { applications } from '../../db/schema/network.ts'
import type { Identity } from '../access/manager-identity.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { rowsOf, writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import type { KeptProfile } from './kept-profile.ts'

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

const sayFor = writeStatement(
  'claim:say',
  `update spaces set contact_email = coalesce(contact_email, $3), background = coalesce($4, background),
     challenge = coalesce($5, challenge), version = version + 1, updated_at = $2
    where id = $1`,
)

interface Claim extends Pick<Row, 'profile' | 'background' | 'challenge'> {
  readonly spaceId: Id<'space'>
  readonly managerId: Id<'manager'>
}

/** The network has taken a claimed space in: only now is it in the person's hands, and says what they said for it. */
export const handOver = async (tx: WriteTx, claim: Claim, { email }: Identity): Promise<void> => {
  const { spaceId, managerId, background, challenge } = claim
  const takesMails = (claim.profile as unknown as KeptProfile | null)?.takesMails === true
  await tx.write(sayFor, [toUuid(spaceId), tx.now, takesMails ? email : null, background, challenge])
  await makeOwner(tx, spaceId, managerId)
}
