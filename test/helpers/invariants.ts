import { verifyLedger, type Difference } from '../../src/reciprocity/verify.ts'
import type { Deps } from '../../src/platform/context.ts'
import { sqlState } from '../../src/platform/database/pool.ts'
import { statuses } from '../../src/referrals/contract-choices.ts'
import { edges, nextStatuses, phaseOf } from '../../src/referrals/lifecycle.ts'

/** What is written once and stays. */
const history = ['referral_events', 'ledger_entries', 'balance_versions', 'audit_log'] as const

/** How many rows there are of each table that only grows. */
export type HistorySizes = Readonly<Record<(typeof history)[number], number>>

const terminal = statuses.filter((status) => phaseOf(status) === 'closed')

const words = (event: string, from: string, to: string, by: string) => `${event}: ${from} to ${to} by ${by}`

/** Every step that the lifecycle knows, and the two beginnings that are no step: a draft, and what a forwarding begins. */
const steps = [
  words('draft', 'nothing', 'draft', 'sender'),
  words('submit', 'nothing', 'awaiting_consent', 'sender'),
  ...edges.flatMap(({ event, from, by }) =>
    from.flatMap((before) =>
      by.flatMap((party) =>
        (nextStatuses(before, event, party) ?? []).map((after) => words(event, before, after, party)),
      ),
    ),
  ),
]

/** A part of one statement: each row is a break, `where` names the place. */
type Check = readonly [name: string, rows: string]

const checks: readonly Check[] = [
  [
    'points sum to zero, for each referral',
    `select referral_id::text as place from ledger_entries group by referral_id having sum(points) <> 0 or sum(held) <> 0`,
  ],
  [
    'points sum to zero, over all',
    `select sum(points)::text || ', held ' || sum(held)::text as place from ledger_entries having sum(points) <> 0 or sum(held) <> 0`,
  ],
  [
    'one end at most',
    `select referral_id::text as place from referral_events
      where to_status = any($1) and from_status is distinct from to_status
      group by space_id, referral_id having count(*) > 1`,
  ],
  [
    'no way out of an end',
    `select referral_id::text || ' ' || seq::text as place from referral_events
      where from_status = any($1) and to_status <> from_status`,
  ],
  [
    'every step is an edge of the lifecycle',
    `select referral_id::text || ' ' || step as place from (
        select referral_id, event || ': ' || coalesce(from_status, 'nothing') || ' to ' || to_status || ' by ' || actor_kind as step
        from referral_events) e
      where step <> all($2)`,
  ],
  [
    'every step begins where the last one ended',
    `select referral_id::text || ' ' || seq::text as place from (
        select referral_id, seq, from_status, lag(seq) over story as last, lag(to_status) over story as before
        from referral_events window story as (partition by space_id, referral_id order by seq)) e
      where last is not null and (seq <> last + 1 or from_status is distinct from before)`,
  ],
  [
    'a card stands where its last event left it',
    `select coalesce(r.id, h.referral_id)::text || ' ' || coalesce(r.role, 'without a card') as place
      from (select space_id, referral_id, min(seq) as first, max(seq) as last, (array_agg(to_status order by seq desc))[1] as status
        from referral_events group by space_id, referral_id) h
      full join referrals r on r.space_id = h.space_id and r.id = h.referral_id
      where (h.last, h.status) is distinct from (r.version, r.status) or (r.role = 'sender' and h.first <> 1)`,
  ],
  [
    'both sides have the same history, the receiver from delivery on',
    `select referral_id::text || ' ' || seq::text as place from (
        select e.*, r.role, min(seq) filter (where to_status = 'sent') over (partition by referral_id) as delivered
        from referral_events e join referrals r on r.space_id = e.space_id and r.id = e.referral_id) e
      group by referral_id, seq, delivered
      having count(*) filter (where role = 'sender') <> 1
        or count(*) filter (where role = 'receiver') <> case when seq >= delivered then 1 else 0 end
        or count(distinct (event, from_status, to_status, actor_kind, reason, at)) <> 1`,
  ],
  [
    'each event is in the outbox once, and the outbox tells of no other',
    // What the outbox is about stands there as a TypeID: the 128 bits in base 32.
    `select coalesce(e.subject, o.subject_id) || ' ' || coalesce(e.topic, o.topic) || ' ' || coalesce(e.seq, o.seq)::text as place
      from (select space_id, subject, 'referral.' || event as topic, seq, count(*) as n from referral_events
        join (select id, 'ref_' || (select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + substring(bits from 5 * i + 1 for 5)::int, 1), '' order by i)
            from generate_series(0, 25) i) as subject
          from (select distinct referral_id as id, B'00' || ('x' || replace(referral_id::text, '-', ''))::bit(128) as bits from referral_events) b) named
          on named.id = referral_id
        group by space_id, subject, topic, seq) e
      full join (select space_id, subject_id, topic, (data ->> 'sequence')::int as seq, count(*) as n from outbox
        where topic like 'referral.%' group by space_id, subject_id, topic, seq) o
        on o.space_id = e.space_id and o.subject_id = e.subject and o.topic = e.topic and o.seq = e.seq
      where (e.n, o.n) is distinct from (1, 1)`,
  ],
]

