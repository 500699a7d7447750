import { sql } from 'drizzle-orm'
import { applications } from '../../db/schema/network.ts'
import { millisOf } from '../platform/clock.ts'
import { independent, ownersInSql, type Voucher } from './independent-vouchers.ts'

interface NamedVoucher extends Voucher {
  readonly name: string
  /** Whether it is in the network now. */
  readonly isIn: boolean
}

/** Who vouched for the space of an application, the earliest first. */
export const vouchers = sql<NamedVoucher[]>`(
  select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'at', v.at, 'isIn', s.status = 'admitted',
    'operatorId', s.operator_id, 'owners', ${sql.raw(ownersInSql)}) order by v.at), '[]')
  from (select * from vouches where space_ref = ${applications.spaceRef} order by at limit 100) v
  join spaces s on s.id = v.voucher_id)`

/** Those that count now, as the next vouch will count them. Pure. */
export const counting = (given: readonly NamedVoucher[]): readonly NamedVoucher[] =>
  independent(given.filter(({ isIn }) => isIn))

/** How many of those that count were given since the space was taken in. Pure. */
export const countingSince = (given: readonly NamedVoucher[], admittedAt: string): number =>
  counting(given).filter(({ at }) => millisOf(at) > millisOf(admittedAt)).length
