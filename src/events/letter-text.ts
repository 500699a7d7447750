import { speechIn } from '../words/speech.ts'
import type { Letter } from './letter.tsx'

/** The same letter for those who read plain text. */
export const letterText = ({
  language,
  title,
  paragraphs,
  quote,
  facts,
  action,
  after,
  why,
}: Letter): string => {
  const t = speechIn(language ?? 'en')
  return [
    title,
    ...paragraphs,
    ...(quote === undefined ? [] : [t('wording.quote', { text: quote })]),
    ...(facts.length > 0 ? [facts.map((fact) => t('wording.line', { ...fact })).join('\n')] : []),
    ...(action ? [[action.say, ...(action.link ? [action.link.url] : [])].join('\n')] : []),
    after,
    `--\n${why}`,
  ].join('\n\n')
}
