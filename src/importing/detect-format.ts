import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { encodingOf, type Encoding } from './file-text.ts'
import { ImportFileError } from './import-file-error.ts'

export type FileFormat = 'osm' | 'csv'

export interface Detected {
  format: FileFormat
  encoding: Encoding
  /** Bytes of the whole file. */
  size: number
}

async function headOf(path: string): Promise<{ head: Buffer; size: number }> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0)
      return { head: buffer.subarray(0, bytesRead), size }
    } finally {
      await file.close()
    }
  } catch (error) {
    throw new ImportFileError(
      'not_found',
      `Cannot read the file: ${error instanceof Error ? error.message : path}`,
    )
  }
}

/** First bytes, in hex, of what people send instead. */
const foreign: { begins: string; says: string }[] = [
  { begins: '504b0304', says: 'a zip archive or an Excel workbook; unpack it, or save it as CSV' },
  { begins: 'd0cf11e0', says: 'an old Excel workbook; save it as CSV' },
  { begins: '1f8b', says: 'gzip; unpack it first' },
  { begins: '425a68', says: 'bzip2; unpack it first' },
  { begins: '25504446', says: 'a PDF' },
  { begins: '53514c697465', says: 'an SQLite database' },
  { begins: '89504e47', says: 'a picture' },
  { begins: 'ffd8ff', says: 'a picture' },
]

function formatOf(text: string, path: string): FileFormat {
  if (/^[[{]/.test(text.trimStart().replace('\u001E', ''))) return 'osm'
  if (/^\s*<(?:!doctype html|html)/i.test(text))
    throw new ImportFileError(
      'unknown_format',
      'Byte 0: this is a web page, perhaps the error page of the server that was asked.',
    )
  if (/^\s*</.test(text))
    throw new ImportFileError(
      'unknown_format',
      'Byte 0: this is XML; ask Overpass for [out:json], or convert it to GeoJSON.',
    )
  if (['.json', '.geojson', '.geojsonl', '.ndjson'].includes(extname(path).toLowerCase()))
    throw new ImportFileError('not_json', 'Byte 0: a .json file must begin with { or [.')
  return 'csv'
}

/**
 * Looks at the first 64 KiB. `format`, when given, overrides the guess between OSM JSON and CSV.
 *
 * Throws ImportFileError: not_found, empty_file, unknown_format, not_json.
 */
export async function detectFormat(path: string, format?: FileFormat): Promise<Detected> {
  const { head, size } = await headOf(path)
  const known = foreign.find(({ begins }) => head.toString('hex', 0, 8).startsWith(begins))
  if (known !== undefined) throw new ImportFileError('unknown_format', `Byte 0: this is ${known.says}.`)
  const encoding = encodingOf(head)
  const text = new TextDecoder(encoding.name).decode(head).replace(/^\uFEFF/, '')
  if (text.trim() === '' && size <= head.length) throw new ImportFileError('empty_file', 'The file is empty.')
  return { format: format ?? formatOf(text, path), encoding, size }
}
