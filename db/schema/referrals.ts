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

export type StageReported = 'visited' | 'trial' | 'joined'

/** What somebody says was reached; it stands by itself when nobody objects in time. */
export interface Claim {
  stage: StageReported
  by: 'sender' | 'member'
  at: string
}

/** Two accounts of what was reached. It is open while nothing is resolved, and there is one in the life of a referral. */
export interface Dispute {
  by: 'sender' | 'receiver'
  at: string
  contested: StageReported | 'none'
  asserted: StageReported | 'none'
  /** What was decided to be so; null while it is open. */
  decided: StageReported | 'none' | null
  resolution: 'upheld' | 'reversed' | null
  resolvedAt: string | null
}

/** A referral that was forwarded into this one, and who sent it. */
export interface Hop {
  referralId: string
  spaceId: string
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
    /** The highest stage that stands reported; null before any. */
    reached: text('reached', { enum: ['visited', 'trial', 'joined'] }),
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
    /** What the clock will bring about, and when; null when nothing is awaited any more. */
    nextDue: text('next_due'),
    nextDueAt: moment('next_due_at'),
    /** Until when the member, then the receiver, is to answer; moved by a question and by an absence. */
    answerBy: moment('answer_by'),
    askedAt: moment('asked_at'),
    questions: integer('questions').notNull(),
    awayDelayed: boolean('away_delayed').notNull(),
    /** When somebody last told how it goes. */
    progressAt: moment('progress_at'),
    overdueAt: moment('overdue_at'),
    withdrawalRequestedAt: moment('withdrawal_requested_at'),
    scheduledFor: moment('scheduled_for'),
    noShows: integer('no_shows').notNull(),
    joinedAt: moment('joined_at'),
    joinConfirmedAt: moment('join_confirmed_at'),
    leftAt: moment('left_at'),
    claim: jsonb('claim').$type<Claim>(),
    dispute: jsonb('dispute').$type<Dispute>(),
    /** The most that the member told by the link. */
    memberReport: text('member_report', { enum: ['visited', 'trial', 'joined', 'left'] }),
    /** Who sent the member first, before anybody forwarded. */
    originId: typeId('space')('origin_id')
      .notNull()
      .references(() => spaces.id),
    /** The referrals that were forwarded into this one, the first one first. */
    trail: jsonb('trail').$type<Hop[]>().notNull(),
    /** Where it was forwarded to, and what became of that. */
    childId: typeId('referral')('child_id'),
    forwardedToId: typeId('space')('forwarded_to_id'),
    finalOutcome: text('final_outcome'),
    /** False when the sender forwarded a member whom it never got to see. */
    senderSeesContact: boolean('sender_sees_contact').notNull(),
    /** The member has no e-mail: the sender passes the link on by hand, and can open it. */
    linkByHand: boolean('link_by_hand').notNull(),
    /** How often the member's link was replaced by a new one; null for the first link. */
    linkNumber: integer('link_number'),
    /** BCP 47, as the sender says; null when it was not said. */
    memberLanguage: text('member_language'),
    /** The member erased the words about them, after the end. */
    erasedAt: moment('erased_at'),
    /** Until when points of this referral wait for the end of a probation; null when none do. */
    heldUntil: moment('held_until'),
    /** Tells whether two referrals are about one person; on the sender's card alone. */
    personHash: sealed('person_hash'),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.id] }),
    index('referrals_due')
      .on(table.nextDueAt, table.id)
      .where(sql`next_due_at is not null and role = 'sender'`),
    // Those whose words are gone, and whose person is known by the hash still.
    index('referrals_forgotten')
      .on(table.closedAt)
      .where(
        sql`person_hash is not null and (erased_at is not null or status = 'consent_revoked' or (status = 'withdrawn' and submitted_at is null))`,
      ),
    index('referrals_disputed')
      .on(table.id)
      .where(sql`role = 'sender' and dispute is not null and dispute->>'resolution' is null`),
    // Those whose words are kept after the end, and for how long: less where nothing came of it.
    index('referrals_kept')
      .on(table.outcome, table.closedAt)
      .where(sql`role = 'sender' and erased_at is null and closed_at is not null`),
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
      enum: [
        'contact',
        'name',
        'brief',
        'decline_note',
        'terms_note',
        'message',
        'question',
        'answer',
        'dispute_note',
        'dispute_answer',
      ],
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
export const links = pgTable(
  'links',
  {
    linkHash: sealed('link_hash').primaryKey(),
    kind: text('kind', { enum: ['member', 'invitation'] }).notNull(),
    senderId: typeId('space')('sender_id').notNull(),
    referralId: typeId('referral')('referral_id').notNull(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index('links_of_referral').on(table.referralId)],
)
