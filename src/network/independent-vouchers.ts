/** A space that vouches, and by whom it is bound to others. */
export interface Voucher {
  readonly id: string
  /** Null for a space without one. */
  readonly operatorId: string | null
  /** The people who own it. */
  readonly owners: readonly string[]
  /** When it vouched, RFC 3339. */
  readonly at: string
}

/** Whether one operator, or one owner, speaks in both. Pure. */
export const areBound = (one: Voucher, other: Voucher): boolean =>
  (one.operatorId !== null && one.operatorId === other.operatorId) ||
  one.owners.some((owner) => other.owners.includes(owner))

/** Those that count, the earliest first: a later one that is bound to one of them says nothing of its own. Pure. */
export const independent = <One extends Voucher>(vouchers: readonly One[]): readonly One[] =>
  [...vouchers]
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .reduce<One[]>(
      (counted, next) => (counted.some((one) => areBound(one, next)) ? counted : [...counted, next]),
      [],
    )

/** The owners of a space that a statement calls `s`. */
export const ownersInSql = `array(select m.manager_id from space_managers m
  where m.space_id = s.id and m.role = 'owner' and m.accepted_at is not null)`
