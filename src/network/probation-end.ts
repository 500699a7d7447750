import type { WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'

/** As many vouches, given after its admission, end the probation of a space. */
export const vouchesToEstablish = 2

/** The referrals in which points wait that space $1 earns or owes, each with the space that owes. */
const waiting = `
  waiting as (
    select referral_id, case side when 'debtor' then space_id else peer_id end as debtor_id
    from ledger_entries where space_id = $1
    group by 1, 2 having sum(held) <> 0
  )`

/** Both cards of each referral: that of the receiver, who owes, and that of its peer. */
const withCards = (referrals: string) => `${referrals} w
  join referrals receiver on receiver.space_id = w.debtor_id and receiver.id = w.referral_id
  join referrals card on card.id = receiver.id and card.space_id in (receiver.space_id, receiver.peer_id)`

/** Locks the cards of the referrals in which points wait for space $1, in the order in which transitions lock those of one. */
export const lockWaitingCards = writeStatement(
  'probation:lock',
  `with ${waiting}
   select 1 from ${withCards('waiting')} order by card.id, card.space_id for update of card`,
)

/**
 * The probation of space $1 is over at $2: what waited for it is due for release, or waits for others that are on probation
 * still. Each creditor waits for itself and for the space that owes, and the first of them is next. A card's next event is
 * this one where it is sooner; the rest of the card stays.
 */
const releaseWaiting = writeStatement(
  'probation:release',
  `with ${waiting}, creditors as (
     select w.referral_id, w.debtor_id, e.peer_id as creditor_id from waiting w
     join ledger_entries e on e.space_id = w.debtor_id and e.referral_id = w.referral_id
     group by 1, 2, 3 having sum(e.held) <> 0
   ), released as (
     select c.referral_id, c.debtor_id, min(greatest(creditor.probation_until, debtor.probation_until, $2)) as until
     from creditors c
     left join spaces creditor on creditor.id = c.creditor_id and creditor.id <> $1
     left join spaces debtor on debtor.id = c.debtor_id and debtor.id <> $1
     group by 1, 2
   )
   update referrals r set
     held_until = least(r.held_until, w.until),
     next_due = case when w.until < r.next_due_at then 'release' else r.next_due end,
     next_due_at = least(r.next_due_at, w.until)
   from ${withCards('released')}
   where r.space_id = card.space_id and r.id = card.id`,
)

const establish = writeStatement<{ id: string }>(
  'probation:end',
  'update spaces set probation_until = null where id = $1 and probation_until > $2 returning id',
)

/** Ends the probation of a space, whose waiting cards the caller has locked. @returns whether it was on one */
export const endProbation = async (tx: WriteTx, spaceId: Id<'space'>): Promise<boolean> => {
  const [established] = await tx.write(establish, [toUuid(spaceId), tx.now])
  if (established) await tx.write(releaseWaiting, [toUuid(spaceId), tx.now])
  return established !== undefined
}
