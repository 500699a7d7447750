import type { FastifyRequest } from 'fastify'
import { acceptedLanguage, languageNames, languageOf, languages, type Language } from '../words/language.ts'
import { speechIn } from '../words/speech.ts'

/** What was asked for by `?lang=` in a page's address, kept in its forms; null when nothing that we speak was. */
export const askedLanguage = ({ query }: FastifyRequest): Language | null => {
  const asked = (query as Readonly<Record<string, unknown>>)['lang']
  return typeof asked === 'string' ? languageOf(asked) : null
}

/** The language of a page: what its address asks for, else the reader's own, else the browser's, else English. */
export const languageFor = (request: FastifyRequest, ofReader: string | null): Language =>
  askedLanguage(request) ??
  languageOf(ofReader) ??
  acceptedLanguage(request.headers['accept-language'] ?? '') ??
  'en'

/** The same address with `?lang=`, or as it is when the reader asked for no language. */
export const inLanguage = (path: string, asked: Language | null): string =>
  asked === null ? path : `${path}?lang=${asked}`

/** Leads to the same page in the other languages. */
export const LanguageSwitch = ({ current }: { current: Language }) => (
  <nav class="langs" aria-label={speechIn(current)('page.languages')}>
    {languages.map((language) => (
      <a
        key={language}
        href={inLanguage('', language)}
        lang={language}
        hreflang={language}
        aria-current={language === current ? 'page' : undefined}
      >
        {languageNames[language]}
      </a>
    ))}
  </nav>
)
