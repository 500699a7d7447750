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

/** Accents of Latin, Greek and Cyrillic letters, and what picks the look of a sign. */
const accents = /[\u0300-\u036F]|\p{Variation_Selector}/gu

/**
 * Two spellings of one name fold to the same text: no case, accents, apostrophes and punctuation. Letters of every
 * script stay, with the marks that make another letter or a vowel in theirs: か is not が.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(accents, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[ßøłđðæœı]/g, (letter) => spelledOut[letter] ?? letter)
    .replaceAll(/['‘’‛ʻʼ`´]/g, '')
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
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
 * Folded words hold letters, marks and digits alone, so the quotes are safe.
 * @returns null for a text without words
 */
export const prefixQueryOf = (text: string): string | null =>
  wordsOf(text)
    .map((word) => `'${word}':*`)
    .join(' & ') || null
