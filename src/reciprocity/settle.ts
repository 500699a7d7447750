import { pendings } from '../../db/schema/reciprocity.ts'
import { millisOf } from '../platform/clock.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { rowsOf, writeStatement } from '../platform/database/statements.ts'
import { newId, toUuid, type Id } from '../platform/ids.ts'
import { pointsOf, pointsPerReferral, stages, stagesUpTo, type Stage } from './balance.ts'

/** How one referral changes what is counted between its two spaces. */
export interface Settlement {
  readonly referralId: Id<'referral'>
  /** The sender: what is earned is owed to it. */
  readonly creditorId: Id<'space'>
  readonly debtorId: Id<'space'>
  /** The stage that was reached now: it and the open ones below it are posted. */
  readonly reached?: Stage
  /** True at the end: what is still open comes to nothing. */
  readonly ended?: boolean
  /** How the counts of referrals change, for both sides alike. */
  readonly counts: { readonly sent?: number; readonly active?: number; readonly joined?: number }
  /** True on acceptance: all the points of the referral are in flight. */
  readonly opened?: boolean
}

/** Opens the three pendings of an accepted referral, for both sides. */
export const pendingRows = (tx: WriteTx, settlement: Settlement) => {
  const { referralId, creditorId, debtorId } = settlement
  const sides = [
    { spaceId: creditorId, peerId: debtorId, side: 'creditor' as const },
    { spaceId: debtorId, peerId: creditorId, side: 'debtor' as const },
  ]
  return rowsOf(
    pendings,
    sides.flatMap((side) =>
      stages.map((stage) => ({
        ...side,
        referralId,
        stage,
        points: pointsOf[stage],
        state: 'open' as const,
        openedAt: tx.now,
        resolvedAt: null,
      })),
    ),
  )
}

const counters = [
  'earned',
  'owed',
  'in_flight',
  'sent',
  'received',
  'sent_active',
  'received_active',
  'sent_joined',
  'received_joined',
]
const columns = counters.join(', ')
const sums = counters.map((name) => `${name} = b.${name} + excluded.${name}`).join(', ')
const moved = counters.map((name) => `m.${name}`).join(', ')

/**
 * The one statement that writes to the ledger. A pending is resolved by compare-and-set on its row, so it is posted or
 * voided once; entries, both pair balances and both space balances follow in the same statement. Rows of a kind are
 * written in the order of their space, which is the order in which every writer locks them.
 */
const settleStatement = writeStatement(
  'settle',
  `with resolved as (
     update pendings set state = case when stage = any($4::text[]) then 'posted' else 'void' end, resolved_at = $6
     where referral_id = $1 and space_id in ($2, $3) and state = 'open' and (stage = any($4::text[]) or $5::boolean)
     returning space_id, peer_id, side, stage, points, state
   ), entries as (
     insert into ledger_entries (space_id, id, peer_id, referral_id, stage, points, at)
     select r.space_id, e.id, r.peer_id, $1, r.stage, case r.side when 'creditor' then r.points else -r.points end, $6
     from resolved r join jsonb_to_recordset($7::jsonb) as e(side text, stage text, id uuid) using (side, stage)
     where r.state = 'posted'
   ), points as (
     select space_id,
       coalesce(sum(points) filter (where side = 'creditor' and state = 'posted'), 0) as earned,
       coalesce(sum(points) filter (where side = 'debtor' and state = 'posted'), 0) as owed,
       coalesce(-sum(points) filter (where side = 'creditor'), 0) as in_flight
     from resolved group by space_id
   ), moves as (
     select m.space_id, m.peer_id, coalesce(p.earned, 0) as earned, coalesce(p.owed, 0) as owed,
       m.in_flight + coalesce(p.in_flight, 0) as in_flight,
       m.sent, m.received, m.sent_active, m.received_active, m.sent_joined, m.received_joined
     from jsonb_to_recordset($8::jsonb) as m(space_id uuid, peer_id uuid, in_flight bigint, sent bigint, received bigint,
       sent_active bigint, received_active bigint, sent_joined bigint, received_joined bigint)
     left join points p using (space_id)
   ), pairs as (
     insert into pair_balances as b (space_id, peer_id, ${columns}, updated_at)
     select m.space_id, m.peer_id, ${moved}, $6 from moves m order by m.space_id
     on conflict (space_id, peer_id) do update set ${sums}, updated_at = excluded.updated_at
     returning b.space_id, b.earned, b.owed
   )
   insert into space_balances as b (space_id, ${columns}, direct_returned, lock_version, updated_at)
   select m.space_id, ${moved}, least(p.earned, p.owed) - least(p.earned - m.earned, p.owed - m.owed), 1, $6
   from moves m join pairs p using (space_id) order by m.space_id
   on conflict (space_id) do update set ${sums}, direct_returned = b.direct_returned + excluded.direct_returned,
     lock_version = b.lock_version + 1, updated_at = excluded.updated_at`,
)

/** Applies a settlement; both cards of the referral are locked by the caller. */
export const settle = async (tx: WriteTx, settlement: Settlement): Promise<void> => {
  const { referralId, creditorId, debtorId, reached, ended } = settlement
  const posts = reached ? stagesUpTo(reached) : []
  await tx.write(settleStatement, [
    toUuid(referralId),
    toUuid(creditorId),
    toUuid(debtorId),
    posts,
    ended ?? false,
    tx.now,
    JSON.stringify(entryIds(tx, posts)),
    JSON.stringify(movesOf(settlement)),
  ])
}

const entryIds = (tx: WriteTx, posts: Stage[]) =>
  posts.flatMap((stage) =>
    ['creditor', 'debtor'].map((side) => ({ side, stage, id: toUuid(newId('entry', millisOf(tx.now))) })),
  )

const movesOf = ({ creditorId, debtorId, counts, opened }: Settlement) => {
  const { sent = 0, active = 0, joined = 0 } = counts
  const [creditor, debtor] = [toUuid(creditorId), toUuid(debtorId)]
  const none = {
    in_flight: 0,
    sent: 0,
    received: 0,
    sent_active: 0,
    received_active: 0,
    sent_joined: 0,
    received_joined: 0,
  }
  return [
    {
      ...none,
      space_id: creditor,
      peer_id: debtor,
      in_flight: opened ? pointsPerReferral : 0,
      sent,
      sent_active: active,
      sent_joined: joined,
    },
    {
      ...none,
      space_id: debtor,
      peer_id: creditor,
      received: sent,
      received_active: active,
      received_joined: joined,
    },
  ]
}
