import type { Repair } from './record.ts'

// Controls, zero-width and direction marks, byte-order marks, private use, replacement character.
const invisible =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFD]|\p{Co}|\p{Cs}/gu // eslint-disable-line no-control-regex

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,6})|#x([\da-f]{1,5})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (whole, dec, hex, name) => {
      if (typeof name === 'string') return entities[name.toLowerCase()] ?? whole
      const code = typeof dec === 'string' ? Number(dec) : Number.parseInt(String(hex), 16)
      return code > 31 && code < 0x110000 && !(code >= 0xd800 && code <= 0xdfff)
        ? String.fromCodePoint(code)
        : ' '
    },
  )
}

const cp1252 = new Map(
  Array.from({ length: 128 }, (_, at) => [
    new TextDecoder('windows-1252').decode(Uint8Array.of(at + 128)),
    at + 128,
  ]),
)

/** 'CafÃ©' is UTF-8 that somebody read as Windows-1252 and saved again; the way back, or the text as it was. */
function undoDoubleEncoding(text: string): string {
  if (
    !/[\u00C2-\u00F4][\u0080-\u00BF\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u0192\u02C6\u02DC\u2013-\u2122\u20AC]/.test(
      text,
    )
  )
    return text
  const bytes: number[] = []
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    const byte = code < 128 ? code : cp1252.get(letter)
    if (byte === undefined) return text
    bytes.push(byte)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return text
  }
}

/** No cell of a directory is longer; what is beyond is somebody's mistake and not worth the time to read. */
const longest = 20_000

/**
 * One line of readable text, NFC: no control, bidi or zero-width characters, no-break spaces as blanks. What would
 * surprise a reader of the file is pushed to `repairs`; blanks are not worth a word.
 */
export function cleanText(raw: unknown, field: string, repairs: Repair[]): string | undefined {
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined
  const given = String(raw).slice(0, longest)
  const single = undoDoubleEncoding(given)
  if (single !== given) repairs.push({ field, what: 'double_encoding_undone', raw: shorten(given, 200) })
  const visible = single.replace(invisible, '')
  if (visible !== single.replace(/[\uFEFF\u00AD\u2028\u2029]/g, ''))
    repairs.push({ field, what: 'invisible_characters_removed' })
  const text = decodeEntities(visible).replace(/\s+/g, ' ').normalize('NFC').trim()
  return /^[-–—_.,;:?!*/\\|'"\s]*$/.test(text) ||
    /^(?:n\/?a|null|none|nil|undefined|nan|#n\/a|#ref!|-+)$/i.test(text)
    ? undefined
    : text
}

/** Cut at a word where there is one, with an ellipsis. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')
  const blank = cut.lastIndexOf(' ')
  return `${(blank > length * 0.6 ? cut.slice(0, blank) : cut).trimEnd()}…`
}

// Begins at the start of a word only, and 64 letters are the most that a mailbox may have: linear in any text.
const email =
  /(?<![^\s@<>()[\]",;:])[^\s@<>()[\]",;:]{1,64}\s?(?:@|\(at\)|\[at\])\s?[^\s@<>()[\]",;:]{1,253}\.[\p{L}]{2,}/giu
// Either an international prefix, or nine digits and more in at least two groups; years, prices and hours are shorter.
const phone =
  /(?:\b(?:tel|phone|fax|mob|mobile|whatsapp|telefon|téléphone|teléfono)\b\.?:?\s*)?(?:\+|\b00)\s?\d[\d\s().\-/]{6,}\d|\b(?:tel|phone|fax|mobile|whatsapp|telefon|téléphone|teléfono|call)\b\.?:?\s*\(?\d[\d\s().\-/]{4,}\d|(?<![\d.,/])\(?0\d{1,4}\)?[\s.\-/]\d[\d\s.\-/]{5,}\d(?!\d)|(?<![\d.,])\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)/giu
const handle = /(?:^|(?<=[\s(,;]))@[\w.]{3,30}\b/gu

/** Text without e-mail addresses and phone numbers. */
export function withoutContacts(text: string): string {
  const bare = text.replace(email, '').replace(phone, '')
  if (bare === text) return text
  return bare
    .replace(/\(\s*\)|\[\s*\]/g, '')
    .replace(/\s+([,.;:])/g, '$1')
    .replace(/\s{2,}/g, ' ')
    .replace(/[\s,;:(-]+$/, '')
    .trim()
}

/** Prose without contacts, account names and markup. */
export function plainProse(text: string): string {
  return withoutContacts(text.replace(/<[a-z/!][^>]{0,300}>/gi, ' ').replace(handle, ''))
}

/** True where single bytes of another alphabet were read as Western letters: 'Ìîñêâà' is nobody's name. */
export function looksGarbled(text: string): boolean {
  return /[\u00C0-\u00FF]{5,}/.test(text) || /\uFFFD{2,}|\?{4,}/.test(text)
}
