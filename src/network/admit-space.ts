import { and, eq } from 'drizzle-orm'
import { spaceExternalIds, spaces } from '../../db/schema/spaces.ts'
import { mutateRights } from '../access/revocation-epoch.ts'
import type { Ctx } from '../platform/context.ts'
import { spaceId as spaceIdSchema } from '../platform/contract.ts'
import type { Happening, ReadTx, WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import type { Standing } from '../platform/roles.ts'
import { admitApplicationsOf } from './application-decision.ts'
import { endProbation, lockWaitingCards } from './probation-end.ts'

export interface KnownSpace {
  readonly id: Id<'space'>
  readonly slug: string
  readonly name: string
  readonly status: Standing
}

const known = { id: spaces.id, slug: spaces.slug, name: spaces.name, status: spaces.status }

/** The space that is meant by its id, its slug, or `source:externalId`; null when there is none. */
export const findSpaceByReference = async (tx: ReadTx, reference: string): Promise<KnownSpace | null> => {
  const colon = reference.indexOf(':')
  const id = spaceIdSchema.safeParse(reference)
  const query = tx.db.select(known).from(spaces)
  const [found] = await (id.success
    ? query.where(eq(spaces.id, id.data))
    : colon === -1
      ? query.where(eq(spaces.slug, reference))
      : query
          .innerJoin(spaceExternalIds, eq(spaceExternalIds.spaceRef, spaces.id))
          .where(
            and(
              eq(spaceExternalIds.system, reference.slice(0, colon)),
              eq(spaceExternalIds.externalId, reference.slice(colon + 1)),
            ),
          ))
  return found ?? null
}

const admitSql = writeStatement<{ id: string }>(
  'admitSpace',
  `update spaces set status = 'admitted', admitted_at = $2, probation_until = null, version = version + 1, updated_at = $2
    where id = $1 and status in ('unclaimed', 'registered', 'rejected') returning id`,
)

export interface Admitted extends KnownSpace {
  /** It was in the network on probation, which is over now. */
  readonly wasOnProbation: boolean
}

/**
 * Takes a space into the network: from now on it is claimed, found by all, and can be sent to. One that vouches took in is
 * established by it, and the points that waited are released by the next look of the clock; any other is as it was.
 * @throws Problem `not_found`, or `wrong_standing` for a space that is suspended
 */
export const admitSpace = (ctx: Ctx, spaceId: Id<'space'>): Promise<Admitted> =>
  mutateRights(ctx, 'network:admin', async (tx) => {
    const { admitted, events } = await takeIn(ctx, tx, spaceId)
    return { result: admitted, events, audit: { action: 'admitSpace', objectId: spaceId, spaceId } }
  })

/** The same within a write that says more; an application of the space is decided by it. @throws Problem as `admitSpace` does */
export const takeIn = async (
  ctx: Pick<Ctx, 'keys'>,
  tx: WriteTx,
  spaceId: Id<'space'>,
): Promise<{ readonly admitted: Admitted; readonly events: readonly Happening[] }> => {
  // Cards before spaces, as in every transition.
  await tx.write(lockWaitingCards, [toUuid(spaceId)])
  const changed = await tx.write(admitSql, [toUuid(spaceId), tx.now])
  const space = await findSpaceByReference(tx, spaceId)
  if (!space) throw notFound()
  if (space.status !== 'admitted') {
    const why = space.status === 'left' ? 'has left the network' : 'is suspended'
    throw new Problem('wrong_standing', `${space.name} ${why}: take it in again with readmit.`)
  }
  const wasOnProbation = await endProbation(tx, spaceId)
  const mails = await admitApplicationsOf(ctx, tx, spaceId)
  const happenings = changed.map(() => ({ spaceId, topic: 'space.admitted', subjectId: spaceId }))
  return { admitted: { ...space, wasOnProbation }, events: [...happenings, ...mails] }
}
