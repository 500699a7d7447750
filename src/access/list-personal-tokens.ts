import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { personalTokens } from '../../db/schema/access.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import { ownManagerId } from './own-manager.ts'

/** The caller's personal tokens that still work, the newest first; never the tokens themselves. */
export const listPersonalTokens = (ctx: Ctx) =>
  read(ctx, 'account', (tx) =>
    tx.db
      .select({
        id: personalTokens.id,
        name: personalTokens.name,
        scopes: personalTokens.scopes,
        spaceName: spaces.name,
        createdAt: personalTokens.createdAt,
        expiresAt: personalTokens.expiresAt,
        lastUsedAt: personalTokens.lastUsedAt,
      })
      .from(personalTokens)
      .leftJoin(spaces, eq(spaces.id, personalTokens.spaceRef))
      .where(
        and(
          eq(personalTokens.managerId, ownManagerId(ctx)),
          isNull(personalTokens.revokedAt),
          gt(personalTokens.expiresAt, tx.now),
        ),
      )
      .orderBy(desc(personalTokens.createdAt), desc(personalTokens.id)),
  )
