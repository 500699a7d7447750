import { and, eq, getTableColumns, inArray, ne, or, sql, type SQL } from 'drizzle-orm'
import { applications } from '../../db/schema/network.ts'
import { managers, spaceManagers } from '../../db/schema/access.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { identityOf } from '../access/manager-identity.ts'
import { millisOf } from '../platform/clock.ts'
import { ownSpaceOf, type Actor, type Ctx } from '../platform/context.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { toTypeId, type Id } from '../platform/ids.ts'
import { permits } from '../platform/permissions.ts'
import { wellKnownToken } from './application-link.ts'
import { applicationStatuses, type Application } from './contract-application.ts'
import { vouchesToEstablish } from './probation-end.ts'
import { wellKnownUrl } from './proof.ts'
import { counting, countingSince, vouchers } from './vouchers.ts'

/** Who applied owns the space still: it may have been handed over, and they been taken out. */
const isOfOwner = sql<boolean>`exists (
  select from ${spaceManagers} where ${spaceManagers.spaceId} = ${applications.spaceRef}
    and ${spaceManagers.managerId} = ${applications.managerId} and ${spaceManagers.role} = 'owner'
    and ${spaceManagers.acceptedAt} is not null)`

const selection = {
  ...getTableColumns(applications),
  space: {
    id: spaces.id,
    name: spaces.name,
    city: spaces.city,
    countryCode: spaces.countryCode,
    website: spaces.website,
    domain: spaces.domain,
    status: spaces.status,
    admittedAt: spaces.admittedAt,
    probationUntil: spaces.probationUntil,
  },
  identity: managers.identity,
  vouchers,
  isOfOwner,
}

export type ApplicationRow = Awaited<ReturnType<typeof selectApplications>>[number]

interface Reading {
  readonly filter: SQL | undefined
  /** In which order; what is read one at a time needs none. */
  readonly by?: readonly SQL[]
  readonly most: number
}

/** Applications whose address is confirmed, with the space. */
const selectApplications = (tx: ReadTx, { filter, by = [], most }: Reading) =>
  tx.db
    .select(selection)
    .from(applications)
    .innerJoin(spaces, eq(spaces.id, applications.spaceRef))
    .innerJoin(managers, eq(managers.id, applications.managerId))
    .where(and(inArray(applications.status, [...applicationStatuses]), filter))
    .orderBy(...by)
    .limit(most)

/** Whether somebody runs the network, or reads it for all. */
const seesAll = (actor: Actor): boolean =>
  permits(actor, 'network:admin') || (ownSpaceOf(actor) === null && permits(actor, 'network:read'))

/** What the spaces of the network are asked about. */
const shown = ['pending', 'admitted'] as const

/** A claim that the network has not taken in: the space is in nobody's hands by it, and others may speak for it. */
const isPersons = ({ kind, status }: ApplicationRow): boolean => kind === 'claim' && status !== 'admitted'

/** The same of a row that is looked for: any other. */
const isSpaces = or(ne(applications.kind, 'claim'), eq(applications.status, 'admitted'))

/** One's own: that one handed in, or that is about the space one acts for, unless it is a claim by somebody. */
const own = (actor: Actor): SQL | undefined => {
  const spaceId = ownSpaceOf(actor)
  return or(
    actor.kind === 'manager' ? eq(applications.managerId, actor.id) : undefined,
    spaceId === null ? undefined : and(eq(applications.spaceRef, spaceId), isSpaces),
    // Neither a person nor a space: nothing is theirs.
    sql`false`,
  )
}

const inSight = (actor: Actor): SQL | undefined => {
  if (seesAll(actor)) return undefined
  return permits(actor, 'network:read') ? or(inArray(applications.status, shown), own(actor)) : own(actor)
}

export const readApplications = ({ actor }: Ctx, tx: ReadTx, { filter, ...reading }: Reading) =>
  selectApplications(tx, { ...reading, filter: and(inSight(actor), filter) })

