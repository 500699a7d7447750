import { eq } from 'drizzle-orm'
import { managers } from '../../db/schema/access.ts'
import { applications } from '../../db/schema/network.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { identityOf, type Identity } from '../access/manager-identity.ts'
import type { Deps } from '../platform/context.ts'
import { readUnscoped, type ReadTx } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { contactOf } from './contact.ts'
import type { KeptProfile } from './kept-profile.ts'
import { counting, vouchers } from './vouchers.ts'

/** What the letters about an application are written from. */
export interface ApplicationToMail {
  readonly id: Id<'application'>
  readonly status: (typeof applications.$inferSelect)['status']
  readonly spaceName: string
  readonly city: string
  /** Who applied. */
  readonly person: Identity
  readonly confirmBy: string
  /** A claim that nothing shows yet to be the applicant's. */
  readonly isUnproven: boolean
  /** How many spaces speak for it. */
  readonly vouches: number
  readonly reason: string | null
}

const select = (tx: ReadTx, id: Id<'application'>) =>
  tx.db
    .select({
      row: applications,
      space: { name: spaces.name, city: spaces.city },
      identity: managers.identity,
      vouchers,
    })
    .from(applications)
    .leftJoin(spaces, eq(spaces.id, applications.spaceRef))
    .leftJoin(managers, eq(managers.id, applications.managerId))
    .where(eq(applications.id, id))

type Found = Awaited<ReturnType<typeof select>>[number]

/** The application as it stands now, and who applied; null when it is deleted. */
export const findApplicationToMail = (deps: Deps, id: Id<'application'>): Promise<ApplicationToMail | null> =>
  readUnscoped(deps, async (tx) => {
    const [found] = await select(tx, id)
    const person = found && personOf(deps, found)
    if (!found || !person) return null
    const { row, space } = found
    const typed = (row.profile as KeptProfile | null)?.space
    return {
      id,
      status: row.status,
      spaceName: space?.name ?? typed?.name ?? '',
      city: space?.city ?? typed?.city ?? '',
      person,
      confirmBy: row.confirmBy,
      isUnproven: row.kind === 'claim' && row.provedAt === null,
      vouches: counting(found.vouchers).length,
      reason: row.reason,
    }
  })

const personOf = (deps: Deps, { row, identity }: Found): Identity | null => {
  if (row.managerId !== null && identity) return identityOf(deps, { id: row.managerId, identity })
  return row.contact ? contactOf(deps, row.id, row.contact) : null
}

/** Whom the network's letters go to; null for who is no steward any more. */
export const findSteward = (deps: Deps, id: Id<'manager'>): Promise<Identity | null> =>
  readUnscoped(deps, async (tx) => {
    const [found] = await tx.db.select().from(managers).where(eq(managers.id, id))
    return found?.isSteward ? identityOf(deps, found) : null
  })
