import type { Wording } from '../events/wording.ts'
import type { Bearings } from '../referrals/guards.ts'

/** By which a page is written for its reader: the language, the network's policy, and the moment. */
export interface Reader extends Bearings {
  readonly wording: Wording
}
