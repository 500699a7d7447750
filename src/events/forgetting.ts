import { and, eq, like, ne } from 'drizzle-orm'
import { outbox } from '../../db/schema/events.ts'
import { millisOf, minute, second } from '../platform/clock.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import type { JobLog } from '../platform/jobs/every.ts'
import { startPump, type Handler, type Pump } from '../platform/jobs/outbox-pump.ts'
import type { OutboxRow } from '../platform/jobs/outbox-rows.ts'
import { forgetAlong } from '../referrals/erase.ts'
import type { MailTransport } from './mail-transport.ts'
import { targetOf } from './matter.ts'

/** Where it is noted that words are gone, by the id of the referral. */
interface ForgettingLog extends JobLog {
  info(facts: object, message: string): void
}

/**
 * Carries an erasure to where its transaction does not reach: the other referrals of the member's way, and the mails that
 * became files. It has a pump to itself: a mail server that does not answer holds up no erasure.
 */
export const startForgetting = (deps: Deps, transport: MailTransport, log: ForgettingLog): Pump =>
  startPump(
    deps,
    {
      'forget.referral': (row) => forgetReferral(deps, row),
      'forget.mails': (row) => forgetMails(deps, transport, log, row),
    },
    log,
  )

/** The member whose will it is speaks on each referral of the way. */
const forgetReferral = async (deps: Deps, row: OutboxRow): ReturnType<Handler> => {
  const target = targetOf(row)
  const ctx: Ctx = { ...deps, actor: { kind: 'member', id: target.referralId }, requestId: row.id }
  await forgetAlong(ctx, target)
  return 'done'
}

/** A mail that was in hand when the words went may become a file a moment later: so long it is looked for again. */
const inHandFor = minute
const lookAgainAfter = 5 * second

const forgetMails = async (
  deps: Deps,
  transport: MailTransport,
  log: ForgettingLog,
  row: OutboxRow,
): ReturnType<Handler> => {
  const mails = await mailsAbout(deps, row)
  await transport.forget(mails.map(({ id }) => id))
  const now = deps.clock.now()
  const mayBeInHand = mails.some(({ dueAt }) => dueAt !== null) && now < millisOf(row.at) + inHandFor
  if (mayBeInHand) return { notBefore: now + lookAgainAfter }
  // This line outlives a restore of the database: by it the erasure is done again (docs/members-rights.md).
  log.info({ job: 'forget', referralId: row.subjectId }, 'words about a member are erased')
  return 'done'
}

const mailsAbout = (deps: Deps, { spaceId, subjectId }: OutboxRow) =>
  readUnscoped(deps, (tx) =>
    tx.db
      .select({ id: outbox.id, dueAt: outbox.dueAt })
      .from(outbox)
      .where(
        and(
          eq(outbox.spaceId, spaceId),
          eq(outbox.subjectId, subjectId),
          like(outbox.topic, 'mail.%'),
          // It names nobody, and has only now been written.
          ne(outbox.topic, 'mail.delete_copies'),
        ),
      ),
  )
