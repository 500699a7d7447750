import { ledgerEntries, pendings, personEarnings } from '../../db/schema/reciprocity.ts'
import { instant, millisOf } from '../platform/clock.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { asRecord, rowsOf, writeStatement, type Rows } from '../platform/database/statements.ts'
import { newId, toUuid, type Id } from '../platform/ids.ts'
import type { Policy } from '../platform/policy.ts'
import { tallyOf, type Entry, type Pending } from './account.ts'
import { withPosting } from './person.ts'
import { changesOf, type Weighed } from './weigh.ts'

/** How the counts of referrals change, for both sides alike. */
export interface Counts {
  readonly sent?: number
  readonly received?: number
  readonly active?: number
}

/** How one referral changes what is counted between spaces. */
export interface Settlement {
  readonly referralId: Id<'referral'>
  /** The space that sent the member first, with which the referral is counted. */
  readonly originId: Id<'space'>
  readonly receiverId: Id<'space'>
  readonly counts: Counts
  /** The move on its account; null when no points are concerned. */
  readonly weighed: Weighed | null
}

const counters = [
  'earned',
  'owed',
  'held',
  'provisional',
  'in_flight',
  'sent',
  'received',
  'sent_active',
  'received_active',
  'sent_joined',
  'received_joined',
] as const
type Counter = (typeof counters)[number]

const columns = counters.join(', ')
const added = counters.map((name) => `${name} = b.${name} + excluded.${name}`).join(', ')
const moves = counters.map((name) => `m.${name}`).join(', ')
const summed = counters.map((name) => `sum(m.${name})::bigint`).join(', ')
const typed = counters.map((name) => `${name} bigint`).join(', ')

/**
 * The one statement that changes balances. A pending is resolved by compare-and-set on its row, so it is posted or
 * voided once; pair balances, space balances and their versions follow in the same statement. Rows of a kind are written
 * in the order of their space, which is the order in which every writer locks them.
 */
const settleStatement = writeStatement<{ resolved: number }>(
  'settle',
  `with resolved as (
     update pendings p set state = r.state, resolved_at = $2
     from jsonb_to_recordset($3::jsonb) as r(space_id uuid, peer_id uuid, stage text, round int, state text)
     where p.space_id = r.space_id and p.referral_id = $1 and p.peer_id = r.peer_id and p.stage = r.stage
       and p.round = r.round and p.state = 'open'
     returning 1
   ), moves as (
     select * from jsonb_to_recordset($4::jsonb) as m(space_id uuid, peer_id uuid, ${typed})
   ), pairs as (
     insert into pair_balances as b (space_id, peer_id, ${columns}, updated_at)
     select m.space_id, m.peer_id, ${moves}, $2 from moves m order by m.space_id, m.peer_id
     on conflict (space_id, peer_id) do update set ${added}, updated_at = greatest(b.updated_at, excluded.updated_at)
     returning b.space_id, b.peer_id, b.earned, b.owed
   ), space_rows as (
     insert into space_balances as b (space_id, ${columns}, direct_returned, lock_version, updated_at)
     select m.space_id, ${summed},
       sum(least(p.earned, p.owed) - least(p.earned - m.earned, p.owed - m.owed))::bigint, 1, $2
     from moves m join pairs p using (space_id, peer_id) group by m.space_id order by m.space_id
     on conflict (space_id) do update set ${added}, direct_returned = b.direct_returned + excluded.direct_returned,
       lock_version = b.lock_version + 1, updated_at = greatest(b.updated_at, excluded.updated_at)
     returning b.*
   ), versions as (
     insert into balance_versions (space_id, at, lock_version, ${columns}, direct_returned)
     select space_id, updated_at, lock_version, ${columns}, direct_returned from space_rows
   )
   select count(*)::int as resolved from resolved`,
)

/**
 * Writes a settlement, all of it or nothing; both cards of the referral are locked by the caller.
 * @param alongside rows of the caller's that go into the same insert
 */
export const settle = async (
  tx: WriteTx,
  policy: Policy,
  settlement: Settlement,
  alongside: readonly Rows[] = [],
): Promise<void> => {
  const { referralId, weighed } = settlement
  const resolutions = weighed ? resolutionsOf(weighed) : []
  const [outcome] = await Promise.all([
    tx.write(settleStatement, [
      toUuid(referralId),
      tx.now,
      JSON.stringify(resolutions),
      JSON.stringify(movesOf(settlement)),
    ]),
    tx.insert(...alongside, ...(weighed ? newRows(tx, weighed) : [])),
    ...(weighed ? [rememberPerson(tx, policy, weighed)] : []),
  ])
  if (outcome[0]?.resolved !== resolutions.length) throw new Error('A pending was resolved by somebody else')
}

interface Side {
  readonly spaceId: Id<'space'>
  readonly peerId: Id<'space'>
  readonly side: 'creditor' | 'debtor'
}

const sidesOf = ({ parties }: Weighed, creditorId: Id<'space'>): Side[] => [
  { spaceId: creditorId, peerId: parties.debtorId, side: 'creditor' },
  { spaceId: parties.debtorId, peerId: creditorId, side: 'debtor' },
]

