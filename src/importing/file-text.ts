import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'

/** What decoding found out about a file; `fallback` turns true at the first byte that is not UTF-8. */
export interface Encoding {
  name: 'utf-8' | 'utf-16le' | 'utf-16be'
  fallback: boolean
}

/** The encoding by byte-order mark or, without one, by where the zero bytes stand. */
export function encodingOf(head: Buffer): Encoding {
  const name = (): Encoding['name'] => {
    if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
    if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
    const zeros = [0, 0]
    for (const [at, byte] of head.subarray(0, 4096).entries())
      if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
    const [even = 0, odd = 0] = zeros
    const many = Math.min(head.length, 4096) * 0.3
    if (odd > many && odd > even * 4) return 'utf-16le'
    if (even > many && even > odd * 4) return 'utf-16be'
    return 'utf-8'
  }
  return { name: name(), fallback: false }
}

const highBytes = /[\xC2-\xDF][\x80-\xBF]|[\xE0-\xEF][\x80-\xBF]{2}|[\xF0-\xF4][\x80-\xBF]{3}|[\x80-\xFF]/g
const windows1252 = new TextDecoder('windows-1252')

/** Files glued together from several exports hold both encodings, so each byte is judged by itself. */
function decodeMixed(bytes: Buffer): string {
  return bytes.toString('latin1').replace(highBytes, (found) => {
    const raw = Buffer.from(found, 'latin1')
    return raw.length > 1 ? raw.toString('utf8') : windows1252.decode(raw)
  })
}

/** How many bytes at the end begin a UTF-8 sequence that the next chunk may complete. */
function openTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc2) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

function utf8Decoder(encoding: Encoding): (chunk: Buffer, last: boolean) => string {
  let rest = Buffer.alloc(0)
  return (chunk, last) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const cut = last ? 0 : openTail(bytes)
    const whole = bytes.subarray(0, bytes.length - cut)
    rest = Buffer.from(bytes.subarray(bytes.length - cut))
    if (isUtf8(whole)) return whole.toString('utf8')
    encoding.fallback = true
    return decodeMixed(whole)
  }
}

function decoderFor(encoding: Encoding): (chunk: Buffer, last: boolean) => string {
  if (encoding.name === 'utf-8') return utf8Decoder(encoding)
  const decoder = new TextDecoder(encoding.name)
  return (chunk, last) => decoder.decode(chunk, { stream: !last })
}

/**
 * The text of a file, chunk by chunk, without byte-order mark. UTF-8 and UTF-16 are recognised; bytes that are not
 * UTF-8 are read as Windows-1252 and `encoding.fallback` says so.
 */
export async function* fileText(
  path: string,
  encoding: Encoding,
  onBytes?: (read: number) => void,
): AsyncGenerator<string> {
  const decode = decoderFor(encoding)
  let read = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 65_536 }) as AsyncIterable<Buffer>) {
    const text = decode(chunk, false)
    const first = read === 0
    read += chunk.length
    onBytes?.(read)
    yield first ? text.replace(/^\uFEFF/, '') : text
  }
  const tail = decode(Buffer.alloc(0), true)
  if (tail !== '') yield tail
}
