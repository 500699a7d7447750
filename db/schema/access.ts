import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, sealed, typeId } from './columns.ts'
import { operators, spaces } from './spaces.ts'

/** An API client: belongs to a space, to an operator, or (with neither) to the network. */
export const clients = pgTable(
  'clients',
  {
    id: typeId('client')('id').primaryKey(),
    name: text('name').notNull(),
    secretHash: sealed('secret_hash').notNull(),
    spaceRef: typeId('space')('space_ref').references(() => spaces.id),
    operatorId: typeId('operator')('operator_id').references(() => operators.id),
    scopes: jsonb('scopes').$type<string[]>().notNull(),
    createdAt: moment('created_at').notNull(),
    revokedAt: moment('revoked_at'),
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
