import { day } from '../src/platform/clock.ts'
import type { Plan, PlannedStatement, Slot } from './bare-plan.ts'
import type { Written } from './written.ts'

/** The write of the product that the bare one is to repeat: who it was about, and the rows that it left. */
export interface Sample {
  readonly referral: string
  readonly referralId: string
  readonly sender: string
  readonly receiver: string
  readonly key: string
  readonly callerId: string
  readonly written: Written
}

type Row = Readonly<Record<string, string | null>>

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const slotOf = (sample: Sample, column: string, value: unknown): Slot => {
  const known: readonly [unknown, Slot][] = [
    [sample.referral, 'referral'],
    [sample.referralId, 'referralId'],
    [sample.sender, 'sender'],
    [sample.receiver, 'receiver'],
    [sample.key, 'key'],
  ]
  const found = known.find(([text]) => text === value)?.[1]
  if (found) return found
  if (column === 'link_hash') return 'hash'
  return typeof value === 'string' && uuid.test(value) ? 'uuid' : 'constant'
}

const statement = (
  sample: Sample,
  name: string,
  text: string,
  values: readonly (readonly [column: string, value: unknown])[],
): PlannedStatement => ({
  name: `bare:${name}`,
  text,
  values: values.map(([, value]) => value),
  slots: values.map(([column, value]) => slotOf(sample, column, value)),
})

/** One plain insert with a parameter for each value; several tables in one statement. */
const insert = (sample: Sample, name: string, tables: readonly string[]): PlannedStatement => {
  const values: (readonly [string, unknown])[] = []
  const inserts = tables.map((table) => {
    const rows = sample.written.get(table) ?? []
    const columns = Object.keys(rows[0] ?? {})
    const tuple = (row: Row) =>
      `(${columns.map((column) => `$${String(values.push([column, row[column]]))}`).join(', ')})`
    return `insert into ${table} (${columns.join(', ')}) values ${rows.map(tuple).join(', ')}`
  })
  const last = inserts.pop() ?? ''
  const before = inserts.map((text, index) => `w${String(index)} as (${text})`)
  return statement(sample, name, (before.length > 0 ? `with ${before.join(', ')} ` : '') + last, values)
}

const tallies =
  'earned, owed, held, provisional, in_flight, sent, received, sent_active, received_active, sent_joined, received_joined'

/** What a referral that was sent, or accepted, adds to the balances of both sides, with the versions of them. */
const balances = (
  sample: Sample,
  name: string,
  added: { sent: number; active: number; inFlight: number },
) => {
  const sums =
    'in_flight = b.in_flight + excluded.in_flight, sent = b.sent + excluded.sent, received = b.received + excluded.received, sent_active = b.sent_active + excluded.sent_active, received_active = b.received_active + excluded.received_active, updated_at = excluded.updated_at'
  const creditor = '0, 0, 0, 0, $3::int, $4::int, 0, $5::int, 0, 0, 0'
  const debtor = '0, 0, 0, 0, 0, 0, $4::int, 0, $5::int, 0, 0'
  const text = `with pairs as (
      insert into pair_balances as b (space_id, peer_id, ${tallies}, updated_at)
      values ($1::uuid, $2::uuid, ${creditor}, $6::timestamptz), ($2::uuid, $1::uuid, ${debtor}, $6::timestamptz)
      on conflict (space_id, peer_id) do update set ${sums}
    ), space_rows as (
      insert into space_balances as b (space_id, ${tallies}, direct_returned, lock_version, updated_at)
      values ($1::uuid, ${creditor}, 0, 1, $6::timestamptz), ($2::uuid, ${debtor}, 0, 1, $6::timestamptz)
      on conflict (space_id) do update set lock_version = b.lock_version + 1, ${sums}
      returning b.*
    )
    insert into balance_versions (space_id, at, lock_version, ${tallies}, direct_returned)
    select space_id, updated_at, lock_version, ${tallies}, direct_returned from space_rows`
  return statement(sample, name, text, [
    ['space_id', sample.sender],
    ['space_id', sample.receiver],
    ['in_flight', added.inFlight],
    ['sent', added.sent],
    ['active', added.active],
    ['updated_at', new Date().toISOString()],
  ])
}

