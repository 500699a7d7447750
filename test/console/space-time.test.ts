import t from 'tap'
import { hour, instant } from '../../src/platform/clock.ts'
import { instantAt, isDay, wallDayAt, wallTimeAt } from '../../src/console/space-time.ts'

const at = (timezone: string, typed: string) => {
  const found = instantAt(timezone, typed)
  return found === null ? null : instant(found).slice(0, 16)
}

t.test('a time that is typed is read by the clock of the space, summer and winter', (t) => {
  t.equal(at('Europe/Paris', '2026-11-25T10:00'), '2026-11-25T09:00')
  t.equal(at('Europe/Paris', '2026-07-25T10:00'), '2026-07-25T08:00')
  t.equal(at('Europe/Lisbon', '2026-11-25T10:00'), '2026-11-25T10:00')
  t.equal(at('Europe/Lisbon', '2026-07-25T10:00'), '2026-07-25T09:00')
  t.equal(at('Asia/Kathmandu', '2026-11-25T10:00'), '2026-11-25T04:15')
  t.equal(at('Pacific/Kiritimati', '2027-01-01T00:30'), '2026-12-31T10:30')
  t.end()
})

t.test('on the days when the clocks change, every hour that exists is met', (t) => {
  const cases: [zone: string, typed: string, utc: string][] = [
    ['Europe/Paris', '2026-10-25T01:59', '2026-10-24T23:59'],
    ['Europe/Paris', '2026-10-25T02:30', '2026-10-25T00:30'], // comes twice: the first one
    ['Europe/Paris', '2026-10-25T03:00', '2026-10-25T02:00'],
    ['Europe/Paris', '2026-10-25T10:00', '2026-10-25T09:00'],
    ['Europe/Lisbon', '2026-10-25T00:59', '2026-10-24T23:59'],
    ['Europe/Lisbon', '2026-10-25T01:30', '2026-10-25T00:30'], // comes twice
    ['Europe/Lisbon', '2026-10-25T02:00', '2026-10-25T02:00'],
    ['Europe/Lisbon', '2026-10-25T10:00', '2026-10-25T10:00'],
    ['Europe/Paris', '2027-03-28T01:59', '2027-03-28T00:59'],
    ['Europe/Paris', '2027-03-28T02:30', '2027-03-28T01:30'], // does not exist: 03:30
    ['Europe/Paris', '2027-03-28T03:00', '2027-03-28T01:00'],
    ['Europe/Paris', '2027-03-28T10:00', '2027-03-28T08:00'],
    ['Europe/Lisbon', '2027-03-28T00:59', '2027-03-28T00:59'],
    ['Europe/Lisbon', '2027-03-28T01:30', '2027-03-28T01:30'], // does not exist: 02:30
    ['Europe/Lisbon', '2027-03-28T02:00', '2027-03-28T01:00'],
    ['Europe/Lisbon', '2027-03-28T10:00', '2027-03-28T09:00'],
  ]
  for (const [zone, typed, utc] of cases) t.equal(at(zone, typed), utc, `${zone} ${typed}`)
  t.end()
})

t.test('what the wall shows, typed again, is the same moment, every half hour around the changes', (t) => {
  const twice: string[] = []
  for (const zone of [
    'Europe/Paris',
    'Europe/Lisbon',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Tokyo',
  ]) {
    for (const change of [
      '2026-10-25',
      '2027-03-28',
      '2026-11-01',
      '2027-03-14',
      '2026-10-04',
      '2027-04-04',
    ]) {
      const noon = Date.parse(`${change}T12:00Z`)
      for (let moment = noon - 26 * hour; moment < noon + 6 * hour; moment += hour / 2) {
        const again = instantAt(zone, wallTimeAt(zone, moment))
        if (again !== moment) twice.push(`${zone} ${String((moment - (again ?? 0)) / hour)}`)
      }
    }
  }
  // Only the second of two equal hours is read as the first: two halves each, and one half hour on Lord Howe Island.
  t.strictSame(twice, [
    'Europe/Paris 1',
    'Europe/Paris 1',
    'Europe/Lisbon 1',
    'Europe/Lisbon 1',
    'America/New_York 1',
    'America/New_York 1',
    'Australia/Lord_Howe 0.5',
  ])
  t.end()
})

t.test('what is no day and time is told from one', (t) => {
  const noTimes = [
    '',
    'tomorrow',
    '2026-11-25',
    '10:00',
    '2026-02-30T10:00',
    '2026-13-01T10:00',
    '2026-11-25T25:00',
  ]
  for (const typed of [
    ...noTimes,
    '2026-11-25T10:61',
    '2026-11-25T10:00Z',
    '9'.repeat(60_000),
    '0026-11-25T10:00',
  ]) {
    t.equal(instantAt('Europe/Paris', typed), null, typed.slice(0, 30))
  }
  t.equal(at('Europe/Paris', ' 2026-11-25 10:00 '), '2026-11-25T09:00', 'a browser without such fields')
  t.equal(at('Europe/Paris', '2026-11-25T10:00:30'), '2026-11-25T09:00')
  t.strictSame(['2026-11-25', '2028-02-29', '2027-02-29', '2026-11-32', '', 'x'].map(isDay), [
    true,
    true,
    false,
    false,
    false,
    false,
  ])
  t.end()
})

t.test('days are told by the clock of the space', (t) => {
  const moment = Date.parse('2026-11-25T23:30Z')
  t.equal(wallDayAt('Europe/Lisbon', moment), '2026-11-25')
  t.equal(wallDayAt('Europe/Paris', moment), '2026-11-26')
  t.end()
})
