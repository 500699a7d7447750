import { writeStatement } from '../platform/database/statements.ts'

/** Erases the words about a person, and the answers kept for replay, on every side of a referral. */
export const forgetReferral = writeStatement(
  'forgetReferral',
  `with words as (delete from referral_texts where referral_id = $1 and space_id = any($2::uuid[]))
   delete from idempotency_keys where referral_id = $1 and space_id = any($2::uuid[])`,
)
