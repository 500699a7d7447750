import { and, desc, eq, isNull } from 'drizzle-orm'
import { sessions } from '../../db/schema/access.ts'
import type { Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { ownManagerId } from './own-manager.ts'
import { isAlive } from './session-life.ts'

const sessionsOfManager = statement('sessionsOfManager', (db) =>
  db
    .select()
    .from(sessions)
    .where(and(eq(sessions.managerId, arg(sessions.managerId, 'managerId')), isNull(sessions.revokedAt)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id)),
)

/** Where the caller is signed in, last seen first. */
export const listSessions = (ctx: Ctx) =>
  read(ctx, 'account', async (tx) => {
    const rows = await tx.run(sessionsOfManager, { managerId: ownManagerId(ctx) })
    const now = ctx.clock.now()
    return rows
      .filter((session) => isAlive(session, ctx.policy, now))
      .map(({ id, userAgent, createdAt, lastSeenAt }) => ({ id, userAgent, createdAt, lastSeenAt }))
  })
