import type { Deps } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { sql } from 'drizzle-orm'
import { personChecks, type Check } from './verify-people.ts'

/** A difference between what is kept and what the entries say. */
export interface Difference {
  readonly check: string
  readonly where: string
  readonly detail: string
}

const kept = sql.raw(
  'earned, owed, held, provisional, in_flight, sent, received, sent_active, received_active, sent_joined, received_joined',
)

/** What each pair of spaces should have, from entries, pendings and cards alone. */
const expectedPairs = sql`
  select space_id, peer_id, sum(earned)::bigint as earned, sum(owed)::bigint as owed, sum(held)::bigint as held,
    sum(provisional)::bigint as provisional, sum(in_flight)::bigint as in_flight,
    sum(sent)::bigint as sent, sum(received)::bigint as received, sum(sent_active)::bigint as sent_active,
    sum(received_active)::bigint as received_active, sum(sent_joined)::bigint as sent_joined,
    sum(received_joined)::bigint as received_joined
  from (
    select space_id, peer_id, case side when 'creditor' then points else 0 end as earned,
      case side when 'debtor' then -points else 0 end as owed, case side when 'creditor' then held else 0 end as held,
      0 as provisional, 0 as in_flight, 0 as sent, 0 as received, 0 as sent_active, 0 as received_active,
      0 as sent_joined, 0 as received_joined
    from ledger_entries
    union all
    select space_id, peer_id, 0, 0, 0, 0, points, 0, 0, 0, 0, 0, 0 from pendings where side = 'creditor' and state = 'open'
    union all
    select e.space_id, e.peer_id, 0, 0, 0, e.points, 0, 0, 0, 0, 0, 0, 0 from ledger_entries e
      join referrals r on r.space_id = e.peer_id and r.id = e.referral_id
      where e.side = 'creditor' and e.stage = 'joined' and r.join_confirmed_at is null
    union all
    select e.space_id, e.peer_id, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      case e.side when 'creditor' then sign else 0 end, case e.side when 'debtor' then sign else 0 end
    from (select *, case kind when 'posting' then 1 when 'reversal' then -1 else 0 end as sign
      from ledger_entries where stage = 'joined') e
      join referrals r on r.role = 'receiver' and r.id = e.referral_id
        and r.space_id = case e.side when 'creditor' then e.peer_id else e.space_id end
      where r.origin_id = case e.side when 'creditor' then e.space_id else e.peer_id end
    union all
    select space_id, peer_id, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0
    from referrals where role = 'sender' and sent_at is not null and origin_id = space_id
    union all
    select space_id, origin_id, 0, 0, 0, 0, 0, 0, 1, 0, case phase when 'active' then 1 else 0 end, 0, 0
    from referrals where role = 'receiver'
    union all
    select origin_id, space_id, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0 from referrals where role = 'receiver' and phase = 'active'
  ) parts group by space_id, peer_id`

