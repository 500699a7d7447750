import { day, instant, millisOf } from '../platform/clock.ts'

/**
 * The clock on the wall of a space, and instants. A wall time is `2026-11-25T10:00`, as a `datetime-local` field of a
 * form holds it: it has no zone of its own.
 */

const wallForm = /^(2\d{3}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(\.\d+)?)?$/

/**
 * The instant at which the clock of a zone shows what was typed. An hour that comes twice (the end of summer time) is
 * taken as the first; one that is left out is read as if the clocks had not been moved yet, as in RFC 5545 §3.3.5.
 * @returns null for anything that is no day and time
 */
export const instantAt = (timezone: string, typed: string): number | null => {
  const wall = wallIn(typed)
  if (wall === null) return null
  const [early, late] = [wall - day, wall + day].map((at) => wall - offsetAt(timezone, at))
  const found = [early, late].find((at) => at !== undefined && at + offsetAt(timezone, at) === wall)
  return found ?? early ?? null
}

/** What was typed as if it were UTC; null when the calendar has no such day or the clock no such time. */
const wallIn = (typed: string): number | null => {
  const [, date, time] = wallForm.exec(typed.trim()) ?? []
  if (date === undefined || time === undefined) return null
  const text = `${date}T${time}`
  const wall = millisOf(`${text}Z`)
  return !Number.isNaN(wall) && instant(wall).startsWith(text) ? wall : null
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
const offsetAt = (timezone: string, at: number): number =>
  millisOf(`${wallTimeAt(timezone, at)}Z`) - Math.floor(at / 60_000) * 60_000

/** What the clock of a zone shows at an instant: `2026-11-25T10:00`. */
export const wallTimeAt = (timezone: string, at: number): string => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const [year, month, date] = [parts.get('year'), parts.get('month'), parts.get('day')]
  return `${year}-${month}-${date}T${parts.get('hour')}:${parts.get('minute')}`
}

/** The day on the wall of a zone: `2026-11-25`. */
export const wallDayAt = (timezone: string, at: number): string => wallTimeAt(timezone, at).slice(0, 10)

/** Whether somebody could have typed this day: `2026-11-25`, and the calendar has it. */
export const isDay = (typed: string): boolean => wallIn(`${typed}T00:00`) !== null
