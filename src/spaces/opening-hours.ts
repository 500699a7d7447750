import { createRequire } from 'node:module'
import type Reader from 'opening_hours'

const require = createRequire(import.meta.url)

/** Holidays differ from country to country, and only the syntax is judged here: any place that has both kinds will do. */
const somewhere = { lat: 52.5, lon: 13.4, address: { country_code: 'de', state: 'Berlin' } }

/** The longest value that OpenStreetMap holds; the parser is not meant for more. */
const longest = 255

/**
 * Opening hours as OpenStreetMap writes them, in the eyes of the package that will read them.
 * @returns the text itself; what the package takes it for, where that is written otherwise: `Mo-Fr 09:00-18:00` for
 * `Mon-Fri 9am-6pm`; null where it understands nothing of it
 */
export const readOpeningHours = (text: string): string | null => {
  const read = text.length > longest ? null : quietly(() => parsed(text))
  return read === null || read === '' || isMadeComment(read, text) ? null : read
}

/** The package is loaded with the first opening hours, as it is large and profiles change seldom. */
const parsed = (text: string): string | null => {
  const OpeningHours = require('opening_hours') as typeof Reader
  try {
    const hours = new OpeningHours(text, somewhere)
    return hours.getWarnings().length > 0 ? hours.prettifyValue() : text
  } catch {
    return null
  }
}

/** Prose that the package saves by putting all of it between quotes. */
const isMadeComment = (read: string, text: string): boolean => /^"[^"]*"$/.test(read) && !text.startsWith('"')

/* eslint-disable no-console -- the package prints what it cannot read, and a telephone number may stand there */
const quietly = <T>(read: () => T): T => {
  const { error, warn } = console
  console.error = console.warn = () => undefined
  try {
    return read()
  } finally {
    Object.assign(console, { error, warn })
  }
}
/* eslint-enable no-console */
