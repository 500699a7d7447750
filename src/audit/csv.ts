/** A table as RFC 4180 writes it. */

// A program that opens the file takes a cell that begins so for a formula, and carries it out.
const formula = /^[=+\-@\t\r]/

const cell = (text: string): string => {
  const harmless = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** One line of it. What would be taken for a formula is marked as text. */
export const csvLine = (cells: readonly (string | null)[]): string =>
  `${cells.map((text) => cell(text ?? '')).join(',')}\r\n`
