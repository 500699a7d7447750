import type { Ctx } from '../platform/context.ts'
import { mutate, type WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { ownManagerId } from './own-manager.ts'

const endOne = writeStatement<{ id: string }>(
  'endSession',
  'update sessions set revoked_at = coalesce(revoked_at, $3) where id = $1 and manager_id = $2 returning id',
)

/**
 * Ends a session of the caller's own, this one or another: it opens no page any more. To end it again changes nothing.
 * @throws Problem `not_found` for a session of somebody else
 */
export const endSession = (ctx: Ctx, sessionId: Id<'session'>): Promise<void> =>
  mutate(ctx, 'account', async (tx) => {
    const [ended] = await tx.write(endOne, [toUuid(sessionId), toUuid(ownManagerId(ctx)), tx.now])
    if (!ended) throw notFound()
    return { result: undefined, events: [], audit: { action: 'endSession', objectId: sessionId } }
  })

const endAllBut = writeStatement(
  'endSessionsBut',
  'update sessions set revoked_at = $3 where manager_id = $1 and revoked_at is null and id is distinct from $2',
)

/** Ends every session of the caller but this one. */
export const endOtherSessions = (ctx: Ctx, sessionId: Id<'session'>): Promise<void> =>
  mutate(ctx, 'account', async (tx) => {
    const managerId = ownManagerId(ctx)
    await tx.write(endAllBut, [toUuid(managerId), toUuid(sessionId), tx.now])
    return { result: undefined, events: [], audit: { action: 'endOtherSessions', objectId: managerId } }
  })

/** Ends every session of a person, within a write that takes away the last of what they could do here. */
export const endSessionsOf = async (tx: WriteTx, managerId: Id<'manager'>): Promise<void> => {
  await tx.write(endAllBut, [toUuid(managerId), null, tx.now])
}
