import { and, desc, eq, isNotNull, ne, or } from 'drizzle-orm'
import { spaceManagers } from '../../db/schema/access.ts'
import { applications } from '../../db/schema/network.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { makeManager, type Identity } from '../access/manager-identity.ts'
import { mutateRights } from '../access/revocation-epoch.ts'
import type { Ctx } from '../platform/context.ts'
import type { ReadTx, WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { enterSpace, soundProfile } from '../spaces/register-space.ts'
import { lockSpace } from './application-decision.ts'
import { applicationOfToken } from './application-link.ts'
import { stewardMails } from './application-mails.ts'
import { makeOwner, takeClaim } from './claim.ts'
import { contactOf } from './contact.ts'
import { isAtDomain } from './proof.ts'
import type { KeptProfile } from './submit-application.ts'

type Row = typeof applications.$inferSelect

/** What a link can confirm: not over, and not confirmed before. */
interface Confirmable {
  readonly id: Id<'application'>
  readonly spaceName: string
  readonly confirmBy: string
}

export interface Confirmed {
  readonly id: Id<'application'>
  readonly managerId: Id<'manager'>
  /** Whether nobody was known by the address before. */
  readonly isNew: boolean
}

/**
 * The application that a mailed link confirms. Looking changes nothing: programs look at links before people do.
 * @throws Problem `gone`
 */
export const readConfirmable = async (
  { keys }: Pick<Ctx, 'keys'>,
  tx: ReadTx,
  token: string,
): Promise<Confirmable> => {
  const id = applicationOfToken(keys.link, token)
  const [found] = id === null ? [] : await selectUnconfirmed(tx, id)
  if (!found || found.row.confirmBy <= tx.now) throw new Problem('gone')
  const { row, spaceName } = found
  const profile = row.profile as KeptProfile | null
  return {
    id: row.id,
    spaceName: spaceName ?? profile?.space?.name ?? '',
    confirmBy: row.confirmBy,
  }
}

const selectUnconfirmed = (tx: ReadTx, id: Id<'application'>) =>
  tx.db
    .select({ row: applications, spaceName: spaces.name })
    .from(applications)
    .leftJoin(spaces, eq(spaces.id, applications.spaceRef))
    .where(and(eq(applications.id, id), eq(applications.status, 'unconfirmed')))

// Of twenty at once one finds it unconfirmed; the others wait here and then find it is not.
const take = writeStatement<{ id: string }>(
  'application:confirm',
  `update applications set status = 'pending', contact = null, version = version + 1, updated_at = $2
    where id = $1 and status = 'unconfirmed' and confirm_by > $2 returning id`,
)

const settleSql = writeStatement(
  'application:settle',
  `update applications set manager_id = $2, space_ref = $3, kind = $4, proof = $5, proved_at = $6, profile = $7 where id = $1`,
)

/**
 * Confirms the address: the person is found or made, and the application waits for the network. A new space is registered
 * with the person as its owner; of a claimed one nothing changes until the claim is proven, which it is at once where the
 * address lies at the space's own web domain.
 * @param also what else belongs into the same write: signing the person in
 * @throws Problem `gone` for a link that was used, is over or not ours; `wrong_standing` when the space waits already
 */
export const confirmApplication = <T>(
  ctx: Ctx,
  token: string,
  also: (tx: WriteTx, confirmed: Confirmed) => Promise<T>,
): Promise<Confirmed & { readonly also: T }> =>
  mutateRights(ctx, 'applications:submit', async (tx) => {
    const { id } = await readConfirmable(ctx, tx, token)
    const [before] = await selectUnconfirmed(tx, id)
    const [taken] = await tx.write(take, [toUuid(id), tx.now])
    if (!taken || !before?.row.contact) throw new Problem('gone')
    const person = contactOf(ctx, id, before.row.contact)
    const manager = await makeManager(ctx, tx, person)
    const spaceId = await settle(tx, before.row, { ...manager, person })
    const confirmed = { id, managerId: manager.id, isNew: manager.isNew }
    return {
      result: { ...confirmed, also: await also(tx, confirmed) },
      events: await stewardMails(tx, id),
      audit: { action: 'confirmApplication', objectId: id, spaceId },
    }
  })

interface Applicant {
  readonly id: Id<'manager'>
  readonly person: Identity
}

interface Settled extends Pick<Row, 'kind' | 'proof' | 'provedAt' | 'profile'> {
  readonly spaceId: Id<'space'>
}

const settle = async (tx: WriteTx, row: Row, applicant: Applicant): Promise<Id<'space'>> => {
  const settled =
    row.kind === 'new' ? await registerNew(tx, row, applicant) : await settleClaim(tx, row, applicant)
  const { spaceId, kind, proof, provedAt, profile } = settled
  await tx.write(settleSql, [
    toUuid(row.id),
    toUuid(applicant.id),
    toUuid(spaceId),
    kind,
    proof,
    provedAt,
    profile === null ? null : JSON.stringify(profile),
  ])
  return spaceId
}

const registerNew = async (tx: WriteTx, row: Row, { id, person }: Applicant): Promise<Settled> => {
  const { space, takesMails } = row.profile as unknown as KeptProfile
  if (!space) throw new Error('An application for a new space holds no profile')
  const profile = soundProfile(space)
  const { background, challenge } = row
  const contactEmail = profile.contactEmail ?? (takesMails ? person.email : undefined)
  const written = await enterSpace(
    tx,
    { ...profile, ...(contactEmail !== undefined && { contactEmail }) },
    { operatorId: null, background, challenge },
  )
  await makeOwner(tx, written.id, id)
  return { spaceId: written.id, kind: 'new', proof: null, provedAt: null, profile: null }
}

const settleClaim = async (tx: WriteTx, row: Row, applicant: Applicant): Promise<Settled> => {
  if (row.spaceRef === null) throw new Error('A claim names no space')
  const spaceId = row.spaceRef
  // Of two for one space the second sees what came of the first.
  await lockSpace(tx, spaceId)
  const again = await appliesAgain(tx, spaceId, applicant.id, row.id)
  if (again) return { spaceId, ...again, profile: null }
  const [space] = await tx.db.select({ domain: spaces.domain }).from(spaces).where(eq(spaces.id, spaceId))
  const unproven = { spaceId, kind: 'claim' as const, proof: null, provedAt: null, profile: row.profile }
  if (!isAtDomain(applicant.person.email, space?.domain ?? null)) return unproven
  const isTaken = await takeClaim(tx, { ...row, spaceId, managerId: applicant.id }, applicant.person)
  if (!isTaken) return unproven
  return { spaceId, kind: 'claim', proof: 'mail', provedAt: tx.now, profile: null }
}

/** Who owns the space asks once more after a rejection: the proof of then holds still. */
const appliesAgain = async (
  tx: ReadTx,
  spaceId: Id<'space'>,
  managerId: Id<'manager'>,
  applicationId: Id<'application'>,
): Promise<Pick<Row, 'kind' | 'proof' | 'provedAt'> | null> => {
  const [owner] = await tx.db
    .select({ status: spaces.status })
    .from(spaceManagers)
    .innerJoin(spaces, eq(spaces.id, spaceManagers.spaceId))
    .where(
      and(
        eq(spaceManagers.spaceId, spaceId),
        eq(spaceManagers.managerId, managerId),
        eq(spaceManagers.role, 'owner'),
        isNotNull(spaceManagers.acceptedAt),
      ),
    )
  if (owner?.status !== 'registered') return null
  const { kind, proof, provedAt, status } = applications
  const [last] = await tx.db
    .select({ kind, proof, provedAt, status })
    .from(applications)
    .where(
      and(
        eq(applications.spaceRef, spaceId),
        ne(applications.id, applicationId),
        or(eq(kind, 'new'), isNotNull(provedAt)),
      ),
    )
    // Links are pressed in any order: one that waits may be older than the last that was decided.
    .orderBy(desc(eq(status, 'pending')), desc(applications.id))
    .limit(1)
  if (last?.status === 'pending') throw new Problem('wrong_standing', 'Your application waits already.')
  return { kind: last?.kind ?? 'new', proof: last?.proof ?? null, provedAt: last?.provedAt ?? null }
}
