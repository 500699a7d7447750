import fc from 'fast-check'
import t from 'tap'
import { day, instant } from '../../src/platform/clock.ts'
import {
  allowanceOf as allowanceOfPerson,
  withPosting,
  type PersonPosting,
} from '../../src/reciprocity/person.ts'

const span = 365 * day

const allowanceOf = (postings: readonly PersonPosting[], within: number, now: number, reserved = 0) =>
  allowanceOfPerson({ postings, reserved }, within, now)
const start = Date.parse('2026-01-01T00:00:00Z')

/** Some moments, one after the other, and what somebody would bring in each if it were allowed. */
const wishes = fc.array(
  fc.record({
    wait: fc.oneof(
      fc.constantFrom(0, 1, span - 1, span, span + 1),
      fc.integer({ min: 0, max: 100 }).map((days) => days * day),
    ),
    points: fc.constantFrom(10, 15, 25, 75, 90, 100),
  }),
  { maxLength: 30 },
)

t.test('without anything taken back, a person brings 100 points at most in any 365 days', (t) => {
  const property = fc.property(wishes, (all) => {
    let now = start
    let kept: readonly PersonPosting[] = []
    const brought: { at: number; points: number }[] = []
    for (const { wait, points } of all) {
      now += wait
      const worth = Math.min(points, allowanceOf(kept, span, now))
      if (worth === 0) continue
      kept = withPosting(kept, worth, span, now)
      brought.push({ at: now, points: worth })
    }
    return brought.every(({ at: from }) => {
      const window = brought.filter(({ at }) => at >= from && at < from + span)
      return window.reduce((sum, { points }) => sum + points, 0) <= 100
    })
  })
  t.doesNotThrow(() => fc.assert(property, { numRuns: 2_000 }))
  t.end()
})

t.test('what may be brought is from nothing to 100 points, whatever was posted and taken back', (t) => {
  const step = fc.record({
    days: fc.integer({ min: 0, max: 200 }),
    points: fc.integer({ min: -100, max: 100 }),
  })
  const property = fc.property(fc.array(step), (steps) => {
    let [now, postings] = [start, [] as PersonPosting[]]
    return steps.every(({ days, points }) => {
      now += days * day
      postings = withPosting(postings, Math.min(points, allowanceOf(postings, span, now)), span, now)
      const allowance = allowanceOf(postings, span, now)
      return allowance >= 0 && allowance <= 100 && postings.every((one) => one.points >= 0)
    })
  })
  t.doesNotThrow(() => fc.assert(property))
  t.end()
})

t.test('what is taken back makes nobody worth two credits in a year', (t) => {
  let postings = withPosting([], 100, span, start)
  postings = withPosting(postings, -75, span, start + 29 * day)
  const later = start + 366 * day
  t.equal(allowanceOf(postings, span, later), 100, 'what is left of the first credit is older than a year')
  postings = withPosting(postings, allowanceOf(postings, span, later), span, later)
  t.equal(allowanceOf(postings, span, later + day), 0)
  t.end()
})

t.test('a posting counts for 365 days to the millisecond, and is forgotten after that', (t) => {
  const postings = withPosting([], 60, span, start)
  t.equal(allowanceOf(postings, span, start), 40)
  t.equal(allowanceOf(postings, span, start + span - 1), 40)
  t.equal(allowanceOf(postings, span, start + span), 100)
  const later = withPosting(postings, 30, span, start + span)
  t.same(later, [{ at: instant(start + span), points: 30 }])
  t.equal(allowanceOf(withPosting(postings, -60, span, start + day), span, start + day), 100, 'taken back')
  t.end()
})

t.test(
  'what a dispute took back may be brought by nobody else until it ends, however long ago it was',
  (t) => {
    const postings = withPosting(withPosting([], 100, span, start), -75, span, start + day)
    t.equal(allowanceOf(postings, span, start + day, 75), 0)
    t.equal(allowanceOf(postings, span, start + span, 75), 25)
    t.equal(
      allowanceOf(withPosting(postings, 75, span, start + 2 * day), span, start + 2 * day),
      0,
      'posted again',
    )
    t.equal(allowanceOf(withPosting(postings, 0, span, start + 2 * day), span, start + 2 * day), 75, 'voided')
    t.end()
  },
)
