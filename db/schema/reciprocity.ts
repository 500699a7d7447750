import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, typeId } from './columns.ts'
import { spaces } from './spaces.ts'

/** What an accepted referral may still bring, one row a stage and side. The sender is the creditor. */
export const pendings = pgTable(
  'pendings',
  {
    spaceId: typeId('space')('space_id').notNull(),
    referralId: typeId('referral')('referral_id').notNull(),
    stage: text('stage', { enum: ['visited', 'trial', 'joined'] }).notNull(),
    peerId: typeId('space')('peer_id').notNull(),
    side: text('side', { enum: ['creditor', 'debtor'] }).notNull(),
    points: integer('points').notNull(),
    state: text('state', { enum: ['open', 'posted', 'void'] }).notNull(),
    openedAt: moment('opened_at').notNull(),
    resolvedAt: moment('resolved_at'),
  },
  (table) => [primaryKey({ columns: [table.spaceId, table.referralId, table.stage] })],
)

/** Points that were earned (above zero) or owed (below), mirrored for both spaces; append-only. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    spaceId: typeId('space')('space_id').notNull(),
    id: typeId('entry')('id').notNull(),
    peerId: typeId('space')('peer_id').notNull(),
    referralId: typeId('referral')('referral_id').notNull(),
    stage: text('stage', { enum: ['visited', 'trial', 'joined'] }).notNull(),
    points: integer('points').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.id] }),
    index('ledger_entries_at').on(table.spaceId, table.at.desc()),
    index('ledger_entries_referral').on(table.spaceId, table.referralId),
  ],
)

const count = (name: string) => bigint(name, { mode: 'number' }).notNull()

const tallies = () => ({
  earned: count('earned'),
  owed: count('owed'),
  inFlight: count('in_flight'),
  sent: count('sent'),
  received: count('received'),
  sentActive: count('sent_active'),
  receivedActive: count('received_active'),
  sentJoined: count('sent_joined'),
  receivedJoined: count('received_joined'),
})

/** What stands between a space and one peer; the peer has the mirrored row. */
export const pairBalances = pgTable(
  'pair_balances',
  {
    spaceId: typeId('space')('space_id').notNull(),
    peerId: typeId('space')('peer_id').notNull(),
    ...tallies(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.spaceId, table.peerId] })],
)

/** The sum over all peers, kept in the same transaction: reading it costs the same at any number of entries. */
export const spaceBalances = pgTable('space_balances', {
  spaceId: typeId('space')('space_id')
    .primaryKey()
    .references(() => spaces.id),
  ...tallies(),
  /** Sum over peers of min(earned, owed). */
  directReturned: count('direct_returned'),
  lockVersion: count('lock_version'),
  updatedAt: moment('updated_at').notNull(),
})
