import { TypeID } from 'typeid-js'
import { v7 } from 'uuid'

/**
 * Ids are UUIDv7 (RFC 9562) in the tables and TypeIDs everywhere else: `spc_01h…`.
 * The prefix tells a reader, and the type checker, what the id is of.
 */
export const prefixes = {
  space: 'spc',
  operator: 'opr',
  client: 'cli',
  referral: 'ref',
  event: 'evt',
  entry: 'ent',
  audit: 'aud',
} as const
export type IdKind = keyof typeof prefixes
export type Id<K extends IdKind> = `${(typeof prefixes)[K]}_${string}`

/** A new id whose time part is `ms`. */
export const newId = <K extends IdKind>(kind: K, ms: number): Id<K> => toTypeId(kind, v7({ msecs: ms }))

/** @throws when the text is not a UUID; it comes from our own tables, so that is a fault of ours. */
export const toTypeId = <K extends IdKind>(kind: K, uuid: string): Id<K> =>
  TypeID.fromUUID(prefixes[kind], uuid).toString() as Id<K>

/** The UUID behind a TypeID that the contract has already checked. */
export const toUuid = (id: string): string => TypeID.fromString(id).toUUID()

/** The owner of rows that belong to no space: those of the network itself. */
export const networkSpaceId = toTypeId('space', '00000000-0000-0000-0000-000000000000')
