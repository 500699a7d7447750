import { and, eq, isNotNull, notExists, or } from 'drizzle-orm'
import { applications } from '../../db/schema/network.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { identityOf } from '../access/manager-identity.ts'
import type { Ctx } from '../platform/context.ts'
import type { Happening, ReadTx, WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { toTypeId, toUuid, type Id } from '../platform/ids.ts'
import { applicantMail } from './application-mails.ts'
import { isUnproven, type ApplicationRow } from './application-view.ts'
import { handOver } from './claim.ts'

type Row = typeof applications.$inferSelect

/** Waits for the network's word: pending, and of somebody whose space it is. */
export const isDecidable = and(
  eq(applications.status, 'pending'),
  or(eq(applications.kind, 'new'), isNotNull(applications.provedAt)),
)

/** Nobody speaks for the space, nor has shown that it is theirs and waits for the network's word. Its row is locked. */
export const isFreeToShow = async (tx: ReadTx, spaceId: Id<'space'>): Promise<boolean> => {
  const [free] = await tx.db
    .select({ id: spaces.id })
    .from(spaces)
    .where(
      and(
        eq(spaces.id, spaceId),
        eq(spaces.status, 'unclaimed'),
        notExists(
          tx.db
            .select({ id: applications.id })
            .from(applications)
            .where(and(eq(applications.spaceRef, spaceId), isDecidable)),
        ),
      ),
    )
  return free !== undefined
}

interface AdmittedRow extends Pick<Row, 'kind' | 'profile' | 'background' | 'challenge'> {
  readonly id: string
  readonly manager_id: string
  readonly identity: Buffer
}

const admitSql = writeStatement<AdmittedRow>(
  'application:admit',
  `update applications a set status = 'admitted', decided_at = $2, version = a.version + 1, updated_at = $2
     from managers m
    where a.space_ref = $1 and a.status = 'pending' and (a.kind = 'new' or a.proved_at is not null) and m.id = a.manager_id
    returning a.id, a.kind, a.profile, a.background, a.challenge, a.manager_id, m.identity`,
)

/**
 * What waits for a space that is taken in is decided with it; a claimed space is in its claimant's hands from now on.
 * @returns the letters that say so
 */
export const admitApplicationsOf = async (
  ctx: Pick<Ctx, 'keys'>,
  tx: WriteTx,
  spaceId: Id<'space'>,
): Promise<Happening[]> => {
  const [admitted] = await tx.write(admitSql, [toUuid(spaceId), tx.now])
  if (!admitted) return []
  const managerId = toTypeId('manager', admitted.manager_id)
  if (admitted.kind === 'claim') {
    const person = identityOf(ctx, { id: managerId, identity: admitted.identity })
    await handOver(tx, { ...admitted, spaceId, managerId }, person)
  }
  return [applicantMail('mail.admitted', toTypeId('application', admitted.id))]
}

/** The space of an application is locked before the application, by whoever decides: of two, the second sees the first. */
export const lockSpace = async (tx: ReadTx, spaceId: Id<'space'>): Promise<void> => {
  await tx.db.select({ id: spaces.id }).from(spaces).where(eq(spaces.id, spaceId)).for('no key update')
}

const endSql = writeStatement<{ id: string }>(
  'application:end',
  `update applications set status = $3, decided_at = $2, reason = $4, version = version + 1, updated_at = $2
    where id = $1 and status = 'pending' returning id`,
)

const dropVouches = writeStatement('vouches:drop', 'delete from vouches where space_ref = $1')

/**
 * Ends a pending application without an admission, and the vouches with it: they were given for this one. Its space is locked.
 * @throws Problem `wrong_standing` when it has ended already
 */
export const endApplication = async (
  tx: WriteTx,
  { id, space, ...row }: ApplicationRow,
  status: 'rejected' | 'withdrawn',
  reason: string | null,
): Promise<void> => {
  const [ended] = await tx.write(endSql, [toUuid(id), tx.now, status, reason])
  if (!ended) throw isDecided()
  // Those given for a claim by somebody else are not this one's.
  if (!isUnproven(row)) await tx.write(dropVouches, [toUuid(space.id)])
}

export const isDecided = () => new Problem('wrong_standing', 'This application has been decided.')
