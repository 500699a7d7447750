import { day, instant } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { carry } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'

const forgetOver = writeStatement(
  'forgetInvitations',
  'delete from space_managers where accepted_at is null and expires_at < $1',
)

// Older than a day, so that nobody is deleted while somebody invites them.
const forgetStrangers = writeStatement(
  'forgetStrangers',
  `delete from managers m
   where m.last_signed_in_at is null and not m.is_steward and m.created_at < $1
     and not exists (select from space_managers s where s.manager_id = m.id)
     and not exists (select from applications a where a.manager_id = m.id)
     and not exists (select from sessions s where s.manager_id = m.id)
     and not exists (select from personal_tokens p where p.manager_id = m.id)`,
)

/** Deletes invitations that nobody accepted in time, and the addresses of people who never came. */
export const forgetInvitations = async (deps: Pick<Deps, 'db' | 'clock'>): Promise<void> => {
  await carry(deps, async (tx) => {
    await tx.write(forgetOver, [tx.now])
    await tx.write(forgetStrangers, [instant(deps.clock.now() - day)])
  })
}
