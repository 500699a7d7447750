import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { moment, sealed, typeId } from './columns.ts'
import { spaces } from './spaces.ts'

/** What the member needs: choices and numbers only, no words that could name a person. */
export interface Needs {
  deskKind?: 'hot_desk' | 'fixed_desk' | 'private_office' | 'meeting_room'
  daysPerWeek?: number
  from?: string
  to?: string
  amenities?: string[]
  languages?: string[]
  budget?: { amount: number; currency: string; period: 'hour' | 'day' | 'week' | 'month' | 'year' }
}

/** A referral is a card in two mailboxes: one row for the sender, one for the receiver, with the same version. */
export const referrals = pgTable(
  'referrals',
  {
    spaceId: typeId('space')('space_id')
      .notNull()
      .references(() => spaces.id),
    id: typeId('referral')('id').notNull(),
    role: text('role', { enum: ['sender', 'receiver'] }).notNull(),
    peerId: typeId('space')('peer_id')
      .notNull()
      .references(() => spaces.id),
    status: text('status').notNull(),
    phase: text('phase').notNull(),
    version: integer('version').notNull(),
    stay: text('stay').notNull(),
    needs: jsonb('needs').$type<Needs>().notNull(),
    /** The sender's own reference; null on the receiver's card. */
    externalRef: text('external_ref'),
    consentKind: text('consent_kind', { enum: ['attested', 'link'] }).notNull(),
    consentHow: text('consent_how'),
    consentOn: date('consent_on', { mode: 'string' }),
    /** The member agreed to be introduced by name before acceptance. */
    consentNamed: boolean('consent_named').notNull(),
    /** The member said yes by the link. */
    consentedAt: moment('consented_at'),
    /** The notice of attested consent was handed to the mail server, or the sender passed the link on. */
    noticeAt: moment('notice_at'),
    warnings: jsonb('warnings').$type<string[]>().notNull(),
    declineReason: text('decline_reason'),
    redirectToSpaceId: typeId('space')('redirect_to_space_id'),
    termsKind: text('terms_kind'),
    outcome: text('outcome'),
    outcomeReason: text('outcome_reason'),
    visitedOn: date('visited_on', { mode: 'string' }),
    createdAt: moment('created_at').notNull(),
    /** The receiver was outside the network and got an invitation. */
    invitedAt: moment('invited_at'),
    /** Submitted: sent, or the member was asked for consent. */
    submittedAt: moment('submitted_at'),
    sentAt: moment('sent_at'),
    acceptedAt: moment('accepted_at'),
    closedAt: moment('closed_at'),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.id] }),
    index('referrals_box').on(table.spaceId, table.role, table.id.desc()),
    index('referrals_box_phase').on(table.spaceId, table.role, table.phase, table.id.desc()),
    index('referrals_updated').on(table.spaceId, table.role, table.updatedAt, table.id),
    uniqueIndex('referrals_external_ref')
      .on(table.spaceId, table.externalRef)
      .where(sql`external_ref is not null`),
  ],
)

/** Words about a person, sealed, in a table of their own that erasure empties. */
export const referralTexts = pgTable(
  'referral_texts',
  {
    spaceId: typeId('space')('space_id').notNull(),
    referralId: typeId('referral')('referral_id').notNull(),
    kind: text('kind', {
      enum: ['contact', 'name', 'brief', 'decline_note', 'terms_note', 'message'],
    }).notNull(),
    sealed: sealed('sealed').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.referralId, table.kind] }),
    foreignKey({
      columns: [table.spaceId, table.referralId],
      foreignColumns: [referrals.spaceId, referrals.id],
    }),
  ],
)

/** What happened to a referral, in order; append-only, partitioned by time. */
export const referralEvents = pgTable(
  'referral_events',
  {
    spaceId: typeId('space')('space_id').notNull(),
    at: moment('at').notNull(),
    id: typeId('event')('id').notNull(),
    referralId: typeId('referral')('referral_id').notNull(),
    seq: integer('seq').notNull(),
    event: text('event').notNull(),
    fromStatus: text('from_status'),
    toStatus: text('to_status').notNull(),
    actorKind: text('actor_kind', { enum: ['sender', 'receiver', 'member', 'steward', 'clock'] }).notNull(),
    reason: text('reason'),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.at, table.id] }),
    index('referral_events_referral').on(table.spaceId, table.referralId, table.seq),
  ],
)

/**
 * The opaque links of members and invitations, found by the hash of what stands in the address.
 * Keyed by that hash, not by the space: whoever opens a link is not signed in (ADR 0007).
 */
export const links = pgTable('links', {
  linkHash: sealed('link_hash').primaryKey(),
  kind: text('kind', { enum: ['member', 'invitation'] }).notNull(),
  senderId: typeId('space')('sender_id').notNull(),
  referralId: typeId('referral')('referral_id').notNull(),
  expiresAt: moment('expires_at').notNull(),
  revokedAt: moment('revoked_at'),
})