const begin: PlannedStatement = { name: '', text: 'begin', values: [], slots: [] }
const commit: PlannedStatement = { ...begin, text: 'commit' }

const claim = (sample: Sample, spaceId: string): PlannedStatement => {
  const text = `select pg_try_advisory_xact_lock($1::bigint), i.fingerprint, i.answer, i.at from (values (1)) one(x)
    left join idempotency_keys i on i.space_id = $2 and i.caller_id = $3 and i.key = $4`
  const made = statement(sample, 'claim', text, [
    ['lock', '0'],
    ['space_id', spaceId],
    ['caller_id', sample.callerId],
    ['key', sample.key],
  ])
  return { ...made, slots: ['lock', ...made.slots.slice(1)] }
}

const twoSpaces = `select id, name, slug, city, country_code, status, hosting_policy from spaces where id in ($1, $2)`

const closing = ['outbox', 'audit_log', 'idempotency_keys']

/** Four round trips: begin and claim; the two spaces; the rows and the balances; the closing rows and commit. */
export const barePlanOfCreate = (sample: Sample): Plan => [
  [begin, claim(sample, sample.sender)],
  [
    statement(sample, 'spaces', twoSpaces, [
      ['id', sample.sender],
      ['id', sample.receiver],
    ]),
  ],
  [
    insert(sample, 'create', ['referrals', 'referral_texts', 'links', 'referral_events']),
    balances(sample, 'created', { sent: 1, active: 0, inFlight: 0 }),
  ],
  [insert(sample, 'created:close', closing), commit],
]

const bothCards = `select r.*, s.id, s.name, s.slug, s.city, s.country_code from referrals r join spaces s on s.id = r.peer_id
  where r.id = $1 and r.space_id in ($2, $3) order by r.space_id for update of r`
const words = 'select space_id, kind, sealed from referral_texts where space_id = $1 and referral_id = $2'
const patch = `update referrals set status = 'accepted', phase = 'active', version = version + 1, terms_kind = 'free',
  accepted_at = $4, progress_at = $4, next_due = 'overdue', next_due_at = $4::timestamptz + interval '7 days', updated_at = $4
  where id = $1 and space_id in ($2, $3)`
const parties = 'select id, operator_id, probation_until from spaces where id in ($1, $2)'
const standing = `select b.earned, b.owed, (select v.earned from balance_versions v where v.space_id = $1
  and v.at <= $2 order by v.at desc, v.lock_version desc limit 1) from space_balances b where b.space_id = $1`

/** Four round trips: begin and claim; what is read; what changes; the closing rows and commit. */
export const barePlanOfAccept = (sample: Sample): Plan => {
  const now = new Date()
  const yearBefore = new Date(now.getTime() - 365 * day)
  const sides = [
    ['space_id', sample.sender],
    ['space_id', sample.receiver],
  ] as const
  const cards = [['id', sample.referral], ...sides] as const
  const wordsOf = (spaceId: string) =>
    statement(sample, 'words', words, [
      ['space_id', spaceId],
      ['id', sample.referral],
    ])
  return [
    [begin, claim(sample, sample.receiver)],
    [
      statement(sample, 'cards', bothCards, cards),
      wordsOf(sample.sender),
      statement(sample, 'parties', parties, sides),
      statement(sample, 'standing', standing, [
        ['space_id', sample.receiver],
        ['at', yearBefore.toISOString()],
      ]),
    ],
    [
      statement(sample, 'patch', patch, [...cards, ['at', now.toISOString()]]),
      insert(sample, 'accept', ['referral_events', 'pendings', 'referral_texts']),
      balances(sample, 'accepted', { sent: 0, active: 1, inFlight: 100 }),
      wordsOf(sample.receiver),
    ],
    [insert(sample, 'accepted:close', closing), commit],
  ]
}
