import countries from 'i18n-iso-countries/index.js'
import { fold } from '../spaces/fold.ts'

const english = new Intl.DisplayNames(['en-GB'], { type: 'region' })

/** `France`; a code that no country has stays as it is. */
export const countryInWords = (code: string): string => english.of(code) ?? code

/** Every country, by its name. */
export const countryChoices: readonly { readonly code: string; readonly name: string }[] = Object.keys(
  countries.getAlpha2Codes(),
)
  .map((code) => ({ code, name: countryInWords(code) }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'))

const byWord = new Map(
  countryChoices.flatMap(({ code, name }) => [fold(name), fold(code)].map((word) => [word, code])),
)

/** The code of a country that is called by its name or its code; null for anything else. */
export const countryCalled = (text: string): string | null => byWord.get(fold(text)) ?? null
