import { getReciprocity } from '../src/reciprocity/contract.ts'
import { acceptReferral } from '../src/referrals/contract-transitions.ts'
import { listReferrals, sendReferral } from '../src/referrals/contract.ts'
import { searchSpaces } from '../src/spaces/contract.ts'
import type { Operation } from '../src/platform/operation.ts'

export type OperationName = 'balance' | 'list' | 'create' | 'accept' | 'search'

/** The operations of the design's table of speed, with what part of the limit each is to reach. */
export const operations: readonly {
  readonly name: OperationName
  readonly title: string
  readonly operation: Operation
  readonly goal: number
}[] = [
  { name: 'balance', title: 'read a balance', operation: getReciprocity, goal: 0.6 },
  { name: 'list', title: 'list 50 referrals', operation: listReferrals, goal: 0.6 },
  { name: 'create', title: 'create a referral', operation: sendReferral, goal: 0.6 },
  { name: 'accept', title: 'accept a referral', operation: acceptReferral, goal: 0.6 },
  { name: 'search', title: 'search 25 km, three filters, top 20', operation: searchSpaces, goal: 0.5 },
]
