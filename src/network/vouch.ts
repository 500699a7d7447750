import { and, eq, gt, isNotNull, sql } from 'drizzle-orm'
import { intersect } from 'drizzle-orm/pg-core'
import { spaceManagers } from '../../db/schema/access.ts'
import { applications } from '../../db/schema/network.ts'
import { spaces, vouches } from '../../db/schema/spaces.ts'
import { mutateRights } from '../access/revocation-epoch.ts'
import { instant, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import type { Happening, ReadTx, WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { admitApplicationsOf, isDecidable } from './application-decision.ts'
import { applicantMail } from './application-mails.ts'
import { endProbation, lockWaitingCards, vouchesToEstablish } from './probation-end.ts'

/** What a vouch brought about; `nothing` when it or one of the same operator was given before, or the space is established. */
type VouchEffect = 'nothing' | 'counted' | 'admitted' | 'established'

export interface Vouched {
  readonly effect: VouchEffect
  /** How many vouches count towards the next step of the space; that of `effect` included. */
  readonly count: number
  /** How many are needed for it; null where vouches alone take no space in. */
  readonly needed: number | null
  /** When the probation ends by itself, RFC 3339; null for a space that is not on probation. */
  readonly probationUntil: string | null
}

interface Vouch {
  readonly spaceId: Id<'space'>
  readonly voucherId: Id<'space'>
}

/**
 * The steward notes that an established space speaks for another. As many vouches as the installation asks for take a
 * space in, on probation; two more, given after that, end the probation, and the points that waited for its end are
 * released by the next look of the clock.
 * @throws Problem `not_found`; `wrong_standing` when one of the two may not vouch, or not be vouched for
 */
export const vouchForSpace = (ctx: Ctx, vouch: Vouch): Promise<Vouched> =>
  mutateRights(ctx, 'network:admin', async (tx) => {
    const { vouched, events } = await giveVouch(ctx, tx, vouch)
    return {
      result: vouched,
      events,
      audit: { action: 'vouchForSpace', objectId: vouch.voucherId, spaceId: vouch.spaceId },
    }
  })

/** The same within a write that says more; an application of the space is decided by it. @throws Problem as `vouchForSpace` does */
export const giveVouch = async (
  ctx: Ctx,
  tx: WriteTx,
  vouch: Vouch,
): Promise<{ readonly vouched: Vouched; readonly events: readonly Happening[] }> => {
  // Cards before spaces, as in every transition: what closes a referral meanwhile waits for us, or we for it.
  await tx.write(lockWaitingCards, [toUuid(vouch.spaceId)])
  const parties = await partiesOf(tx, vouch)
  requireFit(parties, tx.now)
  const { space } = parties
  const vouched = await vouchedBy(ctx, tx, vouch, space)
  const topics = topicsOf[vouched.effect]
  const happenings = topics.map((topic) => ({ spaceId: space.id, topic, subjectId: space.id }))
  const mails = await mailsOf(tx, space.id, vouched.effect)
  return { vouched, events: [...happenings, ...mails] }
}

/** Who applied for the space learns of a vouch, and of the admission that it brings about. */
const mailsOf = async (tx: WriteTx, spaceId: Id<'space'>, effect: VouchEffect): Promise<Happening[]> => {
  if (effect === 'admitted') return admitApplicationsOf(tx, spaceId)
  if (effect !== 'counted') return []
  const pending = await tx.db
    .select({ id: applications.id })
    .from(applications)
    .where(and(eq(applications.spaceRef, spaceId), isDecidable))
  return pending.map(({ id }) => applicantMail('mail.vouched', id))
}

const topicsOf: Readonly<Record<VouchEffect, readonly string[]>> = {
  nothing: [],
  counted: ['space.vouched'],
  admitted: ['space.vouched', 'space.admitted'],
  established: ['space.vouched'],
}

const partyColumns = {
  id: spaces.id,
  name: spaces.name,
  status: spaces.status,
  operatorId: spaces.operatorId,
  admittedAt: spaces.admittedAt,
  probationUntil: spaces.probationUntil,
}

type Party = Pick<typeof spaces.$inferSelect, keyof typeof partyColumns>

interface Parties {
  readonly space: Party
  readonly voucher: Party
  /** Somebody owns both. */
  readonly isOfOneOwner: boolean
}

/** The space is locked: of two vouches at once the second is to see the first. New referrals to it need not wait. */
const partiesOf = async (tx: ReadTx, { spaceId, voucherId }: Vouch): Promise<Parties> => {
  const of = (id: Id<'space'>) => tx.db.select(partyColumns).from(spaces).where(eq(spaces.id, id))
  const [space] = await of(spaceId).for('no key update')
  const [voucher] = await of(voucherId)
  if (!space || !voucher) throw notFound()
  return { space, voucher, isOfOneOwner: await haveOneOwner(tx, { spaceId, voucherId }) }
}

const haveOneOwner = async (tx: ReadTx, { spaceId, voucherId }: Vouch): Promise<boolean> => {
  const ownersOf = (id: Id<'space'>) =>
    tx.db
      .select({ id: spaceManagers.managerId })
      .from(spaceManagers)
      .where(
        and(
          eq(spaceManagers.spaceId, id),
          eq(spaceManagers.role, 'owner'),
          isNotNull(spaceManagers.acceptedAt),
        ),
      )
  return (await intersect(ownersOf(spaceId), ownersOf(voucherId)).limit(1)).length > 0
}

const requireFit = ({ space, voucher, isOfOneOwner }: Parties, now: string): void => {
  if (space.id === voucher.id) throw refused(`${space.name} cannot vouch for itself.`)
  if (voucher.status !== 'admitted') {
    throw refused(`${voucher.name} is not in the network, so it cannot vouch for others.`)
  }
  if (isOnProbation(voucher, now)) {
    throw refused(`${voucher.name} is on probation itself: it can vouch for others once that is over.`)
  }
  if (space.operatorId !== null && space.operatorId === voucher.operatorId) {
    throw refused(`${voucher.name} and ${space.name} are of one operator: only others can vouch.`)
  }
  // Or whoever is in would take in all that they own, alone.
  if (isOfOneOwner)
    throw refused(`${voucher.name} and ${space.name} are of one owner: only others can vouch.`)
  if (space.status === 'suspended') throw refused(`${space.name} is suspended.`)
  if (space.status === 'left') throw refused(`${space.name} has left the network.`)
}

const refused = (detail: string) => new Problem('wrong_standing', detail)

const isOnProbation = ({ probationUntil }: Party, now: string): boolean =>
  probationUntil !== null && millisOf(probationUntil) > millisOf(now)

const vouchedBy = async (ctx: Ctx, tx: WriteTx, vouch: Vouch, space: Party): Promise<Vouched> => {
  const isIn = space.status === 'admitted'
  const needed = isIn ? vouchesToEstablish : ctx.installation.vouchesToAdmit
  if (isIn && !isOnProbation(space, tx.now)) {
    return { effect: 'nothing', count: 0, needed, probationUntil: null }
  }
  const isNew = await addVouch(tx, vouch, space)
  const count = await countVouches(tx, space)
  if (!isNew || needed === null || count < needed) {
    return { effect: isNew ? 'counted' : 'nothing', count, needed, probationUntil: space.probationUntil }
  }
  if (isIn) {
    await endProbation(tx, space.id)
    return { effect: 'established', count, needed, probationUntil: null }
  }
  const probationUntil = instant(millisOf(tx.now) + ctx.policy.probation)
  await tx.write(admitOnProbation, [toUuid(space.id), tx.now, probationUntil])
  return { effect: 'admitted', count, needed, probationUntil }
}

// Spaces of one operator speak with one voice.
const insertVouch = writeStatement<{ at: string }>(
  'vouch:add',
  `insert into vouches (space_ref, voucher_id, at) select $1::uuid, $2::uuid, $3::timestamptz
   where not exists (
     select from vouches v join spaces s on s.id = v.voucher_id
     where v.space_ref = $1 and s.operator_id = (select operator_id from spaces where id = $2))
   on conflict do nothing returning at`,
)

/** @returns whether the voucher, or its operator, says so for the first time */
const addVouch = async (tx: WriteTx, { spaceId, voucherId }: Vouch, { admittedAt }: Party) => {
  // Later than the admission, whatever the clocks of the nodes say: it counts as one that came after.
  const at = Math.max(millisOf(tx.now), admittedAt === null ? 0 : millisOf(admittedAt) + 1)
  const added = await tx.write(insertVouch, [toUuid(spaceId), toUuid(voucherId), instant(at)])
  return added.length > 0
}

/** The vouches that count: for a space that is in the network, those given since. */
const countVouches = async (tx: ReadTx, { id, admittedAt }: Party): Promise<number> => {
  const [found] = await tx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(vouches)
    .where(and(eq(vouches.spaceRef, id), admittedAt === null ? undefined : gt(vouches.at, admittedAt)))
  return found?.count ?? 0
}

const admitOnProbation = writeStatement(
  'vouch:admit',
  `update spaces set status = 'admitted', admitted_at = $2, probation_until = $3, version = version + 1, updated_at = $2
    where id = $1`,
)
