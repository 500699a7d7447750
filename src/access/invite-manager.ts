import { day, instant, millisOf, second } from '../platform/clock.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { toUuid } from '../platform/ids.ts'
import { takeWith, type Limit } from '../platform/limits.ts'
import { scopesOf } from '../platform/permissions.ts'
import type { Invitation, Manager } from './contract-people.ts'
import { emailHashOf, makeManager } from './manager-identity.ts'
import { lockPeople } from './people.ts'
import { requireHeld } from './require-held.ts'

/** Mails that one space has Waggle write to strangers. */
const perSpace: Limit = { burst: 20, perSecond: 20 / (day / second) }

/** And to one of them, whichever spaces ask. */
const perMailbox: Limit = { burst: 5, perSecond: 5 / (day / second) }

const invite = writeStatement<{ manager_id: string }>(
  'inviteManager',
  `insert into space_managers as m (space_id, manager_id, role, invited_by, invited_at, accepted_at, expires_at)
   values ($1, $2, $3, $4, $5, null, $6)
   on conflict (space_id, manager_id) do update
     set role = excluded.role, invited_by = excluded.invited_by, invited_at = excluded.invited_at, expires_at = excluded.expires_at
     where m.accepted_at is null
   returning manager_id`,
)

/**
 * Asks a colleague by mail to act for the caller's space; once more, with a new link, whoever was asked before. Neither the
 * answer nor the work tells whether the address is known here, and the log names nobody.
 * @throws Problem `already_manager` for who acts for the space, `too_many_requests`, `insufficient_scope` for a role that
 * may do more than the caller's token; `space_not_admitted`, `space_suspended`
 */
export const inviteManager = (ctx: Ctx, { email, role }: Invitation): Promise<Manager> =>
  mutate(ctx, 'access:invite', async (tx) => {
    requireHeld(ctx, scopesOf(role))
    const spaceId = spaceOf(ctx)
    await takeWith(ctx, tx, 'manager-invitation', spaceId, perSpace)
    const mailbox = emailHashOf(ctx, email).toString('hex')
    await takeWith(ctx, tx, 'manager-invitation-mail', mailbox, perMailbox)
    await lockPeople(tx, spaceId)
    const { id } = await makeManager(ctx, tx, { name: '', email })
    const by = ctx.actor.kind === 'manager' ? toUuid(ctx.actor.id) : null
    const expiresAt = instant(millisOf(tx.now) + ctx.policy.managerInvitation)
    const [invited] = await tx.write(invite, [toUuid(spaceId), toUuid(id), role, by, tx.now, expiresAt])
    if (!invited)
      throw new Problem('already_manager', 'Somebody with this address acts for your space already.')
    return {
      result: {
        id: null,
        name: null,
        email: email.toLowerCase(),
        role,
        invitedAt: tx.now,
        acceptedAt: null,
        expiresAt,
      },
      events: [{ spaceId, topic: 'mail.colleague_invited', subjectId: id, deliver: true }],
      audit: { action: 'inviteManager', objectId: spaceId, spaceId },
    }
  })
