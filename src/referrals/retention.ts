import { and, eq, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm'
import { referrals } from '../../db/schema/referrals.ts'
import { hour, instant, millisOf } from '../platform/clock.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { every, faultCode, type JobLog, type Recurring } from '../platform/jobs/every.ts'
import type { Policy } from '../platform/policy.ts'
import type { CardRow } from './cards.ts'
import { isDisputeOpen } from './clocks.ts'
import { eraseHere, isForgotten } from './erase.ts'

/** Referrals that are read at once, so that memory does not grow with what is due. */
const batchSize = 100

/** What of a card decides how long the words about the member are kept. */
export type Kept = Pick<CardRow, 'closedAt' | 'outcome' | 'claim' | 'dispute'>

/**
 * Until when the words about a member are kept, in milliseconds since 1970: for some time after the end, longer where
 * something came of it. Null while the referral, a claim or a dispute is open: then nobody knows yet.
 */
export const keptUntil = (card: Kept, policy: Policy): number | null => {
  if (card.closedAt === null || card.claim !== null || isDisputeOpen(card)) return null
  return millisOf(card.closedAt) + (card.outcome === null ? policy.declinedIdentity : policy.closedIdentity)
}

/**
 * Erases the words about the members of referrals that ended long ago, each in a transaction of its own. Two nodes at once
 * do no harm: whoever comes second finds nothing left to do.
 * @returns how many referrals lost their words
 */
export const purgeIdentities = async (
  deps: Deps,
  { log, isStopping }: { readonly log?: JobLog; readonly isStopping?: () => boolean } = {},
): Promise<number> => {
  let purged = 0
  for (let last: string | undefined; !isStopping?.();) {
    const batch = await dueBatch(deps, last)
    for (const due of batch) {
      if (isStopping?.()) break
      purged += await purge(deps, due, log)
    }
    last = batch.at(-1)?.id
    if (batch.length < batchSize) break
  }
  return purged
}

interface Due {
  readonly spaceId: Id<'space'>
  readonly id: Id<'referral'>
}

/** The sender's card stands for both. By id, so that one that cannot be purged now holds up no other. */
const dueBatch = (deps: Deps, last: string | undefined): Promise<Due[]> => {
  const now = deps.clock.now()
  const { declinedIdentity, closedIdentity } = deps.policy
  const endedBefore = (span: number) => lte(referrals.closedAt, instant(now - span))
  return readUnscoped(deps, (tx) =>
    tx.db
      .select({ spaceId: referrals.spaceId, id: referrals.id })
      .from(referrals)
      .where(
        and(
          eq(referrals.role, 'sender'),
          isNull(referrals.erasedAt),
          ne(referrals.status, 'consent_revoked'),
          isNull(referrals.claim),
          or(
            and(isNull(referrals.outcome), endedBefore(declinedIdentity)),
            and(isNotNull(referrals.outcome), endedBefore(closedIdentity)),
          ),
          sql`(${referrals.dispute} is null or ${referrals.dispute} ->> 'resolution' is not null)`,
          last === undefined ? undefined : sql`${referrals.id} > ${sql.param(last, referrals.id)}`,
        ),
      )
      .orderBy(referrals.id)
      .limit(batchSize),
  )
}

const purge = async (deps: Deps, { spaceId, id }: Due, log: JobLog | undefined): Promise<0 | 1> => {
  const ctx: Ctx = { ...deps, actor: { kind: 'clock', id: 'retention' }, requestId: `retention-${id}` }
  const isDue = (card: CardRow) =>
    !isForgotten(card) && (keptUntil(card, deps.policy) ?? Infinity) <= deps.clock.now()
  try {
    await eraseHere(ctx, { senderId: spaceId, referralId: id }, 'purgeIdentity', isDue)
    return 1
  } catch (error) {
    // Another node, or the member, was there first; or somebody has claimed or disputed something meanwhile.
    const isMoot = error instanceof Problem && error.code === 'illegal_transition'
    if (!isMoot) log?.warn({ job: 'retention', referralId: id, code: faultCode(error) }, 'job failed')
    return 0
  }
}

/** Looks every hour, on every node. */
export const startRetention = (deps: Deps, log: JobLog): Recurring => {
  let stopping = false
  const looking = every(hour, log, 'retention', () =>
    purgeIdentities(deps, { log, isStopping: () => stopping }),
  )
  return {
    stop: () => {
      stopping = true
      return looking.stop()
    },
  }
}
