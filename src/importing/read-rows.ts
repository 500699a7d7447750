import { basename } from 'node:path'
import { fold } from '../spaces/fold.ts'
import { readHeader, type Column } from './csv-columns.ts'
import { csvDraft, type CsvLayout } from './csv-profile.ts'
import { csvRecords } from './csv-records.ts'
import { detectFormat, type Detected, type FileFormat } from './detect-format.ts'
import type { Draft, FileSources, Rejection } from './draft.ts'
import { fileText } from './file-text.ts'
import { finish } from './finish.ts'
import { ImportFileError } from './import-file-error.ts'
import { jsonItems } from './json-items.ts'
import { cornerPositions, isCorner, readOsmObject, type OsmObject } from './osm-object.ts'
import { osmDraft } from './osm-profile.ts'
import type { ReadRow } from './record.ts'
import { rememberRows } from './seen-rows.ts'
import { looksGarbled, withoutContacts } from './text.ts'

/** What is known of the file before its first row. */
export interface FileFacts {
  format: FileFormat
  encoding: string
  /** Bytes of the file, for a progress bar. */
  size: number
  /** CSV: how each column was understood; null for a column that is not used. */
  columns?: { title: string; meaning: Column | null }[]
}

export interface ReadOptions {
  /** Overrides the guess. */
  format?: FileFormat
  /** Where rows come from that are not OpenStreetMap's: a code of a-z, 0-9 and _. From the file's name when absent. */
  source?: string
  onFile?: (facts: FileFacts) => void
  /** Bytes read so far. */
  onBytes?: (read: number) => void
}

interface RawRow {
  row: number
  line?: number
  label: string
  draft: Draft | Rejection
}

interface Source {
  path: string
  detected: Detected
  names: FileSources
  options: ReadOptions
}

const unreadable: Rejection = {
  reason: 'unreadable_row',
  detail: 'neither a GeoJSON feature nor an Overpass element',
}

function rawOsmRow(row: number, item: unknown, source: Source): RawRow | { row: number; waiting: OsmObject } {
  const object = readOsmObject(item)
  if (object === null) return { row, label: '', draft: unreadable }
  if (object.position === null && object.nodes.length > 0) return { row, waiting: object }
  return osmRow(row, object, source)
}

const osmRow = (row: number, object: OsmObject, source: Source): RawRow => ({
  row,
  label: object.tags['name'] ?? object.osmId ?? '',
  draft: osmDraft(object, source.names),
})

async function* osmRows(source: Source): AsyncGenerator<RawRow> {
  const { path, detected, options } = source
  const waiting: { row: number; waiting: OsmObject }[] = []
  let row = 0
  let remark: string | undefined
  let listed = false
  for await (const found of jsonItems(fileText(path, detected.encoding, options.onBytes))) {
    listed ||= found.kind === 'top' ? found.hadList : true
    const single = found.kind === 'top' && !found.hadList && readOsmObject(found.value) !== null
    if (found.kind === 'top' && !single) remark ??= remarkOf(found.value)
    if ((found.kind === 'top' && !single) || isCorner(found.value)) continue
    listed = true
    row += 1
    const raw = rawOsmRow(row, found.value, source)
    if ('waiting' in raw) waiting.push(raw)
    else yield raw
  }
  if (waiting.length > 0) yield* outlinedRows(waiting, source)
  if (remark !== undefined)
    throw new ImportFileError(
      'incomplete_answer',
      `Overpass did not finish, so rows may be missing: ${remark}`,
    )
  if (!listed)
    throw new ImportFileError(
      'no_list_of_spaces',
      'This JSON has no list "features" (GeoJSON) or "elements" (Overpass).',
    )
}

/** Overpass says in `remark` that it ran out of time or memory; the file is well-formed all the same. */
function remarkOf(top: unknown): string | undefined {
  const text = typeof top === 'object' && top !== null && 'remark' in top ? top.remark : undefined
  return typeof text === 'string' && /error|timed out|out of memory/i.test(text)
    ? text.slice(0, 200)
    : undefined
}

