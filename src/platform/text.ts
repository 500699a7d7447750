/** What holds for all text that comes in, wherever it comes from. Pure. */

/** Every string in it without NUL and halves of surrogate pairs, which PostgreSQL and readers further on stumble over. */
export const isCleanText = (value: unknown): boolean =>
  stringsIn(value).every((text) => text.isWellFormed() && !text.includes('\u0000'))

/** Keys and values, however deep: a stack of our own, as what comes in may be nested deeper than calls may be. */
const stringsIn = (value: unknown): string[] => {
  const strings: string[] = []
  const open = [value]
  for (let at = 0; at < open.length; at += 1) {
    const one = open[at]
    if (typeof one === 'string') strings.push(one)
    else if (isHolder(one)) open.push(...Object.entries(one).flat())
  }
  return strings
}

/** The value itself with every string in NFC: a letter with its accent is one spelling, whichever way it was typed. */
export const inNfc = (value: unknown): unknown => {
  if (typeof value === 'string') return value.normalize('NFC')
  const open = [value]
  for (let at = 0; at < open.length; at += 1) {
    const holder = open[at]
    if (!isHolder(holder)) continue
    for (const [key, inner] of Object.entries(holder)) {
      if (typeof inner === 'string') holder[key] = inner.normalize('NFC')
      else open.push(inner)
    }
  }
  return value
}

const isHolder = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
