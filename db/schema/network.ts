import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { managers } from './access.ts'
import { moment, sealed, typeId } from './columns.ts'
import { spaces } from './spaces.ts'

/** A space asks to be taken in: a new one, or one that was imported and is claimed by its owner. */
export const applications = pgTable(
  'applications',
  {
    id: typeId('application')('id').primaryKey(),
    kind: text('kind', { enum: ['new', 'claim'] }).notNull(),
    status: text('status', {
      enum: ['unconfirmed', 'pending', 'admitted', 'rejected', 'withdrawn'],
    }).notNull(),
    /** The space that is claimed, or was registered when the address was confirmed. */
    spaceRef: typeId('space')('space_ref').references(() => spaces.id),
    /** The person who applied, once the address is confirmed. */
    managerId: typeId('manager')('manager_id').references(() => managers.id),
    /** Name and address of who applied, sealed; emptied once there is a manager. */
    contact: sealed('contact'),
    emailHash: sealed('email_hash').notNull(),
    /** What a new space says of itself, until it is registered. */
    profile: jsonb('profile').$type<Record<string, unknown>>(),
    statement: text('statement').notNull(),
    background: text('background'),
    challenge: text('challenge'),
    /** How it was shown that the claimed space is the applicant's. */
    proof: text('proof', { enum: ['mail', 'well_known', 'steward'] }),
    provedAt: moment('proved_at'),
    /** Why it was rejected, for the applicant. */
    reason: text('reason'),
    decidedAt: moment('decided_at'),
    /** Until when the address can be confirmed. */
    confirmBy: moment('confirm_by').notNull(),
    version: integer('version').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    index('applications_status').on(table.status, table.id),
    index('applications_decided').on(table.status, table.decidedAt, table.id),
    // One space is asked for once at a time.
    uniqueIndex('applications_space')
      .on(table.spaceRef)
      .where(sql`status = 'pending' and (kind = 'new' or proved_at is not null)`),
    index('applications_of_space').on(table.spaceRef),
    index('applications_manager').on(table.managerId),
    index('applications_unconfirmed')
      .on(table.confirmBy)
      .where(sql`status = 'unconfirmed'`),
  ],
)
