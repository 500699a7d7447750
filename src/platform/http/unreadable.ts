import type { Socket } from 'node:net'
import { STATUS_CODES } from 'node:http'
import { catalogue, type ProblemCode } from '../errors.ts'
import { bareHeaders } from './safe-headers.ts'

const codes: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
}

/**
 * Answers what never became a request (bytes that are not HTTP, headers that are too large or too slow) with a problem
 * too, and hangs up.
 */
export const answerUnreadable = (baseUrl: string) => (error: Error & { code?: string }, socket: Socket) => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (socket.writable) socket.write(rawProblem(codes[error.code ?? ''] ?? 'malformed_request', baseUrl))
  socket.destroy(error)
}

const rawProblem = (code: ProblemCode, baseUrl: string): string => {
  const { status, title } = catalogue[code]
  const body = JSON.stringify({ type: `${baseUrl}/problems/${code}`, title, status, detail: title, code })
  return [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${String(Buffer.byteLength(body))}`,
    ...Object.entries(bareHeaders(baseUrl)).map((header) => header.join(': ')),
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
