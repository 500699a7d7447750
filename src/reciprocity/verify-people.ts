import { sql, type SQL } from 'drizzle-orm'
import { instant } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { pointsPerReferral } from './balance.ts'

/** A question to the database: each row that it finds is a difference, "where" names the place. */
export interface Check {
  readonly name: string
  readonly query: SQL
}

/** The sender's card, which knows the person, of what stands between the creditor and the debtor. */
const cardOf = sql`
  join referrals receiver on receiver.space_id = e.peer_id and receiver.id = e.referral_id
  join referrals card on card.space_id = receiver.peer_id and card.id = e.referral_id`

/** What each person brought and lost again, by the entries; a release changes nothing of that. */
const brought = sql`
  select card.person_hash, e.at, e.points + e.held as points from ledger_entries e ${cardOf}
  where e.side = 'creditor' and e.kind <> 'release' and card.person_hash is not null`

/**
 * That nobody was counted twice, and that what is kept for it is right. Whoever lengthened the window of a person finds
 * here who was counted again by the shorter one.
 */
export const personChecks = ({ clock, policy }: Pick<Deps, 'clock' | 'policy'>): Check[] => {
  // A posting counts for the whole window, and no more in the millisecond in which that is over.
  const window = sql`make_interval(secs => ${(policy.person - 1) / 1_000}::float8)`
  const begin = sql`${instant(clock.now() - policy.person)}::timestamptz`
  return [
    {
      name: 'a person is worth 100 points at most in any window',
      query: sql`select encode(person_hash, 'hex') as "where", max(points)::text as detail from (
          select person_hash, sum(points) over (partition by person_hash order by at
            range between ${window} preceding and current row) as points from (${brought}) b) w
        where points > ${pointsPerReferral} group by person_hash`,
    },
    {
      name: 'what a person brought is remembered while it counts',
      query: sql`select encode(b.person_hash, 'hex') as "where", coalesce(k.points, 0)::text || ' of ' || b.points::text as detail
        from (select person_hash, sum(points) as points from (${brought}) b where at > ${begin} group by person_hash) b
        left join (select person_hash, sum((p ->> 'points')::int) as points
          from person_earnings, jsonb_array_elements(postings) p
          where (p ->> 'at')::timestamptz > ${begin} group by person_hash) k using (person_hash)
        where b.points > coalesce(k.points, 0)`,
    },
    {
      name: 'what open disputes hold is reserved for the person',
      query: sql`select encode(person_hash, 'hex') as "where", coalesce(k.points, 0)::text || ' of ' || coalesce(h.points, 0)::text as detail
        from (select card.person_hash, sum(e.points) as points from pendings e ${cardOf}
          where e.side = 'creditor' and e.state = 'open' and e.is_reserved and card.person_hash is not null group by 1) h
        full join (select person_hash, reserved as points from person_earnings) k using (person_hash)
        where coalesce(h.points, 0) <> coalesce(k.points, 0)`,
    },
  ]
}
