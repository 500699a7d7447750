import type { FileFacts } from '../importing/read-rows.ts'
import type { Repair } from '../importing/record.ts'
import type { Accepted, ImportSummary, RowReport } from '../importing/row-report.ts'

/** What a file says goes to a terminal without the characters that steer one. */
const steering = /[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu

const plain = (text: string): string => text.replace(steering, ' ')

const words = (code: string): string => code.replaceAll('_', ' ')

/** How the file was understood, in a line. */
export const fileInWords = ({ format, encoding, columns = [] }: FileFacts): string => {
  const titles = columns
    .filter(({ meaning }) => meaning === null)
    .map(({ title }) => plain(title.slice(0, 40)))
  const unused = titles.length === 0 ? '' : ` Columns not used: ${titles.join(', ')}.`
  return `Reading ${format === 'osm' ? 'OpenStreetMap JSON' : 'CSV'} (${encoding}).${unused}`
}

/** A line on a row that a person may want to look at; null for those that went in, or stayed, as they are. */
export const rowInWords = (report: RowReport): string | null => {
  const what = happened(report)
  if (what === null) return null
  const line = report.line === undefined ? '' : ` (line ${String(report.line)})`
  return plain(`row ${String(report.row)}${line}  ${report.label || 'without a name'}: ${what}`)
}

const happened = (report: RowReport): string | null => {
  switch (report.outcome) {
    case 'rejected':
      return `rejected, ${report.detail}`
    case 'duplicate':
      return `the same as row ${String(report.ofRow)} (${words(report.reason)})`
    case 'unchanged':
      return report.because === 'claimed'
        ? 'has changed, but the space speaks for itself now: left alone'
        : null
    case 'accepted':
      return remarks(report).join('; ') || null
  }
}

const remarks = ({ repairs, possibleDuplicateOf, spaceId }: Accepted): string[] => {
  const repaired = repairs.length === 0 ? [] : [`repaired, ${repairs.map(repairInWords).join(', ')}`]
  if (!possibleDuplicateOf) return repaired
  const { name, spaceId: other } = possibleDuplicateOf
  return [...repaired, `perhaps the same as ${name}: waggle merge ${spaceId} ${other}`]
}

const repairInWords = ({ field, what, raw }: Repair): string => {
  const done = words(what)
  const repaired = done.startsWith(field) ? done : `${field} ${done}`
  return raw === undefined ? repaired : `${repaired} “${raw.slice(0, 60)}”`
}

export const summaryInWords = (summary: ImportSummary): string => {
  const { rows, accepted, repaired, duplicates, rejected, unchanged } = summary
  const counts = `${String(accepted)} accepted (${String(repaired)} of them repaired), ${String(duplicates)} duplicates`
  return `${String(rows)} rows: ${counts}, ${String(rejected)} rejected, ${String(unchanged)} unchanged.`
}
