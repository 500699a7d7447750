import type { Deps } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { sql, type SQL } from 'drizzle-orm'

/** A difference between what is kept and what the entries say. */
export interface Difference {
  readonly check: string
  readonly where: string
  readonly detail: string
}

const kept = sql.raw(
  'earned, owed, in_flight, sent, received, sent_active, received_active, sent_joined, received_joined',
)

/** What each pair of spaces should have, from entries, pendings and cards alone. */
const expectedPairs = sql`
  select space_id, peer_id, sum(earned)::bigint as earned, sum(owed)::bigint as owed, sum(in_flight)::bigint as in_flight,
    sum(sent)::bigint as sent, sum(received)::bigint as received, sum(sent_active)::bigint as sent_active,
    sum(received_active)::bigint as received_active, sum(sent_joined)::bigint as sent_joined,
    sum(received_joined)::bigint as received_joined
  from (
    select space_id, peer_id, greatest(points, 0) as earned, greatest(-points, 0) as owed, 0 as in_flight,
      0 as sent, 0 as received, 0 as sent_active, 0 as received_active,
      case when stage = 'joined' and points > 0 then 1 else 0 end as sent_joined,
      case when stage = 'joined' and points < 0 then 1 else 0 end as received_joined
    from ledger_entries
    union all
    select space_id, peer_id, 0, 0, points, 0, 0, 0, 0, 0, 0 from pendings where side = 'creditor' and state = 'open'
    union all
    select space_id, peer_id, 0, 0, 0,
      case when role = 'sender' then 1 else 0 end, case when role = 'receiver' then 1 else 0 end,
      case when role = 'sender' and phase = 'active' then 1 else 0 end,
      case when role = 'receiver' and phase = 'active' then 1 else 0 end, 0, 0
    from referrals where sent_at is not null
  ) parts group by space_id, peer_id`

interface Check {
  readonly name: string
  readonly query: SQL
}

const checks: readonly Check[] = [
  {
    name: 'entries of a referral sum to zero',
    query: sql`select referral_id::text as "where", sum(points)::text as detail from ledger_entries
      group by referral_id having sum(points) <> 0`,
  },
  {
    name: 'every entry has its mirror',
    query: sql`select a.id::text as "where", a.stage as detail from ledger_entries a
      where not exists (select 1 from ledger_entries b where b.space_id = a.peer_id and b.peer_id = a.space_id
        and b.referral_id = a.referral_id and b.stage = a.stage and b.points = -a.points)`,
  },
  {
    name: 'a posted pending has one entry, any other none',
    query: sql`select p.referral_id::text || ' ' || p.stage as "where", p.state || ', ' || count(e.id)::text as detail
      from pendings p left join ledger_entries e on e.space_id = p.space_id and e.referral_id = p.referral_id and e.stage = p.stage
      group by p.space_id, p.referral_id, p.stage, p.state
      having count(e.id) <> case when p.state = 'posted' then 1 else 0 end`,
  },
  {
    name: 'only an active referral has points in flight',
    query: sql`select p.referral_id::text as "where", r.status as detail from pendings p
      join referrals r on r.space_id = p.space_id and r.id = p.referral_id
      where p.state = 'open' and r.phase <> 'active'`,
  },
  {
    name: 'both cards of a referral agree',
    query: sql`select a.id::text as "where", a.status || ' / ' || b.status as detail from referrals a
      join referrals b on b.id = a.id and b.space_id = a.peer_id
      where a.role = 'sender' and (a.status, a.version, a.peer_id) is distinct from (b.status, b.version, b.space_id)`,
  },
  {
    name: 'what was sent has a card on both sides',
    query: sql`select id::text as "where", status as detail from referrals a where sent_at is not null
      and not exists (select 1 from referrals b where b.id = a.id and b.space_id = a.peer_id)`,
  },
  {
    name: 'pair balances are the sum of entries, pendings and cards',
    query: sql`with expected as (${expectedPairs}),
      kept as (select space_id, peer_id, ${kept} from pair_balances),
      differences as ((select * from expected except select * from kept) union all (select * from kept except select * from expected))
      select distinct space_id::text || ' ' || peer_id::text as "where", 'differs' as detail from differences
      where (earned, owed, in_flight, sent, received, sent_active, received_active, sent_joined, received_joined)
        is distinct from (0, 0, 0, 0, 0, 0, 0, 0, 0)`,
  },
  {
    name: 'space balances are the sum of pair balances',
    query: sql`with expected as (
        select space_id, sum(earned)::bigint, sum(owed)::bigint, sum(in_flight)::bigint, sum(sent)::bigint, sum(received)::bigint,
          sum(sent_active)::bigint, sum(received_active)::bigint, sum(sent_joined)::bigint, sum(received_joined)::bigint,
          sum(least(earned, owed))::bigint
        from pair_balances group by space_id),
      kept as (select space_id, ${kept}, direct_returned from space_balances),
      differences as ((select * from expected except select * from kept) union all (select * from kept except select * from expected))
      select distinct space_id::text as "where", 'differs' as detail from differences`,
  },
  {
    name: 'nets of the network sum to zero',
    query: sql`select 'network' as "where", sum(earned - owed)::text as detail from space_balances having sum(earned - owed) <> 0`,
  },
]

/** Recomputes every balance from the entries. @returns what differs; empty when the ledger holds */
export const verifyLedger = (deps: Deps): Promise<{ checks: number; differences: Difference[] }> =>
  readUnscoped(deps, async (tx) => {
    const differences: Difference[] = []
    for (const { name, query } of checks) {
      const rows = await tx.db
        .select({ where: sql<string>`"where"`, detail: sql<string>`detail` })
        .from(sql`(${query}) as found`)
      differences.push(...rows.map(({ where, detail }) => ({ check: name, where, detail })))
    }
    return { checks: checks.length, differences }
  })
