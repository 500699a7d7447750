import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, sealed, typeId } from './columns.ts'
import { spaces } from './spaces.ts'

/** What a referral may still bring: one row for each side, creditor and stage, and for each time that it was opened. */
export const pendings = pgTable(
  'pendings',
  {
    spaceId: typeId('space')('space_id').notNull(),
    referralId: typeId('referral')('referral_id').notNull(),
    stage: text('stage', { enum: ['visited', 'trial', 'joined'] }).notNull(),
    peerId: typeId('space')('peer_id').notNull(),
    /** The version of the referral in which it was opened. */
    round: integer('round').notNull(),
    side: text('side', { enum: ['creditor', 'debtor'] }).notNull(),
    points: integer('points').notNull(),
    state: text('state', { enum: ['open', 'posted', 'void'] }).notNull(),
    /** Taken back for a dispute: as long as it is open, its points count as brought by the person. */
    isReserved: boolean('is_reserved').notNull(),
    openedAt: moment('opened_at').notNull(),
    resolvedAt: moment('resolved_at'),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.referralId, table.peerId, table.stage, table.round] }),
  ],
)

/** What changed between a creditor, who earns (above zero), and a debtor, who owes (below), mirrored; append-only. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    spaceId: typeId('space')('space_id').notNull(),
    id: typeId('entry')('id').notNull(),
    peerId: typeId('space')('peer_id').notNull(),
    referralId: typeId('referral')('referral_id').notNull(),
    stage: text('stage', { enum: ['visited', 'trial', 'joined'] }).notNull(),
    kind: text('kind', { enum: ['posting', 'reversal', 'release'] }).notNull(),
    side: text('side', { enum: ['creditor', 'debtor'] }).notNull(),
    points: integer('points').notNull(),
    /** Of the same sign as `points`: what waits for the end of a probation. */
    held: integer('held').notNull(),
    /** Why it is worth less, or nothing yet, or is taken back. */
    reasonCode: text('reason_code', {
      enum: ['same_operator', 'person_already_counted', 'probation', 'left', 'disputed'],
    }),
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
  /** Of what was earned as creditor, beside `earned`: held by probation. */
  held: count('held'),
  /** Of what was earned as creditor, within `earned`: joins that are younger than 30 days. */
  provisional: count('provisional'),
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

/** Every state that a balance was ever in: reading how it stood on a day is one row, too. Append-only. */
export const balanceVersions = pgTable(
  'balance_versions',
  {
    spaceId: typeId('space')('space_id').notNull(),
    at: moment('at').notNull(),
    lockVersion: count('lock_version'),
    ...tallies(),
    directReturned: count('direct_returned'),
  },
  (table) => [primaryKey({ columns: [table.spaceId, table.at, table.lockVersion] })],
)

/** What a person earned others in the last 365 days, found by a keyed hash of the address; the one table keyed by a person. */
export const personEarnings = pgTable(
  'person_earnings',
  {
    personHash: sealed('person_hash').primaryKey(),
    postings: jsonb('postings').$type<{ at: string; points: number }[]>().notNull(),
    /** When the last of `postings` was; 1970 when there is none. After the window that begins with it the row goes. */
    lastAt: moment('last_at').notNull(),
    /** What open disputes took back from `postings`: nobody else may bring it meanwhile. */
    reserved: integer('reserved').notNull(),
  },
  (table) => [index('person_earnings_last').on(table.lastAt)],
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
