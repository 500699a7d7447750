/** What one person is worth, so that nobody is counted twice (design: "Not earned"). Pure. */
import { instant, millisOf } from '../platform/clock.ts'
import { pointsPerReferral } from './balance.ts'

/** What a person brought somebody at a moment, as far as it stands. */
export interface PersonPosting {
  readonly at: string
  readonly points: number
}

/** What is known of a person: what they brought, and what of that is kept for them while a dispute lasts. */
export interface Person {
  readonly postings: readonly PersonPosting[]
  /** Points that a dispute took back: nobody else may have them, as they may be posted again. */
  readonly reserved: number
}

/** Those of the postings that count still. */
export const withinWindow = (postings: readonly PersonPosting[], span: number, now: number) =>
  postings.filter(({ at }) => millisOf(at) > now - span)

/**
 * What the person may bring now: one credit in any window, over the whole network. What is taken back may be brought again.
 */
export const allowanceOf = ({ postings, reserved }: Person, span: number, now: number): number => {
  const spent = withinWindow(postings, span, now).reduce((sum, { points }) => sum + points, 0)
  return Math.max(0, pointsPerReferral - reserved - spent)
}

/**
 * The postings with a new one, without those that count no more. What is taken back (`points` below zero) is taken from
 * the oldest: they would be the first to count no more, so nothing is allowed twice in any window.
 */
export const withPosting = (
  postings: readonly PersonPosting[],
  points: number,
  span: number,
  now: number,
): PersonPosting[] => {
  const counting = withinWindow(postings, span, now)
  return points > 0 ? [...counting, { at: instant(now), points }] : without(counting, -points)
}

const without = (postings: readonly PersonPosting[], points: number): PersonPosting[] => {
  let left = points
  return postings.flatMap((one) => {
    const taken = Math.min(left, one.points)
    left -= taken
    return taken === one.points ? [] : [{ at: one.at, points: one.points - taken }]
  })
}
