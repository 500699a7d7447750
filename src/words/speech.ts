import { createInstance, type TFunction } from 'i18next'
import { words as german } from './de/words.ts'
import { words as english } from './en/words.ts'
import { words as spanish } from './es/words.ts'
import { words as french } from './fr/words.ts'
import { locales, type Language } from './language.ts'
import { words as portuguese } from './pt/words.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof english }
    /** A text whose variables are not all given does not type-check. */
    strictInterpolationChecks: true
  }
}

interface Texts {
  readonly [name: string]: string | Texts
}

/** In French, what is spaced off a word stays on its line. */
const keptTogether = (text: string) => text.replaceAll(/(?<=«) | (?=[:;?!»])/g, '\u00a0')

const typeset = (part: Texts): Texts =>
  Object.fromEntries(
    Object.entries(part).map(([name, text]) => [
      name,
      typeof text === 'string' ? keptTogether(text) : typeset(text),
    ]),
  )

/** An instance for one language, ready at once. It escapes nothing: pages do, and plain mails must not. */
const speaking = (language: Language, translation: Texts): TFunction => {
  const lng = locales[language]
  const resources = { [lng]: { translation } }
  const interpolation = { escapeValue: false }
  const instance = createInstance({ lng, resources, interpolation, fallbackLng: false, initAsync: false })
  void instance.init()
  return instance.t
}

const speeches: Readonly<Record<Language, TFunction>> = {
  en: speaking('en', english),
  fr: speaking('fr', typeset(french)),
  de: speaking('de', german),
  es: speaking('es', spanish),
  pt: speaking('pt', portuguese),
}

/** Says the texts of this room in a language; names and other values that are put into them stay as they are. */
export const speechIn = (language: Language): TFunction => speeches[language]

type Choice = 'stay' | 'desk' | 'how' | 'terms' | 'amenity'

const choices: Readonly<Record<Language, Readonly<Record<Choice, Readonly<Record<string, string>>>>>> = {
  en: english.wording,
  fr: french.wording,
  de: german.wording,
  es: spanish.wording,
  pt: portuguese.wording,
}

/** The word for what was chosen. A choice that we have no words for yet is shown as it is: `by_pigeon` becomes `by pigeon`. */
export const choiceIn = (language: Language, of: Choice, choice: string): string => {
  const words = choices[language][of]
  return (Object.hasOwn(words, choice) ? words[choice] : undefined) ?? choice.replaceAll('_', ' ')
}
