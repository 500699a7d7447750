import { day, dayOf, millisOf, minute } from '../../src/platform/clock.ts'

/** The days of a history on the calendar: it ends where today begins, UTC. */
export interface Calendar {
  /** Milliseconds since 1970 of a minute of the history. */
  at(minuteOfHistory: number): number
  /** `2026-11-23` */
  dayOf(dayOfHistory: number): string
  /** The same, counted from the end. */
  dayIn(daysFromEnd: number): string
}

export const calendarOf = (days: number, now: number): Calendar => {
  const end = millisOf(dayOf(now))
  const start = end - days * day
  return {
    at: (minuteOfHistory) => start + minuteOfHistory * minute,
    dayOf: (dayOfHistory) => dayOf(start + dayOfHistory * day),
    dayIn: (daysFromEnd) => dayOf(end + daysFromEnd * day),
  }
}
