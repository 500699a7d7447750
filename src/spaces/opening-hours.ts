import OpeningHours from 'opening_hours'

/** Holidays differ from country to country, and only the syntax is judged here: any place that has both kinds will do. */
const somewhere = { lat: 52.5, lon: 13.4, address: { country_code: 'de', state: 'Berlin' } }

/** Whether the text is OpenStreetMap's syntax of opening hours, in the eyes of the package that will read it. */
export const isOpeningHours = (text: string): boolean => {
  try {
    return new OpeningHours(text, somewhere) instanceof OpeningHours
  } catch {
    return false
  }
}