const checks: readonly Check[] = [
  {
    name: 'entries of a referral sum to zero',
    query: sql`select referral_id::text as "where", sum(points)::text || ', held ' || sum(held)::text as detail
      from ledger_entries group by referral_id having sum(points) <> 0 or sum(held) <> 0`,
  },
  {
    name: 'every entry has its mirror',
    query: sql`select a.id::text as "where", a.stage as detail from ledger_entries a
      where not exists (select 1 from ledger_entries b where b.space_id = a.peer_id and b.peer_id = a.space_id
        and b.referral_id = a.referral_id and b.stage = a.stage and b.kind = a.kind and b.side <> a.side
        and b.points = -a.points and b.held = -a.held and b.reason_code is not distinct from a.reason_code)`,
  },
  {
    name: 'every posted pending has its posting',
    query: sql`with posted as (select space_id, peer_id, referral_id, stage, count(*) from pendings where state = 'posted'
        group by space_id, peer_id, referral_id, stage),
      postings as (select space_id, peer_id, referral_id, stage, count(*) from ledger_entries where kind = 'posting'
        group by space_id, peer_id, referral_id, stage),
      differences as ((select * from posted except select * from postings) union all (select * from postings except select * from posted))
      select referral_id::text || ' ' || stage as "where", count::text as detail from differences`,
  },
  {
    name: 'a posting is worth no more than was in flight',
    query: sql`with posted as (select referral_id, stage, sum(points) as points from pendings
        where side = 'creditor' and state = 'posted' group by 1, 2),
      postings as (select referral_id, stage, sum(points + held) as points from ledger_entries
        where side = 'creditor' and kind = 'posting' group by 1, 2)
      select e.referral_id::text || ' ' || stage as "where", e.points::text || ' of ' || p.points::text as detail
      from postings e join posted p using (referral_id, stage) where e.points > p.points`,
  },
  {
    name: 'a referral is worth 100 points at most, and never less than nothing',
    query: sql`select referral_id::text as "where", sum(points + held)::text as detail from ledger_entries
      where side = 'creditor' group by referral_id having sum(points + held) not between 0 and 100`,
  },
  {
    name: 'every open card has a next deadline',
    query: sql`select id::text as "where", status as detail from referrals where phase <> 'closed' and next_due_at is null`,
  },
  {
    name: 'only an active, claimed or disputed referral has points in flight',
    query: sql`select p.referral_id::text as "where", r.status as detail from pendings p
      join referrals r on r.space_id = p.space_id and r.id = p.referral_id
      where p.state = 'open' and r.phase <> 'active' and r.claim is null and (r.dispute is null or r.dispute->>'resolution' is not null)`,
  },
  {
    name: 'both cards of a referral agree',
    query: sql`select a.id::text as "where", a.status || ' / ' || b.status as detail from referrals a
      join referrals b on b.id = a.id and b.space_id = a.peer_id
      where a.role = 'sender' and (a.status, a.version, a.peer_id, a.next_due, a.next_due_at, a.reached, a.claim, a.dispute)
        is distinct from (b.status, b.version, b.space_id, b.next_due, b.next_due_at, b.reached, b.claim, b.dispute)`,
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
      where (earned, owed, held, provisional, in_flight, sent, received, sent_active, received_active, sent_joined, received_joined)
        is distinct from (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)`,
  },
  {
    name: 'space balances are the sum of pair balances',
    query: sql`with expected as (
        select space_id, sum(earned)::bigint, sum(owed)::bigint, sum(held)::bigint, sum(provisional)::bigint, sum(in_flight)::bigint, sum(sent)::bigint, sum(received)::bigint,
          sum(sent_active)::bigint, sum(received_active)::bigint, sum(sent_joined)::bigint, sum(received_joined)::bigint,
          sum(least(earned, owed))::bigint
        from pair_balances group by space_id),
      kept as (select space_id, ${kept}, direct_returned from space_balances),
      differences as ((select * from expected except select * from kept) union all (select * from kept except select * from expected))
      select distinct space_id::text as "where", 'differs' as detail from differences`,
  },
  {
    name: 'the last version of a balance is the balance',
    query: sql`select b.space_id::text as "where", b.lock_version::text as detail from space_balances b
      where not exists (select 1 from balance_versions v where v.space_id = b.space_id and v.lock_version = b.lock_version
        and (v.earned, v.owed, v.held, v.provisional, v.in_flight, v.direct_returned)
          = (b.earned, b.owed, b.held, b.provisional, b.in_flight, b.direct_returned))`,
  },
  {
    name: 'nets of the network sum to zero',
    query: sql`select 'network' as "where", sum(earned - owed)::text as detail from space_balances having sum(earned - owed) <> 0`,
  },
]

/** Recomputes every balance from the entries. @returns what differs; empty when the ledger holds */
export const verifyLedger = (deps: Deps): Promise<{ checks: number; differences: Difference[] }> =>
  readUnscoped(deps, async (tx) => {
    const all = [...checks, ...personChecks(deps)]
    const differences: Difference[] = []
    for (const { name, query } of all) {
      const rows = await tx.db
        .select({ where: sql<string>`"where"`, detail: sql<string>`detail` })
        .from(sql`(${query}) as found`)
      differences.push(...rows.map(({ where, detail }) => ({ check: name, where, detail })))
    }
    return { checks: all.length, differences }
  })
