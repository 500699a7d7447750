import { getManyValues, isMany, none } from 'stream-chain/core'
import Assembler from 'stream-json/assembler.js'
import { jsonParser, type Token } from 'stream-json/parser.js'
import { ImportFileError } from './import-file-error.ts'

/** An item of the list, or the top-level object once it is closed (its list left out). */
type JsonFound = { kind: 'item'; value: unknown } | { kind: 'top'; value: unknown; hadList: boolean }

const listKeys = new Set(['features', 'elements'])

/** Walks tokens and builds one item at a time, so that a file never stands in memory as a whole. */
function itemBuilder(): { take: (token: Token) => JsonFound | undefined; open: () => boolean } {
  let top = new Assembler()
  let item = new Assembler()
  let state: 'top' | 'listNext' | 'list' = 'top'
  let depth = 0
  let topStarted = false
  let topIsList = false
  let hadList = false

  function inList(token: Token): JsonFound | undefined {
    if (depth === 0 && token.name === 'endArray') {
      state = 'top'
      if (topIsList) {
        topStarted = topIsList = false
        return { kind: 'top', value: null, hadList: true }
      }
      top.consume({ name: 'nullValue', value: null })
      return undefined
    }
    if (token.name === 'startObject' || token.name === 'startArray') depth += 1
    if (token.name === 'endObject' || token.name === 'endArray') depth -= 1
    item.consume(token)
    if (depth > 0 || token.name === 'keyValue') return undefined
    const value: unknown = item.current
    item = new Assembler()
    return { kind: 'item', value }
  }

  function inTop(token: Token): JsonFound | undefined {
    if (token.name === 'startArray' && (state === 'listNext' || !topStarted)) {
      topIsList = !topStarted
      topStarted = hadList = true
      state = 'list'
      return undefined
    }
    state = token.name === 'keyValue' && top.depth === 1 && listKeys.has(token.value) ? 'listNext' : 'top'
    topStarted = true
    top.consume(token)
    if (!top.done) return undefined
    const found: JsonFound = { kind: 'top', value: top.current, hadList }
    top = new Assembler()
    topStarted = hadList = false
    return found
  }

  return { take: (token) => (state === 'list' ? inList(token) : inTop(token)), open: () => topStarted }
}

/** Ends a piece: a fault in it costs nothing that was closed before, and is placed to the line and byte. */
const pieceEnd = /[\n}]/g

/** Pieces of at most 8,000 characters, none longer than a line or an object. */
function* pieces(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    pieceEnd.lastIndex = from
    const end = pieceEnd.exec(text)?.index ?? text.length
    const to = Math.min(end + 1, from + 8000)
    yield text.slice(from, to)
    from = to
  }
}

/**
 * The items of `features[]`, `elements[]`, a top-level array, or a sequence of objects, one per line or not.
 *
 * Throws ImportFileError `not_json` or `truncated`, naming line and byte, after all items before the fault.
 */
export async function* jsonItems(text: AsyncIterable<string>): AsyncGenerator<JsonFound> {
  const parse = jsonParser({ packValues: true, streamValues: false, jsonStreaming: true })
  const builder = itemBuilder()
  let line = 1
  let byte = 0
  const feed = (piece: string | typeof none): Token[] => {
    try {
      const answer = parse(piece as string)
      return isMany(answer) ? getManyValues(answer) : []
    } catch (error) {
      const why = error instanceof Error ? error.message.replace(/^Parser /, 'the parser ') : 'unreadable'
      const code = piece === none ? 'truncated' : 'not_json'
      const what = piece === none ? 'The file ends too early' : 'This is not JSON'
      throw new ImportFileError(code, `${what} at line ${line}, byte ${byte}: ${why}.`)
    }
  }
  for await (const chunk of text)
    for (const piece of pieces(chunk)) {
      // A record separator begins each line of a GeoJSON text sequence (RFC 8142).
      for (const token of feed(piece.replaceAll('\x1e', ' '))) {
        const found = builder.take(token)
        if (found !== undefined) yield found
      }
      byte += Buffer.byteLength(piece)
      if (piece.endsWith('\n')) line += 1
    }
  for (const token of feed(none)) {
    const found = builder.take(token)
    if (found !== undefined) yield found
  }
  if (builder.open())
    throw new ImportFileError('truncated', `The file ends too early at line ${line}, byte ${byte}.`)
}
