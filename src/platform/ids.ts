import { TypeID } from 'typeid-js'
import { v7 } from 'uuid'

/**
 * Ids are UUIDv7 (RFC 9562) in the tables and TypeIDs everywhere else: `spc_01h…`.
 * The prefix tells a reader, and the type checker, what the id is of.
 */
const prefixes = {
  space: 'spc',
  operator: 'opr',
  client: 'cli',
  referral: 'ref',
  event: 'evt',
  entry: 'ent',
  audit: 'aud',
  manager: 'mgr',
  session: 'ses',
  passkey: 'pky',
  personalToken: 'pat',
  signIn: 'sgn',
  application: 'app',
} as const
export type IdKind = keyof typeof prefixes
export type Id<K extends IdKind> = `${(typeof prefixes)[K]}_${string}`

/** A new id whose time part is `ms`. */
export const newId = <K extends IdKind>(kind: K, ms: number): Id<K> => toTypeId(kind, v7({ msecs: ms }))

/** @throws when the text is not a UUID; it comes from our own tables, so that is a fault of ours. */
export const toTypeId = <K extends IdKind>(kind: K, uuid: string): Id<K> =>
  TypeID.fromUUID(prefixes[kind], uuid).toString() as Id<K>

/** Whether a text from outside is an id of this kind, as it is written. */
export const isId = <K extends IdKind>(kind: K, text: string): text is Id<K> =>
  text.startsWith(`${prefixes[kind]}_`) &&
  /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text.slice(prefixes[kind].length + 1))

/** The UUID behind a TypeID that the contract has already checked; its version is not looked at: callers make up ids. */
export const toUuid = (id: string): string => uuidOf(idBytes(id))

const uuidOf = (bytes: Buffer): string => {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The same as 16 bytes, for where every character counts: in links. */
export const idBytes = (id: string): Buffer => Buffer.from(TypeID.fromString(id).toUUIDBytes())

/** The id that `idBytes` made these 16 bytes of; it may be of anything: bytes from outside prove nothing. */
export const idOfBytes = <K extends IdKind>(kind: K, bytes: Buffer): Id<K> => toTypeId(kind, uuidOf(bytes))

/** The owner of rows that belong to no space: those of the network itself. */
export const networkSpaceId = toTypeId('space', '00000000-0000-0000-0000-000000000000')