/** Ways of an answer with `out body; >; out skel;` know only their corners, which stand anywhere in the file. */
async function* outlinedRows(
  rows: { row: number; waiting: OsmObject }[],
  source: Source,
): AsyncGenerator<RawRow> {
  const wanted = new Set(rows.flatMap(({ waiting }) => waiting.nodes))
  const place = cornerPositions(wanted)
  for await (const found of jsonItems(fileText(source.path, source.detected.encoding)))
    if (found.kind === 'item') place.take(found.value)
  for (const { row, waiting } of rows)
    yield osmRow(row, { ...waiting, position: place.middleOf(waiting.nodes) }, source)
}

function layoutOf(cells: string[], source: Source): CsvLayout | null {
  const columns = readHeader(cells)
  if (columns === null) return null
  const { detected, options, names } = source
  const facts = cells.map((title, at) => ({ title, meaning: columns[at] ?? null }))
  options.onFile?.({ format: 'csv', encoding: detected.encoding.name, size: detected.size, columns: facts })
  return { titles: cells, columns, sources: names }
}

/** A title or a date may stand above the header; farther down nobody keeps one. */
const headerWithin = 10

async function* csvRows(source: Source): AsyncGenerator<RawRow> {
  let layout: CsvLayout | null = null
  let row = 0
  let before = 0
  let firstCells: string[] = []
  for await (const { cells, line } of csvRecords(
    fileText(source.path, source.detected.encoding, source.options.onBytes),
  )) {
    if (layout === null) {
      layout = layoutOf(cells, source)
      if (before === 0) firstCells = cells
      before += 1
      if (layout === null && before >= headerWithin) break
      continue
    }
    row += 1
    const name = cells[layout.columns.indexOf('name')] ?? ''
    yield { row, line, label: name.trim(), draft: csvDraft(cells, layout) }
  }
  if (layout === null) throw noNameColumn(firstCells, source)
}

function noNameColumn(cells: string[], { detected }: Source): ImportFileError {
  const titles = cells
    .map((cell) => cell.slice(0, 30))
    .slice(0, 8)
    .join(', ')
  return detected.encoding.fallback && looksGarbled(titles)
    ? new ImportFileError(
        'unknown_format',
        'Line 1: the letters are neither UTF-8, UTF-16 nor Western; save the file as UTF-8.',
      )
    : new ImportFileError(
        'no_name_column',
        `Line 1: no column is a name, so this is no directory of spaces. It begins: ${titles}`,
      )
}

/** Letters that only the fallback decoder, or a right UTF-8 file, could have produced; see Encoding. */
const western = /[\u0080-\u00FF\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u2013-\u2022\u20AC]/

/** A list without ids is the same list under another file name; ids of a file's own mean something in that file alone. */
function sourcesOf(path: string, format: FileFormat, chosen: string | undefined): FileSources {
  const file = fold(basename(path).replace(/\.[^.]*$/, ''))
  const code = file.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  return {
    withIds: chosen ?? (code.slice(0, 40) || 'file'),
    withoutIds: chosen ?? (format === 'csv' ? 'csv' : 'geojson'),
  }
}

/**
 * Reads a file of spaces row by row, in bounded memory: OSM as GeoJSON or Overpass JSON, or a CSV of any habit.
 *
 * Every row comes out once, as a profile, a duplicate of an earlier row, or a rejection with its reason. Throws
 * ImportFileError for a fault of the file as a whole, after the rows before it.
 */
export async function* readRows(path: string, options: ReadOptions = {}): AsyncGenerator<ReadRow> {
  const detected = await detectFormat(path, options.format)
  const source: Source = { path, detected, names: sourcesOf(path, detected.format, options.source), options }
  const outcomeOf = rememberRows()
  if (detected.format === 'osm')
    options.onFile?.({ format: 'osm', encoding: detected.encoding.name, size: detected.size })
  for await (const { row, line, label, draft } of detected.format === 'osm'
    ? osmRows(source)
    : csvRows(source)) {
    const finished = finish(draft)
    const place = { row, ...(line === undefined ? {} : { line }) }
    if ('reason' in finished) {
      yield {
        ...place,
        label: withoutContacts(label.slice(0, 120)),
        outcome: { kind: 'rejected', ...finished },
      }
      continue
    }
    if (detected.encoding.fallback && western.test(finished.profile.name + finished.profile.city))
      finished.repairs.push({ field: 'row', what: 'read_as_windows_1252' })
    yield { ...place, label: finished.profile.name, outcome: outcomeOf(row, finished) }
  }
}
