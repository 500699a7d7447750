import type { Submission } from './contract-application.ts'

/** A new space as it was typed: without its place, unless the applicant said it. */
export type TypedSpace = NonNullable<Submission['space']>

/** What an application keeps beside its words: the profile of a new space until it is registered, and who takes its mails. */
export interface KeptProfile {
  readonly space: TypedSpace | null
  readonly takesMails: boolean
}
