import { eq } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import { mutateRights } from '../access/revocation-epoch.ts'
import { ownSpaceOf, type Ctx } from '../platform/context.ts'
import type { WriteStatement } from '../platform/database/statements.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import type { Permission } from '../platform/permissions.ts'
import type { Space } from '../spaces/contract-space.ts'
import { ownSpaceView } from '../spaces/view.ts'

/** How a space comes to stand otherwise with the network. */
interface Turn {
  /** Only a space that is the caller's own. */
  readonly isOwn?: true
  readonly permission: Permission
  readonly action: string
  readonly topic: string
  /** Takes the space's id, the moment and `words`; changes no row where the space does not stand so that it fits. */
  readonly change: WriteStatement<{ id: string }>
  readonly words: readonly (string | null)[]
  /** When it did not fit. */
  readonly refusal: string
}

/** What clients and people of the space may do changes with it, at once. @throws Problem `not_found`, `wrong_standing` */
export const turnSpace = (ctx: Ctx, spaceId: Id<'space'>, turn: Turn): Promise<Space> =>
  mutateRights(ctx, turn.permission, async (tx) => {
    if (turn.isOwn && ownSpaceOf(ctx.actor) !== spaceId) throw notFound()
    const [changed] = await tx.write(turn.change, [toUuid(spaceId), tx.now, ...turn.words])
    const [row] = await tx.db.select().from(spaces).where(eq(spaces.id, spaceId))
    if (!row) throw notFound()
    if (!changed) throw new Problem('wrong_standing', turn.refusal)
    return {
      result: ownSpaceView(row),
      events: [{ spaceId, topic: turn.topic, subjectId: spaceId }],
      audit: { action: turn.action, objectId: spaceId, spaceId },
    }
  })
