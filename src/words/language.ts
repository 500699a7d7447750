/** The languages that Waggle speaks to members, in the order in which they are offered. */
export const languages = ['en', 'fr', 'de', 'es', 'pt'] as const
export type Language = (typeof languages)[number]

/** What each calls itself. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
  es: 'Español',
  pt: 'Português',
}

/** The variety that days, times and numbers are written in. */
export const locales: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  fr: 'fr-FR',
  de: 'de-DE',
  es: 'es-ES',
  pt: 'pt-PT',
}

/** The part of a language tag that names the language: `fr` of `fr-CA` (BCP 47, primary subtag). */
export const primarySubtag = (tag: string): string => tag.trim().split('-', 1).join('').toLowerCase()

/** The language of a tag, whatever its region or script; null when Waggle does not speak it. */
export const languageOf = (tag: string | null): Language | null => {
  const primary = tag === null ? null : primarySubtag(tag)
  return languages.find((language) => language === primary) ?? null
}

/** The language that a browser likes best of those that Waggle speaks (RFC 9110 §12.5.4); null when there is none. */
export const acceptedLanguage = (header: string): Language | null => {
  const ranges = header.split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';')
    const weight = parameters.map((part) => /^\s*q=([\d.]+)\s*$/.exec(part)?.[1]).find(Boolean)
    return { language: languageOf(tag), weight: Number(weight ?? 1) }
  })
  const liked = ranges.filter(({ language, weight }) => language !== null && weight > 0)
  return liked.sort((a, b) => b.weight - a.weight)[0]?.language ?? null
}
