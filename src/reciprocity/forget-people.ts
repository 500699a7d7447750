import { instant } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { carry, type WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'

/** Rows that one transaction drops, so that it is short. */
const batchSize = 500

// What a dispute reserves is posted or voided later, however long that takes.
const countsNoMore = 'last_at <= $1 and reserved = 0'

const peopleGone = writeStatement<{ person_hash: Buffer }>(
  'people:gone',
  `select person_hash from person_earnings where ${countsNoMore} order by last_at limit ${String(batchSize)}`,
)

const dropPeople = writeStatement(
  'people:drop',
  `delete from person_earnings where person_hash = any($2::bytea[]) and ${countsNoMore}`,
)

// The words about the member are gone, and nothing can be posted or taken back any more: no deadline is left, nor the time
// to claim or to object ($2). Nor is any entry left in the window ($1), unless the erasure itself is as long ago.
const hashesGone = writeStatement<{ space_id: string; id: string }>(
  'hashes:gone',
  `select r.space_id, r.id from referrals r
   where person_hash is not null and (erased_at is not null or status = 'consent_revoked' or (status = 'withdrawn' and submitted_at is null))
     and next_due is null and closed_at <= $2 and (left_at is null or left_at <= $2)
     and (coalesce(erased_at, closed_at) <= $1 or not exists (
       select from ledger_entries e where e.space_id = r.space_id and e.referral_id = r.id and e.at > $1))
   order by closed_at limit ${String(batchSize)}`,
)

const dropHashes = writeStatement(
  'hashes:drop',
  `update referrals r set person_hash = null from unnest($1::uuid[], $2::uuid[]) as gone (space_id, id)
   where r.space_id = gone.space_id and r.id = gone.id and r.next_due is null`,
)

/**
 * Forgets who a person is where it counts no more (design: "Not earned"): what they brought, once all of it has left the
 * window of a person, and the hash on a referral whose words are erased, by the end of that window after the erasure.
 */
export const forgetPeople = async (deps: Deps): Promise<void> => {
  const now = deps.clock.now()
  const window = instant(now - deps.policy.person)
  const objections = instant(now - deps.policy.objection)
  await inBatches(deps, async (tx) => {
    const gone = await tx.write(peopleGone, [window])
    if (gone.length > 0) await tx.write(dropPeople, [window, gone.map((one) => one.person_hash)])
    return gone.length
  })
  await inBatches(deps, async (tx) => {
    const gone = await tx.write(hashesGone, [window, objections])
    const ids = [gone.map((one) => one.space_id), gone.map(({ id }) => id)]
    if (gone.length > 0) await tx.write(dropHashes, ids)
    return gone.length
  })
}

const inBatches = async (deps: Deps, drop: (tx: WriteTx) => Promise<number>): Promise<void> => {
  while ((await carry(deps, drop)) === batchSize);
}
