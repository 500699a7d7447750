/**
 * The matrix of rights, written from the design and not from the code: every operation of the contract, and what each
 * caller is answered. An operation without a row does not compile.
 */
import type * as clients from '../../src/access/contract-clients.ts'
import type * as people from '../../src/access/contract-people.ts'
import type * as access from '../../src/access/contract.ts'
import type * as audit from '../../src/audit/contract.ts'
import type * as standing from '../../src/network/contract-standing.ts'
import type * as network from '../../src/network/contract.ts'
import type * as reciprocity from '../../src/reciprocity/contract.ts'
import type * as disputes from '../../src/referrals/contract-disputes.ts'
import type * as transitions from '../../src/referrals/contract-transitions.ts'
import type * as referrals from '../../src/referrals/contract.ts'
import type * as spaces from '../../src/spaces/contract.ts'
import { accessRows } from './access-rows.ts'
import { clientRows } from './client-rows.ts'
import { auditRows } from './audit-rows.ts'
import { networkRows } from './network-rows.ts'
import { peopleRows } from './people-rows.ts'
import { referralRows } from './referral-rows.ts'
import { spaceRows } from './space-rows.ts'
import type { Request, Subject, MatrixWorld } from './world.ts'

/** What is answered to owner, manager, viewer, client, other, applicant, suspended, steward, nobody. */
export type Statuses = readonly [
  owner: number,
  manager: number,
  viewer: number,
  client: number,
  /** The owner of another space, who asks for the same object. */
  other: number,
  /** The owner of a space that waits to be admitted, who asks for the same object. */
  applicant: number,
  /** The owner of a suspended space, who asks for an object of its own. */
  suspended: number,
  steward: number,
  nobody: number,
]

export interface Row {
  /** A request that the owner could make: to a fresh object for each caller, where it changes one. */
  readonly ask: (subject: Subject, world: MatrixWorld) => Promise<Request> | Request
  readonly statuses: Statuses
  /** Where there is more than one row for an operation. */
  readonly where?: string
}

type IdsOf<Contract> = {
  [Name in keyof Contract]: Contract[Name] extends {
    readonly id: infer Id extends string
    readonly path: string
  }
    ? Id
    : never
}[keyof Contract]

type OperationId =
  | IdsOf<typeof access>
  | IdsOf<typeof people>
  | IdsOf<typeof clients>
  | IdsOf<typeof audit>
  | IdsOf<typeof spaces>
  | IdsOf<typeof network>
  | IdsOf<typeof standing>
  | IdsOf<typeof referrals>
  | IdsOf<typeof transitions>
  | IdsOf<typeof disputes>
  | IdsOf<typeof reciprocity>

export const rows: Readonly<Record<OperationId, Row | readonly Row[]>> = {
  ...accessRows,
  ...peopleRows,
  ...clientRows,
  ...auditRows,
  ...spaceRows,
  ...networkRows,
  ...referralRows,
}
