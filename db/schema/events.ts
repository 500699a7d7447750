import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { isForSteward } from './administrative.ts'
import { moment, typeId } from './columns.ts'

/** What a write promised to tell, stored with the write: ids, choices and counts only. */
export const outbox = pgTable(
  'outbox',
  {
    spaceId: typeId('space')('space_id').notNull(),
    id: typeId('event')('id').notNull(),
    topic: text('topic').notNull(),
    subjectId: text('subject_id').notNull(),
    data: jsonb('data').$type<Record<string, string | number | boolean | null>>().notNull(),
    at: moment('at').notNull(),
    /** When to carry it next; null when nobody is to be told, or everybody has been. */
    dueAt: moment('due_at'),
    attempts: integer('attempts').notNull(),
    lastFault: text('last_fault'),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.id] }),
    index('outbox_due')
      .on(table.dueAt)
      .where(sql`due_at is not null`),
  ],
)

/** Who did what to which object; append-only, partitioned by time. */
export const auditLog = pgTable(
  'audit_log',
  {
    spaceId: typeId('space')('space_id').notNull(),
    at: moment('at').notNull(),
    id: typeId('audit')('id').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    action: text('action').notNull(),
    objectId: text('object_id').notNull(),
    requestId: text('request_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.at, table.id] }),
    index('audit_log_object').on(table.spaceId, table.objectId, table.action, table.at),
    index('audit_log_steward').on(table.at, table.id).where(isForSteward),
  ],
)