/** Of one kind; more would say nothing more. */
const mostShown = 5

const named = ([name, rows]: Check) =>
  `select '${name}' as name, place from (${rows} limit ${String(mostShown)}) broken`

/** All in one round trip, as this runs thousands of times. */
const allChecks = { name: 'invariants', text: checks.map(named).join('\nunion all\n') }

/** Fails when the caller's role is allowed any of it; the WHERE spares the rows, the right is asked for all the same. */
const tryRewriting = `do $$
  declare change text;
  begin
    foreach change in array array[${history
      .flatMap((table) => [
        `'update ${table} set space_id = space_id where false'`,
        `'delete from ${table} where false'`,
      ])
      .join(', ')}] loop
      begin
        execute change;
        raise exception 'history can be rewritten: %', change using errcode = 'WG001';
      exception when insufficient_privilege then null;
      end;
    end loop;
  end $$`

/**
 * What must hold at any moment, whatever was killed and whatever was raced: points sum to zero and balances are the sum
 * of entries; a referral ends once; every event is an edge of the lifecycle, stands on both sides or on none, and is in
 * the outbox; the app's role (which `deps.db` must be) rewrites no history.
 * @returns one sentence for each break, at most five of a kind; empty when all holds
 */
export const brokenInvariants = async (deps: Deps): Promise<string[]> => {
  const { pool } = deps.db
  const { rows } = await pool.query<{ name: string; place: string }>({
    ...allChecks,
    values: [terminal, steps],
  })
  const rewritten = await pool.query(tryRewriting).then(
    () => [],
    (error: unknown) => {
      if (sqlState(error) === 'WG001') return [(error as Error).message]
      throw error
    },
  )
  const { differences } = await verifyLedger(deps)
  return [
    ...rows.map(({ name, place }) => `${name}: ${place}`),
    ...rewritten,
    ...fewOfEach(differences).map(({ check, where, detail }) => `${check}: ${where} (${detail})`),
  ]
}

const fewOfEach = (differences: readonly Difference[]): Difference[] => {
  const counts = new Map<string, number>()
  return differences.filter(({ check }) => {
    const count = (counts.get(check) ?? 0) + 1
    counts.set(check, count)
    return count <= mostShown
  })
}

/** The sizes of what only grows: none may ever be smaller than it was. */
export const historySizes = async ({ db }: Pick<Deps, 'db'>): Promise<HistorySizes> => {
  const counts = history.map((table) => `(select count(*)::int from ${table}) as ${table}`)
  const { rows } = await db.pool.query<HistorySizes>(`select ${counts.join(', ')}`)
  return rows[0]!
}
