import type { Deps } from '../../src/platform/context.ts'
import type { LoadedSpaces } from './actors.ts'
import { calendarOf } from './calendar.ts'
import { loadPeople } from './load-people.ts'
import { loadReferrals } from './load-referrals.ts'
import { confirmSpaces, loadSpaces } from './load-spaces.ts'
import type { Plan } from './plan.ts'

/** How many steps a plan has in all: what progress is measured by. */
export const stepsOf = ({ referrals }: Plan): number =>
  referrals.reduce((sum, { steps }) => sum + steps.length, 0)

/**
 * Writes a plan into an empty database by the verbs of the house, each at its own time, so that cards, events, points
 * and audit are what they would be had it all happened. The mails of the past are not sent.
 */
export const loadPlan = async (deps: Deps, plan: Plan, onStep: () => void): Promise<LoadedSpaces> => {
  const calendar = calendarOf(plan.days, deps.clock.now())
  const loaded = await loadSpaces(deps, plan.spaces, calendar)
  await loadReferrals(deps, plan.referrals, { calendar, loaded, onStep })
  await confirmSpaces(deps, plan, { calendar, loaded })
  await loadPeople(deps, loaded)
  return loaded
}
