import { Problem } from './errors.ts'
import { isSameSecret } from './same-secret.ts'
import { hmacSha256 } from './sealing.ts'

const macLength = 16

/** What a cursor belongs to: the operation, the caller's space and the filters. It is of no use anywhere else. */
type Binding = readonly unknown[]

/** An opaque, signed place in a list: the keys of the last row shown. */
export const makeCursor = (key: Buffer, binding: Binding, position: readonly (string | number)[]): string => {
  const body = Buffer.from(JSON.stringify(position))
  return Buffer.concat([macOf(key, binding, body), body]).toString('base64url')
}

/** @throws Problem `invalid_cursor` when it was changed, or made for another list. */
export const readCursor = (key: Buffer, binding: Binding, cursor: string): (string | number)[] => {
  const bytes = Buffer.from(cursor, 'base64url')
  const body = bytes.subarray(macLength)
  const isOurs =
    bytes.length > macLength &&
    bytes.toString('base64url') === cursor &&
    isSameSecret(bytes.subarray(0, macLength), macOf(key, binding, body))
  if (!isOurs)
    throw new Problem('invalid_cursor', 'Take the cursor from `nextCursor` as it is, with the same filters.')
  return JSON.parse(body.toString()) as (string | number)[]
}

const macOf = (key: Buffer, binding: Binding, body: Buffer) =>
  hmacSha256(key, `cursor\n${JSON.stringify(binding, inOrder)}\n${body.toString('base64url')}`).subarray(
    0,
    macLength,
  )

/** The same filters are the same list, in whatever order they were given. */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** Cuts the one row too many that was read to see whether there is a next page. */
export const pageOf = <T>(rows: readonly T[], limit: number, cursorOf: (last: T) => string) => {
  const data = rows.slice(0, limit)
  const last = data[data.length - 1]
  return { data, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}
