import { and, eq } from 'drizzle-orm'
import { applications } from '../../db/schema/network.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { Identity } from '../access/manager-identity.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { enterSpace, soundProfile } from '../spaces/register-space.ts'
import { isFreeToShow, lockSpace } from './application-decision.ts'
import { askAgain, ownSpaceLike, ownsSpace, requireNoneWaits } from './ask-again.ts'
import { makeOwner } from './claim.ts'
import type { KeptProfile } from './kept-profile.ts'
import { placed } from './placed.ts'
import { isAtDomain } from './proof.ts'

type Row = typeof applications.$inferSelect

/** Who has confirmed the address. Their row is locked: of two applications of theirs, the second sees what came of the first. */
interface Applicant {
  readonly id: Id<'manager'>
  readonly person: Identity
}

interface Settled extends Pick<Row, 'kind' | 'proof' | 'profile'> {
  readonly spaceId: Id<'space'>
}

const settleSql = writeStatement(
  'application:settle',
  `update applications set manager_id = $2, space_ref = $3, kind = $4, proof = $5, proved_at = $6, profile = $7 where id = $1`,
)

/**
 * Says for which space a confirmed application is, and whose: a new one is registered, once for one person; a claimed one
 * stays as it is. @throws Problem `wrong_standing` when the person speaks for the space already, or their application waits
 */
export const settleApplication = async (
  tx: WriteTx,
  row: Row,
  applicant: Applicant,
): Promise<Id<'space'>> => {
  const settled = await (row.spaceRef === null
    ? settleNew(tx, row, applicant)
    : settleClaim(tx, row, row.spaceRef, applicant))
  const { spaceId, kind, proof, profile } = settled
  await tx.write(settleSql, [
    toUuid(row.id),
    toUuid(applicant.id),
    toUuid(spaceId),
    kind,
    proof,
    proof === null ? null : tx.now,
    profile === null ? null : JSON.stringify(profile),
  ])
  return spaceId
}

const settleNew = async (tx: WriteTx, row: Row, { id, person }: Applicant): Promise<Settled> => {
  const { space, takesMails } = row.profile as unknown as KeptProfile
  if (!space) throw new Error('An application for a new space holds no profile')
  const sound = soundProfile(placed(space))
  const contactEmail = sound.contactEmail ?? (takesMails ? person.email : undefined)
  const profile = { ...sound, ...(contactEmail !== undefined && { contactEmail }) }
  const own = await ownSpaceLike(tx, id, profile)
  if (own !== null) {
    // Where in the city it stands, its people may have said better since than we guess.
    const { geo, ...rest } = profile
    await askAgain(tx, own, row, space.geo ? { ...rest, geo } : rest)
    return { spaceId: own, kind: 'new', proof: null, profile: null }
  }
  const { background, challenge } = row
  const written = await enterSpace(tx, profile, { operatorId: null, background, challenge })
  await makeOwner(tx, written.id, id)
  return { spaceId: written.id, kind: 'new', proof: null, profile: null }
}

const settleClaim = async (
  tx: WriteTx,
  row: Row,
  spaceId: Id<'space'>,
  { id, person }: Applicant,
): Promise<Settled> => {
  // Of two for one space the second sees what came of the first.
  await lockSpace(tx, spaceId)
  if (await ownsSpace(tx, id, spaceId)) {
    await askAgain(tx, spaceId, row)
    return { spaceId, kind: 'new', proof: null, profile: null }
  }
  await requireNoneWaits(tx, spaceId, and(eq(applications.status, 'pending'), eq(applications.managerId, id)))
  const [space] = await tx.db.select({ domain: spaces.domain }).from(spaces).where(eq(spaces.id, spaceId))
  const isShown = isAtDomain(person.email, space?.domain ?? null) && (await isFreeToShow(tx, spaceId))
  return { spaceId, kind: 'claim', proof: isShown ? 'mail' : null, profile: row.profile }
}
