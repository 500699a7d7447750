import { day, instant, millisOf } from '../platform/clock.ts'
import type { Fields } from './own-forms.ts'
import { instantAt, isDay, wallDayAt } from './space-time.ts'

/** Days by the clock of a space, both of them included, as they stand in the form. */
export interface LogDays {
  readonly from: string
  readonly to: string
}

/** What is wrong with the days that were typed, by the field. */
export type LogFaults = Partial<Record<keyof LogDays, string>>

const usual = 30
const longest = 366

/** The days that were asked for; the last thirty, where none were. */
export const daysIn = ({ from, to }: Fields, timezone: string, now: number): LogDays => {
  const end = to ?? wallDayAt(timezone, now)
  return { from: from ?? (isDay(end) ? dayBefore(end, usual - 1) : end), to: end }
}

const dayBefore = (of: string, days: number) => instant(millisOf(of) - days * day).slice(0, 10)

export const faultsOf = ({ from, to }: LogDays): LogFaults => {
  if (!isDay(from)) return { from: 'Please choose a day.' }
  if (!isDay(to)) return { to: 'Please choose a day.' }
  if (from > to) return { from: 'That is after the last day.' }
  if (from < dayBefore(to, longest - 2)) return { from: 'Please choose a year at most.' }
  return {}
}

/** From the first moment of the first day to that after the last one. @throws for what `faultsOf` finds fault with */
export const momentsOf = ({ from, to }: LogDays, timezone: string) => {
  const midnight = (of: string) => {
    const at = instantAt(timezone, `${of}T00:00`)
    if (at === null) throw new Error(`${of} is no day`)
    return instant(at)
  }
  return { from: midnight(from), to: midnight(dayBefore(to, -1)) }
}
