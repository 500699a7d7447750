import { nearlyNamed, placesNamed, townsOf } from './gazetteer.ts'

/** Where a city lies, by its name alone or with the country. */
type CityFound =
  | { readonly is: 'found'; readonly countryCode: string }
  /** Several countries have one of about the same size; the most populous first. */
  | { readonly is: 'several'; readonly countryCodes: readonly string[] }
  /** `meant` is what may have been meant, when the country is known. */
  | { readonly is: 'unknown'; readonly meant: string | null }

/** Who says Lyon means the one in France; who says Birmingham may mean either. */
const timesTheNext = 5

const mostToAsk = 6

export const countryOfCity = (city: string, countryCode: string | null): CityFound => {
  const [first, ...others] = placesNamed(city, countryCode)
  if (!first) {
    const near = countryCode === null ? null : nearlyNamed(city, townsOf(countryCode))
    return { is: 'unknown', meant: near?.name ?? null }
  }
  const rivals = others.filter(({ population }) => population * timesTheNext >= first.population)
  const countryCodes = [...new Set([first, ...rivals].map(({ country }) => country))]
  return countryCodes.length === 1
    ? { is: 'found', countryCode: first.country }
    : { is: 'several', countryCodes: countryCodes.slice(0, mostToAsk) }
}