/** @throws Problem `not_found` for an application that the caller does not see */
export const readApplication = async (
  ctx: Ctx,
  tx: ReadTx,
  id: Id<'application'>,
): Promise<ApplicationRow> => {
  const [row] = await readApplications(ctx, tx, { filter: eq(applications.id, id), most: 1 })
  if (!row) throw notFound()
  return row
}

/**
 * For who handed it in, whatever they are to the space for which they act now, and for the owners of the space that it is about.
 * @throws Problem `not_found`, or `insufficient_role` for who only sees it
 */
export const readOwnApplication = async (
  ctx: Ctx,
  tx: ReadTx,
  id: Id<'application'>,
): Promise<ApplicationRow> => {
  const row = await readApplication(ctx, tx, id)
  const { actor } = ctx
  const isOwner = actor.kind === 'manager' && actor.role === 'owner' && isOfOwnSpace(actor, row)
  if (!isOwner && !isHandedInBy(actor, row))
    throw new Problem('insufficient_role', 'Only who applied can do this.')
  return row
}

const isOwn = (actor: Actor, row: ApplicationRow): boolean =>
  isHandedInBy(actor, row) || isOfOwnSpace(actor, row)

/** A claim is the person's who handed it in. Any other is the space's, for which they speak while they own it. */
const isHandedInBy = (actor: Actor, row: ApplicationRow): boolean =>
  actor.kind === 'manager' && row.managerId === actor.id && (isPersons(row) || row.isOfOwner)

const isOfOwnSpace = (actor: Actor, row: ApplicationRow): boolean =>
  ownSpaceOf(actor) === row.spaceRef && !isPersons(row)

/** The application as the caller sees it. */
export const applicationView = (ctx: Ctx, row: ApplicationRow): Application => {
  const { id, name, city, countryCode, website } = row.space
  const wellKnown = isOwn(ctx.actor, row) && isUnproven(row) ? wellKnownOf(ctx, row) : null
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    space: { id, name, city, countryCode, website },
    statement: row.statement === '' ? null : row.statement,
    background: row.background,
    challenge: row.challenge,
    proof: row.proof,
    provedAt: row.provedAt,
    vouchedBy: namedOf(row).map(({ id: uuid, name }) => ({ spaceId: toTypeId('space', uuid), name })),
    vouchesToAdmit: ctx.installation.vouchesToAdmit,
    probation: probationOf(ctx, row),
    ...(wellKnown && { wellKnown }),
    ...((isOwn(ctx.actor, row) || permits(ctx.actor, 'network:admin')) && { reason: row.reason }),
    decidedAt: row.decidedAt,
    createdAt: row.createdAt,
  }
}

/** While it waits, who does not count is not named either; once it is in, all who vouched are. */
const namedOf = ({ status, vouchers: given }: ApplicationRow) =>
  status === 'admitted' ? given : counting(given)

const probationOf = ({ clock }: Ctx, { status, space, vouchers: given }: ApplicationRow) => {
  const { admittedAt, probationUntil: until } = space
  const isIn = status === 'admitted' && space.status === 'admitted' && admittedAt !== null
  if (!isIn || until === null || millisOf(until) <= clock.now()) return null
  return { until, vouches: countingSince(given, admittedAt), vouchesToEnd: vouchesToEstablish }
}

/** The same with who applied, for the steward. */
export const applicationWithContact = (ctx: Ctx, row: ApplicationRow): Application => {
  const view = applicationView(ctx, row)
  if (row.managerId === null || !permits(ctx.actor, 'network:admin')) return view
  return { ...view, contact: identityOf(ctx, { id: row.managerId, identity: row.identity }) }
}

/** A claim that nothing has shown yet to be the applicant's. */
export const isUnproven = ({
  kind,
  status,
  provedAt,
}: Pick<ApplicationRow, 'kind' | 'status' | 'provedAt'>): boolean =>
  kind === 'claim' && status === 'pending' && provedAt === null

const wellKnownOf = ({ installation, keys }: Ctx, { id, space }: ApplicationRow) => {
  const url = wellKnownUrl(space, installation.isLocal)
  return url === null ? null : { url, token: wellKnownToken(keys.link, id) }
}
