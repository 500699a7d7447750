import { instant, millisOf } from '../platform/clock.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { independent, ownersInSql, type Voucher } from './independent-vouchers.ts'

interface PossibleVoucher extends Omit<Voucher, 'at'> {
  /** Null for the one that is about to vouch for the first time. */
  readonly at: string | null
}

/*
 * Who is in the network, and speaks for the space already or is about to. They stay so until this is decided: a suspension
 * meanwhile waits for us, or we for it.
 */
const lockVouchers = writeStatement<PossibleVoucher>(
  'vouch:lockVouchers',
  `select s.id, s.operator_id as "operatorId", to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
     ${ownersInSql} as owners
   from spaces s left join vouches v on v.space_ref = $1 and v.voucher_id = s.id
   where s.status = 'admitted' and (s.id = $2 or v.at is not null) order by s.id for share of s`,
)

const insertVouch = writeStatement(
  'vouch:add',
  'insert into vouches (space_ref, voucher_id, at) values ($1, $2, $3)',
)

/**
 * The voucher speaks for a space whose row is locked.
 * @param admittedAt of the space; for one that is in the network, the vouches since then count
 * @returns whether it says something that none bound to it has said, and how many vouches count now; null when it is not in
 *   the network any more
 */
export const addVouch = async (
  tx: WriteTx,
  { spaceId, voucherId }: { readonly spaceId: Id<'space'>; readonly voucherId: Id<'space'> },
  admittedAt: string | null,
): Promise<{ readonly isNew: boolean; readonly count: number } | null> => {
  // Later than the admission, whatever the clocks of the nodes say: it counts as one that came after.
  const since = admittedAt === null ? -1 : millisOf(admittedAt)
  const at = instant(Math.max(millisOf(tx.now), since + 1))
  const locked = await tx.write(lockVouchers, [toUuid(spaceId), toUuid(voucherId)])
  const own = locked.find(({ id }) => id === toUuid(voucherId))
  if (!own) return null
  const before = locked.filter((one): one is Voucher => one.at !== null)
  const isNew = own.at === null && independent([...before, { ...own, at }]).some(({ id }) => id === own.id)
  if (isNew) await tx.write(insertVouch, [toUuid(spaceId), toUuid(voucherId), at])
  const counted = independent(isNew ? [...before, { ...own, at }] : before)
  return { isNew, count: counted.filter((one) => millisOf(one.at) > since).length }
}
