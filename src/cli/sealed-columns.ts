import { idempotencyKeys, managers, signIns } from '../../db/schema/access.ts'
import { applications } from '../../db/schema/network.ts'
import { referralTexts } from '../../db/schema/referrals.ts'
import { answerBoundTo } from '../platform/database/idempotency.ts'
import type { SealedColumn } from '../platform/reseal.ts'
import { textBoundTo } from '../referrals/cards.ts'

/** Every column that holds sealed values; a test compares this list with the tables. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: referralTexts, sealed: referralTexts.sealed, boundTo: textBoundTo },
  { table: managers, sealed: managers.identity, boundTo: ({ id }: { id: string }) => `manager:${id}` },
  {
    table: applications,
    sealed: applications.contact,
    boundTo: ({ id }: { id: string }) => `application:${id}`,
  },
  { table: signIns, sealed: signIns.data, boundTo: ({ id }: { id: string }) => `sign-in:${id}` },
  { table: idempotencyKeys, sealed: idempotencyKeys.answer, boundTo: answerBoundTo },
]
