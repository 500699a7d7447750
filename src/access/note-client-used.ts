import { hour, instant, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { carry } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid } from '../platform/ids.ts'
import type { Client } from './find-client.ts'

const note = writeStatement(
  'noteClientUsed',
  'update clients set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $2)',
)

/** Notes in which hour a client last got a token: at most one write an hour for each client. */
export const noteClientUsed = async (ctx: Ctx, { id, lastUsedAt }: Client): Promise<void> => {
  const thisHour = Math.floor(ctx.clock.now() / hour) * hour
  if (lastUsedAt !== null && millisOf(lastUsedAt) >= thisHour) return
  await carry(ctx, (tx) => tx.write(note, [toUuid(id), instant(thisHour)]))
}
