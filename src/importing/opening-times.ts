import OpeningHours from 'opening_hours'
import type { Repair } from './record.ts'
import { shorten } from './text.ts'

// Public and school holidays differ per country and not every country is known to the package; here only the syntax
// is judged, so any place with both kinds of holiday will do.
const somewhere = { lat: 52.5, lon: 13.4, address: { country_code: 'de', state: 'Berlin' } }

function parse(text: string): OpeningHours | null {
  try {
    return new OpeningHours(text, somewhere)
  } catch {
    return null
  }
}

/**
 * Opening hours in OSM syntax. What parses cleanly is kept as it stands; what parses after the package's own
 * corrections ("Mon-Fri 9am-6pm") is kept corrected; the rest is left out. Both are repairs with the raw value.
 */
export function readOpeningHours(raw: string | undefined, repairs: Repair[]): string | undefined {
  const text = raw?.trim() ?? ''
  if (text === '') return undefined
  // 255 characters is the longest value that OSM holds; the parser is not meant for more.
  const parsed = text.length <= 255 ? parse(text) : null
  if (parsed === null) {
    repairs.push({ field: 'openingHours', what: 'opening_hours_invalid', raw: shorten(text, 255) })
    return undefined
  }
  const corrected = parsed.getWarnings().length > 0 ? parsed.prettifyValue() : text
  if (/^"[^"]*"$/.test(corrected) && !text.startsWith('"')) {
    repairs.push({ field: 'openingHours', what: 'opening_hours_invalid', raw: text })
    return undefined
  }
  if (corrected !== text) repairs.push({ field: 'openingHours', what: 'opening_hours_corrected', raw: text })
  return corrected
}

/** True for hours that never end. */
export function isAroundTheClock(hours: string | undefined): boolean {
  return (
    hours !== undefined &&
    /^(?:24\/7|(?:Mo-Su,?\s*(?:PH\s*)?)?00:00-24:00)(?:;\s*PH\s+(?:off|24\/7))?$/.test(hours)
  )
}
