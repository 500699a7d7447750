import type { Letter } from './letter.tsx'

/** The same letter for those who read plain text. */
export const letterText = ({ title, paragraphs, quote, facts, action, after, why }: Letter): string =>
  [
    title,
    ...paragraphs,
    ...(quote === undefined ? [] : [`“${quote}”`]),
    ...(facts.length > 0 ? [facts.map(({ term, text }) => `${term}: ${text}`).join('\n')] : []),
    ...(action ? [[action.say, ...(action.link ? [action.link.url] : [])].join('\n')] : []),
    after,
    `--\n${why}`,
  ].join('\n\n')
