/** Letters that Unicode does not take apart into a letter and a mark. */
const spelledOut: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
}

/** Two spellings of one name fold to the same text: no case, accents, apostrophes and punctuation; letters of every script stay. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßøłđðæœı]/g, (letter) => spelledOut[letter] ?? letter)
    .replaceAll(/['‘’‛ʻʼ`´]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Far longer than words are, and short enough for an index: one character may fold to many. */
const longestWord = 60

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => Array.from(word).slice(0, longestWord).join(''))

/** The words that a space is found by, each once, divided by single blanks. */
export const searchTextOf = (...texts: readonly string[]): string =>
  [...new Set(texts.flatMap(wordsOf))].join(' ')

/**
 * A `tsquery` in which every word of `text` is the beginning of a word: `'quiet':* & 'lyo':*`.
 * Folded words hold letters and digits alone, so the quotes are safe.
 * @returns null for a text without words
 */
export const prefixQueryOf = (text: string): string | null =>
  wordsOf(text)
    .map((word) => `'${word}':*`)
    .join(' & ') || null
