/** The arithmetic of reciprocity. Pure: points are integers, 100 points are one credit. */

export const stages = ['visited', 'trial', 'joined'] as const
export type Stage = (typeof stages)[number]

/** What each stage adds: cumulative 10, 25 and 100 points. */
export const pointsOf: Readonly<Record<Stage, number>> = { visited: 10, trial: 15, joined: 75 }

export const pointsPerReferral = pointsOf.visited + pointsOf.trial + pointsOf.joined

/** A stage brings its own points and those of every lower one that is still open. */
export const stagesUpTo = (stage: Stage): Stage[] => stages.slice(0, stages.indexOf(stage) + 1)

/** The part of what was earned that has come back, from 0 to 1; null before anything was earned. */
export const returnRate = (earned: number, returned: number): number | null =>
  earned === 0 ? null : Math.round((returned / earned) * 10_000) / 10_000

const pointsPerCredit = 100
const baseCredits = 3
const mostCredits = 20

/** How far below zero a balance may go before a nudge, in points: min(20, 3 + credits earned in 365 days). */
export const limitOf = (earnedInYear: number): number =>
  Math.min(mostCredits, baseCredits + Math.floor(Math.max(0, earnedInYear) / pointsPerCredit)) *
  pointsPerCredit

export type Nudge = 'refer_somebody'

/** A space whose balance is past its limit has taken in more than it gave: time to think of somebody to refer. */
export const nudgeOf = (net: number, limit: number): Nudge | null => (net < -limit ? 'refer_somebody' : null)
