import type { Registration } from '../spaces/contract.ts'

/** What an application keeps beside its words: the profile of a new space until it is registered, and who takes its mails. */
export interface KeptProfile {
  readonly space: Registration | null
  readonly takesMails: boolean
}
