import { and, eq, gt } from 'drizzle-orm'
import { auditLog } from '../../db/schema/events.ts'
import { referrals } from '../../db/schema/referrals.ts'
import { hour, instant } from '../platform/clock.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { mutate, read } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import { notFound } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { permits } from '../platform/permissions.ts'
import { cardOf, textsOf } from './cards.ts'
import type { Referral } from './contract-referral.ts'
import { memberView, referralView } from './view.ts'

/** How the audit log names it. */
export const contactOpened = 'openContact'

/** What `lastOpening` is asked with: who looks at whom, and since when it counts as noted. */
type Opening = Readonly<{
  spaceId: Id<'space'>
  referralId: Id<'referral'>
  action: string
  viewer: string
  since: string
}>

/**
 * One referral, with the member where this side may see them. Opening a contact writes an audit row before the answer,
 * at most one for a viewer, a referral and an hour.
 */
export const getReferral = async (ctx: Ctx, referralId: Id<'referral'>): Promise<Referral> => {
  const spaceId = spaceOf(ctx)
  const opening: Opening = {
    spaceId,
    referralId,
    action: contactOpened,
    viewer: ctx.actor.id,
    since: instant(ctx.clock.now() - hour),
  }
  const { view, isNoted } = await read(ctx, 'referrals:read', async (tx) => {
    const [found, texts, noted] = await Promise.all([
      cardOf(tx, spaceId, referralId),
      textsOf(ctx, tx, spaceId, referralId),
      tx.run(lastOpening, opening),
    ])
    if (!found) throw notFound()
    const member = permits(ctx.actor, 'members:read') ? memberView(found.card, texts) : null
    return {
      view: { ...referralView(ctx, found.card, found.peer, texts), member },
      isNoted: noted.length > 0,
    }
  })
  if (view.member && !isNoted) await noteOpening(ctx, opening)
  return view
}

const lastOpening = statement<{ at: string }[]>('lastOpening', (db) =>
  db
    .select({ at: auditLog.at })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.spaceId, arg(auditLog.spaceId, 'spaceId')),
        eq(auditLog.objectId, arg(auditLog.objectId, 'referralId')),
        eq(auditLog.action, arg(auditLog.action, 'action')),
        eq(auditLog.actorId, arg(auditLog.actorId, 'viewer')),
        gt(auditLog.at, arg(auditLog.at, 'since')),
      ),
    )
    .limit(1),
)

const lockOwnCard = statement('lockOwnCard', (db) =>
  db
    .select({ id: referrals.id })
    .from(referrals)
    .where(
      and(
        eq(referrals.spaceId, arg(referrals.spaceId, 'spaceId')),
        eq(referrals.id, arg(referrals.id, 'referralId')),
      ),
    )
    .for('update'),
)

/** Another request of the same viewer was first. */
class NotedMeanwhile extends Error {}

/** Looks again behind a lock, so that of several requests at once one leaves a row. */
const noteOpening = (ctx: Ctx, opening: Opening): Promise<void> =>
  mutate(ctx, 'members:read', async (tx) => {
    const { spaceId, referralId } = opening
    await tx.run(lockOwnCard, { spaceId, referralId })
    const noted = await tx.run(lastOpening, opening)
    if (noted.length > 0) throw new NotedMeanwhile()
    return {
      result: undefined,
      events: [],
      audit: { action: contactOpened, objectId: referralId, spaceId },
    }
  }).catch((error: unknown) => {
    if (!(error instanceof NotedMeanwhile)) throw error
  })
