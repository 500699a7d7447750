import { planReferrals, type PlannedReferral } from './plan-referrals.ts'
import { planSpaces, type PlannedSpace } from './plan-spaces.ts'
import { seeded } from './random.ts'

/** All that the demo network is and was, before any of it is written. Days count from the beginning of the history. */
export interface Plan {
  /** How many days the history lasts; it ends where today begins. */
  readonly days: number
  readonly spaces: readonly PlannedSpace[]
  readonly referrals: readonly PlannedReferral[]
}

const eighteenMonths = 548

/** The same numbers make the same plan. */
export const makePlan = ({ seed = 20_050_809, referrals = 2_000, days = eighteenMonths } = {}): Plan => {
  const random = seeded(seed)
  const spaces = planSpaces(random, days)
  return { days, spaces, referrals: planReferrals(random, spaces, { count: referrals, days }) }
}
