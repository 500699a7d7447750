import { and, eq } from 'drizzle-orm'
import { applications } from '../../db/schema/network.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { mutateRights } from '../access/revocation-epoch.ts'
import { instant, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import type { Happening, WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { addVouch } from './add-vouch.ts'
import { admitApplicationsOf, isDecidable } from './application-decision.ts'
import { applicantMail } from './application-mails.ts'
import { endProbation, lockWaitingCards, vouchesToEstablish } from './probation-end.ts'

/** What a vouch brought about; `nothing` when it, or one of the same operator or owner, was given before, or the space is established. */
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
  const vouched = await vouchedBy(ctx, tx, vouch, parties)
  const topics = topicsOf[vouched.effect]
  const happenings = topics.map((topic) => ({ spaceId: space.id, topic, subjectId: space.id }))
  const mails = await mailsOf(ctx, tx, space.id, vouched.effect)
  return { vouched, events: [...happenings, ...mails] }
}

/** Who applied for the space learns of a vouch, and of the admission that it brings about. */
const mailsOf = async (
  ctx: Ctx,
  tx: WriteTx,
  spaceId: Id<'space'>,
  effect: VouchEffect,
): Promise<Happening[]> => {
  if (effect === 'admitted') return admitApplicationsOf(ctx, tx, spaceId)
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
  /** Somebody owns both, or owns the one and claims the other. */
  readonly isOfOneOwner: boolean
}

/** The space is locked: of two vouches at once the second is to see the first. New referrals to it need not wait. */
const partiesOf = async (tx: WriteTx, { spaceId, voucherId }: Vouch): Promise<Parties> => {
  const of = (id: Id<'space'>) => tx.db.select(partyColumns).from(spaces).where(eq(spaces.id, id))
  const [space] = await of(spaceId).for('no key update')
  const [voucher] = await of(voucherId)
  if (!space || !voucher) throw notFound()
  const shared = await tx.write(sharedOwner, [toUuid(spaceId), toUuid(voucherId)])
  return { space, voucher, isOfOneOwner: shared.length > 0 }
}

// Who claims a space owns it once it is taken in.
const sharedOwner = writeStatement<{ manager_id: string }>(
  'vouch:sharedOwner',
  `select manager_id from space_managers where space_id = $2 and role = 'owner' and accepted_at is not null
   intersect (
     select manager_id from space_managers where space_id = $1 and role = 'owner' and accepted_at is not null
     union select manager_id from applications
      where space_ref = $1 and kind = 'claim' and status = 'pending' and proved_at is not null)`,
)

const requireFit = ({ space, voucher, isOfOneOwner }: Parties, now: string): void => {
  if (space.id === voucher.id) throw refused(`${space.name} cannot vouch for itself.`)
  if (voucher.status !== 'admitted') throw isOutside(voucher)
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
  if (space.status === 'rejected') throw refused(`${space.name} was not taken in: it has to apply again.`)
  if (space.status === 'left') throw refused(`${space.name} has left the network.`)
}

const refused = (detail: string) => new Problem('wrong_standing', detail)

const isOutside = ({ name }: Party) =>
  refused(`${name} is not in the network, so it cannot vouch for others.`)

const isOnProbation = ({ probationUntil }: Party, now: string): boolean =>
  probationUntil !== null && millisOf(probationUntil) > millisOf(now)

const vouchedBy = async (
  ctx: Ctx,
  tx: WriteTx,
  vouch: Vouch,
  { space, voucher }: Parties,
): Promise<Vouched> => {
  const isIn = space.status === 'admitted'
  const needed = isIn ? vouchesToEstablish : ctx.installation.vouchesToAdmit
  if (isIn && !isOnProbation(space, tx.now)) {
    return { effect: 'nothing', count: 0, needed, probationUntil: null }
  }
  const added = await addVouch(tx, vouch, space.admittedAt)
  // It was in a moment ago.
  if (!added) throw isOutside(voucher)
  const { isNew, count } = added
  if (needed === null || count < needed) {
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

const admitOnProbation = writeStatement(
  'vouch:admit',
  `update spaces set status = 'admitted', admitted_at = $2, probation_until = $3, version = version + 1, updated_at = $2
    where id = $1`,
)
