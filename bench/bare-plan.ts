/** What stands in a value of a bare statement: itself, or something that is new with each request. */
export type Slot =
  'constant' | 'referral' | 'referralId' | 'sender' | 'receiver' | 'uuid' | 'hash' | 'key' | 'lock'

export interface PlannedStatement {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
  /** One for each value; none when all are constant. */
  readonly slots: readonly Slot[]
}

/** The statements of one request, by round trip. */
export type Plan = readonly (readonly PlannedStatement[])[]

/** What the bare process is handed: for a read one plan for each caller, for a write one plan and who it is about. */
export type BarePlans = Readonly<
  Record<'balance' | 'list' | 'search', readonly Plan[]> & Record<'create' | 'accept', BareWrite>
>

interface BareWrite {
  readonly plan: Plan
  readonly subjects: readonly Subject[]
}

/** Whom a write is about, as uuids; a new referral has no id yet. */
export interface Subject {
  readonly referral: string | null
  readonly sender: string
  readonly receiver: string
}