/** The pendings that the move resolves: those that were there before and are open no more. */
const resolutionsOf = (weighed: Weighed) => {
  const { before, after } = weighed
  return after.pendings
    .filter((one, index) => before.pendings[index]?.state === 'open' && one.state !== 'open')
    .flatMap(({ creditorId, stage, round, state }) =>
      sidesOf(weighed, creditorId).map(({ spaceId, peerId }) => ({
        space_id: toUuid(spaceId),
        peer_id: toUuid(peerId),
        stage,
        round,
        state,
      })),
    )
}

const newRows = (tx: WriteTx, weighed: Weighed): Rows[] => {
  const { before, after } = weighed
  return [
    rowsOf(
      pendings,
      after.pendings.slice(before.pendings.length).flatMap((one) => pendingRows(tx, weighed, one)),
    ),
    rowsOf(
      ledgerEntries,
      inOrder(
        tx,
        after.entries.slice(before.entries.length).flatMap((one) => entryRows(tx, weighed, one)),
      ),
    ),
  ]
}

const pendingRows = (tx: WriteTx, weighed: Weighed, { creditorId, ...pending }: Pending) =>
  sidesOf(weighed, creditorId).map((side) => ({
    ...side,
    ...pending,
    referralId: weighed.parties.referralId,
    openedAt: tx.now,
    resolvedAt: pending.state === 'open' ? null : tx.now,
  }))

const entryRows = (tx: WriteTx, weighed: Weighed, entry: Entry) =>
  sidesOf(weighed, entry.creditorId).map(({ spaceId, peerId, side }) => {
    const sign = side === 'creditor' ? 1 : -1
    return {
      spaceId,
      peerId,
      referralId: weighed.parties.referralId,
      stage: entry.stage,
      kind: entry.kind,
      side,
      points: sign * entry.points,
      held: sign * entry.held,
      reasonCode: entry.reasonCode,
      at: tx.now,
    }
  })

/** Ids of one moment are in no order of their own: lists show the entries as they came about. */
const inOrder = <Row>(tx: WriteTx, rows: readonly Row[]) => {
  const ids = rows.map(() => newId('entry', millisOf(tx.now))).sort()
  return rows.map((row, index) => ({ ...row, id: ids[index] ?? newId('entry', millisOf(tx.now)) }))
}

const writePerson = writeStatement(
  'writePerson',
  `update person_earnings p set postings = r.postings, last_at = r.last_at, reserved = r.reserved
   from jsonb_populate_record(null::person_earnings, $2::jsonb) r where p.person_hash = $1`,
)

const rememberPerson = async (tx: WriteTx, policy: Policy, weighed: Weighed): Promise<void> => {
  const { worth, reserved } = changesOf(weighed)
  const { person, parties } = weighed
  if (parties.personHash === null || (worth === 0 && reserved === 0)) return
  if (person === null) throw new Error('Points moved and the person was not locked')
  const postings = withPosting(person.postings, worth, policy.person, millisOf(tx.now))
  const row = {
    postings,
    lastAt: instant(Math.max(0, ...postings.map(({ at }) => millisOf(at)))),
    reserved: person.reserved + reserved,
  }
  await tx.write(writePerson, [parties.personHash, JSON.stringify(asRecord(personEarnings, row))])
}

type Moves = Map<string, { space_id: string; peer_id: string } & Record<Counter, number>>

/** How each pair of spaces changes, seen from both sides. */
const movesOf = ({ originId, receiverId, counts, weighed }: Settlement) => {
  const all: Moves = new Map()
  const { sent = 0, received = 0, active = 0 } = counts
  const joined = weighed ? changesOf(weighed).joined : 0
  add(all, originId, receiverId, { sent, sent_active: active, sent_joined: joined })
  add(all, receiverId, originId, { received, received_active: active, received_joined: joined })
  if (weighed) addPoints(all, weighed)
  return [...all.values()]
}

const addPoints = (all: Moves, { parties, before, after }: Weighed) => {
  for (const creditorId of [parties.originId, ...parties.forwarderIds]) {
    const [was, is] = [tallyOf(before, creditorId), tallyOf(after, creditorId)]
    const earned = is.earned - was.earned
    add(all, creditorId, parties.debtorId, {
      earned,
      held: is.held - was.held,
      provisional: is.provisional - was.provisional,
      in_flight: is.inFlight - was.inFlight,
    })
    add(all, parties.debtorId, creditorId, { owed: earned })
  }
}

const nothing = Object.fromEntries(counters.map((name) => [name, 0])) as Record<Counter, number>

const add = (all: Moves, from: Id<'space'>, to: Id<'space'>, change: Partial<Record<Counter, number>>) => {
  const key = `${from} ${to}`
  const move = all.get(key) ?? { space_id: toUuid(from), peer_id: toUuid(to), ...nothing }
  for (const name of counters) move[name] += change[name] ?? 0
  all.set(key, move)
}
