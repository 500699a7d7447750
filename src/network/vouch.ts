import { and, eq, gt, sql } from 'drizzle-orm'
import { spaces, vouches } from '../../db/schema/spaces.ts'
import { mutateRights } from '../access/revocation-epoch.ts'
import { instant, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import type { ReadTx, WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { endProbation, lockWaitingCards } from './probation-end.ts'

/** As many vouches take a space in, and as many more end its probation. */
export const vouchesNeeded = 2

/** What a vouch brought about; `nothing` when it or one of the same operator was given before, or the space is established. */
type VouchEffect = 'nothing' | 'counted' | 'admitted' | 'established'

export interface Vouched {
  readonly effect: VouchEffect
  /** How many vouches count towards the next step of the space; that of `effect` included. */
  readonly count: number
  /** When the probation ends by itself, RFC 3339; null for a space that is not on probation. */
  readonly probationUntil: string | null
}

interface Vouch {
  readonly spaceId: Id<'space'>
  readonly voucherId: Id<'space'>
}

/**
 * An established space speaks for another. Two vouches take a space in, on probation; two more, given after that, end
 * the probation, and the points that waited for its end are released by the next look of the clock.
 * @throws Problem `not_found`; `illegal_transition` when one of the two may not vouch, or not be vouched for
 */
export const vouchForSpace = (ctx: Ctx, vouch: Vouch): Promise<Vouched> =>
  mutateRights(ctx, 'network:admin', async (tx) => {
    // Cards before spaces, as in every transition: what closes a referral meanwhile waits for us, or we for it.
    await tx.write(lockWaitingCards, [toUuid(vouch.spaceId)])
    const parties = await partiesOf(tx, vouch)
    requireFit(parties, tx.now)
    const { space, voucher } = parties
    const vouched = await vouchedBy(ctx, tx, vouch, space)
    return {
      result: vouched,
      events: topicsOf[vouched.effect].map((topic) => ({ spaceId: space.id, topic, subjectId: space.id })),
      audit: { action: 'vouchForSpace', objectId: voucher.id, spaceId: space.id },
    }
  })

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
}

/** The space is locked: of two vouches at once the second is to see the first. New referrals to it need not wait. */
const partiesOf = async (tx: ReadTx, { spaceId, voucherId }: Vouch): Promise<Parties> => {
  const of = (id: Id<'space'>) => tx.db.select(partyColumns).from(spaces).where(eq(spaces.id, id))
  const [space] = await of(spaceId).for('no key update')
  const [voucher] = await of(voucherId)
  if (!space || !voucher) throw notFound()
  return { space, voucher }
}

const requireFit = ({ space, voucher }: Parties, now: string): void => {
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
  if (space.status === 'suspended') throw refused(`${space.name} is suspended.`)
}

const refused = (detail: string) => new Problem('illegal_transition', detail)

const isOnProbation = ({ probationUntil }: Party, now: string): boolean =>
  probationUntil !== null && millisOf(probationUntil) > millisOf(now)

const vouchedBy = async (ctx: Ctx, tx: WriteTx, vouch: Vouch, space: Party): Promise<Vouched> => {
  const isIn = space.status === 'admitted'
  if (isIn && !isOnProbation(space, tx.now)) return { effect: 'nothing', count: 0, probationUntil: null }
  const isNew = await addVouch(tx, vouch, space)
  const count = await countVouches(tx, space)
  if (!isNew || count < vouchesNeeded) {
    return { effect: isNew ? 'counted' : 'nothing', count, probationUntil: space.probationUntil }
  }
  if (isIn) {
    await endProbation(tx, space.id)
    return { effect: 'established', count, probationUntil: null }
  }
  const probationUntil = instant(millisOf(tx.now) + ctx.policy.probation)
  await tx.write(admitOnProbation, [toUuid(space.id), tx.now, probationUntil])
  return { effect: 'admitted', count, probationUntil }
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
