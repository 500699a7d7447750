import t from 'tap'
import { day, hour, minute } from '../../src/platform/clock.ts'
import { momentInWords, periodInWords } from '../../src/events/wording.ts'

t.test('a day of another year than that of the writing says which, by the clock of the place', (t) => {
  const now = Date.parse('2026-12-20T09:30:00Z')
  const told: [at: string, timeZone: string, words: string][] = [
    ['2026-12-31T09:00:00Z', 'Europe/Paris', 'Thursday 31 December, 10:00'],
    ['2026-12-31T23:30:00Z', 'Europe/Paris', 'Friday 1 January 2027, 00:30'],
    ['2026-12-31T23:30:00Z', 'Europe/Lisbon', 'Thursday 31 December, 23:30'],
    ['2027-12-20T09:00:00Z', 'Europe/Lisbon', 'Monday 20 December 2027, 09:00'],
  ]
  for (const [at, timeZone, words] of told) t.equal(momentInWords(Date.parse(at), timeZone, now), words)
  t.end()
})

t.test('a period is told in days, and a short one in hours or minutes', (t) => {
  const told = {
    [14 * day]: '14 days',
    [2 * day]: '2 days',
    [2.5 * day]: '2.5 days',
    [day]: '24 hours',
    [2 * hour]: '2 hours',
    [90 * minute]: '90 minutes',
  }
  for (const [span, words] of Object.entries(told)) t.equal(periodInWords(Number(span)), words)
  t.end()
})
