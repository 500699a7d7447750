/** Who the member is, as the sender wrote it. */
export interface Contact {
  readonly name: string
  readonly email?: string
  readonly phone?: string
}

/** Small words of names that say nothing about who somebody is. */
const particles = new Set(
  'al and ap bin da das de del den der di do dos du el la las le les los of san st ten ter the van von y zu zum zur'.split(
    ' ',
  ),
)

const shortestPart = 2
const shortestPhone = 6
const shortestRun = 6

/**
 * Whether a text gives away the member: a part of the name, the e-mail address or the phone number. Case, accents and
 * invisible characters make no difference. Pure.
 * @param mayName the member agreed to be introduced by name
 */
export const givesAway = (text: string, contact: Contact, mayName: boolean): boolean => {
  const plain = plainOf(text)
  return (
    (!mayName && holdsName(plain, contact.name)) ||
    holdsEmail(plain, contact.email) ||
    holdsPhone(plain, contact.phone)
  )
}

/** Lower case without accents or invisible characters. */
const plainOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()

const holdsName = (plain: string, name: string): boolean => {
  const folded = plainOf(name)
  const parts = folded.split(/[^\p{L}\p{N}]+/u).filter(isTelling)
  return parts.some((part) => holdsWord(plain, part)) || holdsRunTogether(plain, folded)
}

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u

const isTelling = (part: string): boolean =>
  unspaced.test(part) || (part.length >= shortestPart && !particles.has(part))

/** The whole name without blanks or signs, in a text without them. */
const holdsRunTogether = (plain: string, name: string): boolean => {
  const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  return letters(name).length >= shortestRun && letters(plain).includes(letters(name))
}

/** As a whole word; in scripts that set no blanks between words, anywhere. */
const holdsWord = (plain: string, word: string): boolean => {
  if (unspaced.test(word)) return plain.includes(word)
  for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
    const before = plain.slice(0, at).at(-1) ?? ' '
    const after = plain[at + word.length] ?? ' '
    if (!/\p{L}/u.test(before) && !/\p{L}/u.test(after)) return true
  }
  return false
}

const holdsEmail = (plain: string, email: string | undefined): boolean => {
  if (email === undefined) return false
  const folded = plainOf(email)
  const local = folded.slice(0, folded.lastIndexOf('@'))
  return plain.includes(folded) || (local.length >= 4 && holdsWord(plain, local))
}

/** The last digits decide: the country code and a leading zero are written in many ways. */
const holdsPhone = (plain: string, phone: string | undefined): boolean => {
  const digits = phone?.replaceAll(/\D/g, '') ?? ''
  if (digits.length < shortestPhone) return false
  return plain
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .includes(digits.slice(-Math.max(shortestPhone, digits.length - 3)))
}
