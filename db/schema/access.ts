import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { moment, sealed, typeId } from './columns.ts'
import { operators, spaces } from './spaces.ts'

/** A public key as RFC 8037 and RFC 7518 write it; only kinds that Waggle verifies. */
export interface PublicJwk {
  kty: 'OKP' | 'EC'
  crv: 'Ed25519' | 'P-256'
  x: string
  y?: string
  kid: string
}

/** An API client: belongs to a space, to an operator, or (with neither) to the network. */
export const clients = pgTable(
  'clients',
  {
    id: typeId('client')('id').primaryKey(),
    name: text('name').notNull(),
    /** Null for a client that proves itself by a key of its own alone. */
    secretHash: sealed('secret_hash'),
    /** The secret before the last rotation, which holds until then. */
    previousSecretHash: sealed('previous_secret_hash'),
    previousSecretUntil: moment('previous_secret_until'),
    /** Public keys (RFC 7517) whose private halves sign `private_key_jwt` (RFC 7523). */
    publicKeys: jsonb('public_keys').$type<PublicJwk[]>(),
    spaceRef: typeId('space')('space_ref').references(() => spaces.id),
    operatorId: typeId('operator')('operator_id').references(() => operators.id),
    scopes: jsonb('scopes').$type<string[]>().notNull(),
    createdAt: moment('created_at').notNull(),
    revokedAt: moment('revoked_at'),
    /** To the hour: a token that was asked for, not each request. */
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [index('clients_space').on(table.spaceRef), index('clients_operator').on(table.operatorId)],
)

/** One row: its number grows with every revocation, which tells every node to forget the tokens that it has checked. */
export const revocationEpoch = pgTable('revocation_epoch', {
  id: integer('id').primaryKey(),
  epoch: integer('epoch').notNull(),
})

/** Answers kept for replay: see `platform/database/door.ts`. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    spaceId: typeId('space')('space_id').notNull(),
    callerId: text('caller_id').notNull(),
    key: text('key').notNull(),
    fingerprint: text('fingerprint').notNull(),
    /** The status, headers and body that were answered, sealed; null where it held a secret, or words that are erased. */
    answer: sealed('answer'),
    /** The referral that the answer speaks of: erasing it empties the kept answers. */
    referralId: typeId('referral')('referral_id'),
    at: moment('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.callerId, table.key] }),
    index('idempotency_keys_referral').on(table.spaceId, table.referralId),
    index('idempotency_keys_at').on(table.at),
  ],
)

/** A client's assertion (RFC 7523) counts once: its `jti` is remembered until it has ended. */
export const usedAssertions = pgTable(
  'used_assertions',
  {
    clientId: typeId('client')('client_id').notNull(),
    jti: text('jti').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.clientId, table.jti] }),
    index('used_assertions_expires').on(table.expiresAt),
  ],
)

/** Token buckets that all nodes share. A key holds hashes, never an address. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text('key').primaryKey(),
    tokens: doublePrecision('tokens').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('rate_limits_at').on(table.at)],
)

/** A person who acts for spaces, or runs the network as a steward. */
export const managers = pgTable(
  'managers',
  {
    id: typeId('manager')('id').primaryKey(),
    /** A keyed hash of the address, by which a person is found. */
    emailHash: sealed('email_hash').notNull(),
    /** Name and address, sealed. */
    identity: sealed('identity').notNull(),
    isSteward: boolean('is_steward').notNull(),
    createdAt: moment('created_at').notNull(),
    lastSignedInAt: moment('last_signed_in_at'),
  },
  (table) => [uniqueIndex('managers_email').on(table.emailHash)],
)

/** What a person may do for a space; asked to join it until `accepted_at`. */
export const spaceManagers = pgTable(
  'space_managers',
  {
    spaceId: typeId('space')('space_id').notNull(),
    managerId: typeId('manager')('manager_id')
      .notNull()
      .references(() => managers.id),
    role: text('role', { enum: ['owner', 'manager', 'viewer'] }).notNull(),
    /** Null for who applied for the space. */
    invitedBy: typeId('manager')('invited_by'),
    invitedAt: moment('invited_at').notNull(),
    acceptedAt: moment('accepted_at'),
    /** Until when an invitation can be accepted. */
    expiresAt: moment('expires_at'),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.managerId] }),
    index('space_managers_manager').on(table.managerId),
  ],
)

/**
 * A sign-in that was begun: a mailed link, a passkey that is asked for, a way through another provider. Works once, for
 * minutes, and in the browser that began it.
 */
export const signIns = pgTable(
  'sign_ins',
  {
    id: typeId('signIn')('id').primaryKey(),
    kind: text('kind', { enum: ['link', 'passkey', 'passkey_registration', 'provider'] }).notNull(),
    /** Of what comes back: the link's token, the challenge, the state. */
    tokenHash: sealed('token_hash').notNull(),
    /** Of the cookie of the browser that began it. */
    browserHash: sealed('browser_hash').notNull(),
    /** Whose address was typed, be it known or not. */
    emailHash: sealed('email_hash'),
    managerId: typeId('manager')('manager_id'),
    /** What the way back needs, sealed: a code verifier, a nonce. */
    data: sealed('data'),
    /** A path of ours. */
    returnTo: text('return_to'),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  (table) => [
    uniqueIndex('sign_ins_token').on(table.tokenHash),
    index('sign_ins_expires').on(table.expiresAt),
  ],
)

/** Somebody who is signed in, in one browser. */
export const sessions = pgTable(
  'sessions',
  {
    id: typeId('session')('id').primaryKey(),
    tokenHash: sealed('token_hash').notNull(),
    managerId: typeId('manager')('manager_id')
      .notNull()
      .references(() => managers.id),
    /** For which space the pages act; null for the steward's desk, and for who has no space. */
    spaceRef: typeId('space')('space_ref').references(() => spaces.id),
    /** What the browser calls itself, shortened: `Firefox on Linux`. */
    userAgent: text('user_agent').notNull(),
    createdAt: moment('created_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull(),
    /** The latest end; it ends sooner when it is idle. */
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    uniqueIndex('sessions_token').on(table.tokenHash),
    index('sessions_manager').on(table.managerId),
    index('sessions_expires').on(table.expiresAt),
  ],
)

/** A second way in (WebAuthn). */
export const passkeys = pgTable(
  'passkeys',
  {
    id: typeId('passkey')('id').primaryKey(),
    credentialId: text('credential_id').notNull(),
    managerId: typeId('manager')('manager_id')
      .notNull()
      .references(() => managers.id),
    publicKey: sealed('public_key').notNull(),
    /** 32 bits without a sign (WebAuthn §6.1). */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: jsonb('transports').$type<string[]>().notNull(),
    name: text('name').notNull(),
    createdAt: moment('created_at').notNull(),
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [
    uniqueIndex('passkeys_credential').on(table.credentialId),
    index('passkeys_manager').on(table.managerId),
  ],
)

/** A manager's own key to the API, for one space, or (with none) for the network. */
export const personalTokens = pgTable(
  'personal_tokens',
  {
    id: typeId('personalToken')('id').primaryKey(),
    tokenHash: sealed('token_hash').notNull(),
    managerId: typeId('manager')('manager_id')
      .notNull()
      .references(() => managers.id),
    spaceRef: typeId('space')('space_ref').references(() => spaces.id),
    name: text('name').notNull(),
    scopes: jsonb('scopes').$type<string[]>().notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    lastUsedAt: moment('last_used_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    uniqueIndex('personal_tokens_token').on(table.tokenHash),
    index('personal_tokens_manager').on(table.managerId),
  ],
)
