import type { WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid } from '../platform/ids.ts'
import type { CardRow } from './cards.ts'

/**
 * Erases the words about a person, and the answers kept for replay, on every side of a referral. The keys stay: a request that
 * is made again is not carried out a second time.
 */
export const forgetReferral = writeStatement(
  'forgetReferral',
  `with words as (delete from referral_texts where referral_id = $1 and space_id = any($2::uuid[]))
   update idempotency_keys set answer = null where referral_id = $1 and space_id = any($2::uuid[])`,
)

/** A draft of which the member never heard leaves no words: there is nobody who could ask for them to be erased. */
export const forgetDraft = (tx: WriteTx, { id, spaceId }: CardRow) =>
  tx.write(forgetReferral, [toUuid(id), [toUuid(spaceId)]])
