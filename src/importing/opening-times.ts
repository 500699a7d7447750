import { readOpeningHours } from '../spaces/opening-hours.ts'
import type { Repair } from './record.ts'
import { shorten } from './text.ts'

/** Opening hours that can be read, corrected where need be; the rest is left out. Both are repairs with the raw value. */
export function chooseOpeningHours(raw: string | undefined, repairs: Repair[]): string | undefined {
  const text = raw?.trim() ?? ''
  if (text === '') return undefined
  const read = readOpeningHours(text)
  if (read === null)
    repairs.push({ field: 'openingHours', what: 'opening_hours_invalid', raw: shorten(text, 255) })
  else if (read !== text) repairs.push({ field: 'openingHours', what: 'opening_hours_corrected', raw: text })
  return read ?? undefined
}

/** True for hours that never end. */
export function isAroundTheClock(hours: string | undefined): boolean {
  return (
    hours !== undefined &&
    /^(?:24\/7|(?:Mo-Su,?\s*(?:PH\s*)?)?00:00-24:00)(?:;\s*PH\s+(?:off|24\/7))?$/.test(hours)
  )
}
