import countries from 'i18n-iso-countries'
import { fold } from '../spaces/fold.ts'

/** Spellings that no list of official names holds: parts of countries, habits, abbreviations. */
const others: Record<string, string> = {
  england: 'GB', scotland: 'GB', wales: 'GB', 'northern ireland': 'GB', 'great britain': 'GB', britain: 'GB', 'u k': 'GB', uk: 'GB',
  'united kingdom of great britain': 'GB', 'u s a': 'US', 'u s': 'US', usa: 'US', america: 'US', 'united states': 'US',
  'united states of america': 'US', eeuu: 'US', 'ee uu': 'US', 'etats unis': 'US', holland: 'NL', 'the netherlands': 'NL', korea: 'KR',
  'south korea': 'KR', 'republic of korea': 'KR', 'czech republic': 'CZ', czechia: 'CZ', 'ivory coast': 'CI', macedonia: 'MK',
  'north macedonia': 'MK', 'hong kong': 'HK', 'hong kong sar': 'HK', macau: 'MO', macao: 'MO', vietnam: 'VN', 'viet nam': 'VN', russia: 'RU', laos: 'LA',
  uae: 'AE', 'u a e': 'AE', emirates: 'AE', dubai: 'AE', brd: 'DE', burma: 'MM', swaziland: 'SZ', 'cape verde': 'CV',
  palestine: 'PS', 'prc': 'CN', 'mainland china': 'CN', turkey: 'TR', 'republic of ireland': 'IE', eire: 'IE', kosovo: 'XK', 'the gambia': 'GM',
  bolivia: 'BO', venezuela: 'VE', iran: 'IR', syria: 'SY', tanzania: 'TZ', moldova: 'MD', taiwan: 'TW', 'taiwan roc': 'TW', 'puerto rico': 'PR',
  'trinidad': 'TT', bosnia: 'BA', 'new zealand aotearoa': 'NZ', cymru: 'GB', alba: 'GB',
} // prettier-ignore

let byName: Map<string, string> | undefined

/** All names in all languages of the package; English is entered first and wins where two languages disagree. */
function names(): Map<string, string> {
  if (byName !== undefined) return byName
  byName = new Map(Object.entries(others))
  for (const language of ['en', ...countries.getSupportedLanguages()])
    for (const [code, list] of Object.entries(countries.getNames(language, { select: 'all' })))
      for (const name of list) {
        const key = fold(name)
        if (key !== '' && !byName.has(key)) byName.set(key, code)
      }
  return byName
}

/** ISO 3166-1 alpha-2 code for a code or a name in any of 70 languages; null when it is not understood. */
export function countryCodeOf(raw: string): string | null {
  const text = fold(raw)
  const byWord = names().get(text)
  if (byWord !== undefined) return byWord
  const code = raw.replace(/[\s.]/g, '').toUpperCase()
  if (/^[A-Z]{2}$/.test(code)) return countries.isValid(code) ? code : null
  if (/^[A-Z]{3}$/.test(code)) return countries.alpha3ToAlpha2(code) ?? null
  return names().get(text.replace(/^(?:the|la|le|les|el|die|der) | (?:the|republic)$/g, '')) ?? null
}
