import t from 'tap'
import { day, hour, minute } from '../../src/platform/clock.ts'
import { periodInWords } from '../../src/events/wording.ts'

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
