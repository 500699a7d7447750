/** What one person is worth, so that nobody is counted twice (design: "Not earned"). Pure. */
import { instant, millisOf } from '../platform/clock.ts'
import { pointsPerReferral } from './balance.ts'

/** What a person brought somebody at a moment; below zero when it was taken back. */
export interface PersonPosting {
  readonly at: string
  readonly points: number
}

/** Those of the postings that count still. */
export const withinWindow = (postings: readonly PersonPosting[], span: number, now: number) =>
  postings.filter(({ at }) => millisOf(at) > now - span)

/**
 * What the person may bring now: one credit in any window, over the whole network. What is taken back may be brought
 * again, and never makes a person worth more than one credit.
 */
export const allowanceOf = (postings: readonly PersonPosting[], span: number, now: number): number => {
  const spent = withinWindow(postings, span, now).reduce((sum, { points }) => sum + points, 0)
  return Math.max(0, Math.min(pointsPerReferral, pointsPerReferral - spent))
}

/** The postings with a new one, without those that count no more. */
export const withPosting = (
  postings: readonly PersonPosting[],
  points: number,
  span: number,
  now: number,
): PersonPosting[] => [...withinWindow(postings, span, now), { at: instant(now), points }]
