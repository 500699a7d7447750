import { and, eq, isNotNull, or } from 'drizzle-orm'
import { applications } from '../../db/schema/network.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { Happening, ReadTx, WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { toTypeId, toUuid, type Id } from '../platform/ids.ts'
import { applicantMail } from './application-mails.ts'

/** Waits for the network's word: pending, and of somebody whose space it is. */
export const isDecidable = and(
  eq(applications.status, 'pending'),
  or(eq(applications.kind, 'new'), isNotNull(applications.provedAt)),
)

const admitSql = writeStatement<{ id: string }>(
  'application:admit',
  `update applications set status = 'admitted', decided_at = $2, version = version + 1, updated_at = $2
    where space_ref = $1 and status = 'pending' and (kind = 'new' or proved_at is not null) returning id`,
)

/** What waits for a space that is taken in is decided with it. @returns the letters that say so */
export const admitApplicationsOf = async (tx: WriteTx, spaceId: Id<'space'>): Promise<Happening[]> => {
  const admitted = await tx.write(admitSql, [toUuid(spaceId), tx.now])
  return admitted.map(({ id }) => applicantMail('mail.admitted', toTypeId('application', id)))
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

/** Ends a pending application without an admission. @throws Problem `wrong_standing` when it has ended already */
export const endApplication = async (
  tx: WriteTx,
  id: Id<'application'>,
  status: 'rejected' | 'withdrawn',
  reason: string | null,
): Promise<void> => {
  const [ended] = await tx.write(endSql, [toUuid(id), tx.now, status, reason])
  if (!ended) throw isDecided()
}

export const isDecided = () => new Problem('wrong_standing', 'This application has been decided.')
