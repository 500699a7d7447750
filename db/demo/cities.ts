/** A real city, and what spaces in it have in common. */
export interface City {
  readonly name: string
  readonly countryCode: string
  readonly lat: number
  readonly lon: number
  readonly languages: readonly string[]
  readonly currency: string
  /** What a day costs there, about. */
  readonly dayPrice: number
  /** The beginning of telephone numbers that the country keeps for fiction, all but the last two digits; '' for none. */
  readonly phone: string
}

const city = (
  name: string,
  countryCode: string,
  [lat, lon]: readonly [number, number],
  languages: string,
  [currency, dayPrice]: readonly [string, number],
  phone = '',
): City => ({ name, countryCode, lat, lon, languages: languages.split(' '), currency, dayPrice, phone })

export const cities = {
  paris: city('Paris', 'FR', [48.8566, 2.3522], 'fr en', ['EUR', 28], '+33 6 39 98 11 '),
  lyon: city('Lyon', 'FR', [45.764, 4.8357], 'fr en', ['EUR', 22], '+33 6 39 98 22 '),
  berlin: city('Berlin', 'DE', [52.52, 13.405], 'de en', ['EUR', 22]),
  lisboa: city('Lisboa', 'PT', [38.7223, -9.1393], 'pt en', ['EUR', 18]),
  porto: city('Porto', 'PT', [41.1579, -8.6291], 'pt en', ['EUR', 15]),
  barcelona: city('Barcelona', 'ES', [41.3874, 2.1686], 'es ca en', ['EUR', 20]),
  london: city('London', 'GB', [51.5072, -0.1276], 'en', ['GBP', 30], '+44 7700 9001'),
  montreal: city('Montréal', 'CA', [45.5019, -73.5674], 'fr en', ['CAD', 30], '+1 514 555 01'),
  chicago: city('Chicago', 'US', [41.8781, -87.6298], 'en es', ['USD', 32], '+1 312 555 01'),
  saoPaulo: city('São Paulo', 'BR', [-23.5505, -46.6333], 'pt en', ['BRL', 70]),
  mexico: city('Ciudad de México', 'MX', [19.4326, -99.1332], 'es en', ['MXN', 280]),
  nairobi: city('Nairobi', 'KE', [-1.2921, 36.8219], 'en sw', ['KES', 1500]),
  capeTown: city('Cape Town', 'ZA', [-33.9249, 18.4241], 'en af xh', ['ZAR', 220]),
  seoul: city('Seoul', 'KR', [37.5665, 126.978], 'ko en', ['KRW', 22_000]),
  tokyo: city('Tokyo', 'JP', [35.6762, 139.6503], 'ja en', ['JPY', 2_200]),
  bengaluru: city('Bengaluru', 'IN', [12.9716, 77.5946], 'en kn hi', ['INR', 550]),
  melbourne: city('Melbourne', 'AU', [-37.8136, 144.9631], 'en', ['AUD', 38]),
} as const satisfies Record<string, City>

export type CityKey = keyof typeof cities
