import { parse, CsvError, type Info } from 'csv-parse'
import { Readable } from 'node:stream'
import { ImportFileError } from './import-file-error.ts'

interface CsvRecord {
  cells: string[]
  /** Line of the file on which the record begins. */
  line: number
}

const marks = [',', ';', '\t', '|'] as const

/** The mark that splits the first lines most often outside quotes; the comma where none does. */
function delimiterOf(head: string): string {
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
  const hint = /^sep=(.)$/i.exec(lines[0] ?? '')
  if (hint?.[1] !== undefined) return hint[1]
  const bare = lines.slice(0, 5).map((line) => line.replace(/"[^"]*"/g, ''))
  const score = (mark: string): number =>
    Math.max(0, ...bare.slice(0, 3).map((line) => line.split(mark).length - 1))
  return marks.reduce<string>((best, mark) => (score(mark) > score(best) ? mark : best), ',')
}

/** Peeks at the first piece of a text without losing it. */
async function withHead(text: AsyncIterable<string>): Promise<{ head: string; all: AsyncGenerator<string> }> {
  const source = text[Symbol.asyncIterator]()
  const first = await source.next()
  const head = first.done === true ? '' : first.value
  async function* all(): AsyncGenerator<string> {
    yield head
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
  }
  return { head, all: all() }
}

/**
 * The records of a delimited file, ragged or not: short and long records, quotes in the middle of cells, line breaks
 * inside quotes. The delimiter is found by looking.
 *
 * Throws ImportFileError `not_csv`, naming the line, after all records before the fault.
 */
export async function* csvRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const { head, all } = await withHead(text)
  const parser = parse({
    delimiter: delimiterOf(head),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    bom: true,
    max_record_size: 1_000_000,
    // Files glued together end their lines differently; left alone the parser trusts the first ending it meets.
    record_delimiter: ['\r\n', '\n', '\r'],
  })
  const source = Readable.from(all)
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let last = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (record.length === 1 && /^sep=.$/i.test(record[0] ?? '') && last === 0) continue
      yield { cells: record, line: last + 1 }
      last = info.lines
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const why = /QUOTE|MAX_RECORD/.test(error.code)
      ? 'a quotation mark that opens there is never closed'
      : error.message
    throw new ImportFileError('not_csv', `Cannot read on after line ${last}: ${why}.`)
  } finally {
    source.destroy()
    parser.destroy()
  }
}
