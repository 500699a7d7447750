import { instant } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { carry, type WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'

const forget = writeStatement(
  'forgetApplications',
  `delete from applications where status = 'unconfirmed' and confirm_by < $1`,
)

interface Ended {
  readonly manager_id: string
  readonly space_ref: string
}

const forgetEnded = writeStatement<Ended>(
  'forgetEndedApplications',
  `delete from applications where status in ('rejected', 'withdrawn') and decided_at < $1 returning manager_id, space_ref`,
)

// A new space that is not in the network says in its profile what it said in the application.
const forgetWords = writeStatement(
  'forgetWordsOfSpaces',
  `update spaces s set background = null, challenge = null, version = version + 1, updated_at = $2
    where id = any($1::uuid[]) and status in ('registered', 'rejected')
      and not exists (select from applications a where a.space_ref = s.id)`,
)

// Who confirms another application just now locks the row too: of the two the second sees what the first has done.
const lockApplicants = writeStatement(
  'lockApplicants',
  'select id from managers where id = any($1::uuid[]) order by id for update',
)

const strangers = writeStatement<{ id: string }>(
  'applicantsWithNothingElse',
  `select id from managers m
    where id = any($1::uuid[]) and not is_steward
      and not exists (select from applications a where a.manager_id = m.id)
      and not exists (select from space_managers s where s.manager_id = m.id)`,
)

/** In the order in which one row points at another. */
const forgetPerson = [
  writeStatement('forgetSessionsOf', 'delete from sessions where manager_id = any($1::uuid[])'),
  writeStatement('forgetPasskeysOf', 'delete from passkeys where manager_id = any($1::uuid[])'),
  writeStatement('forgetTokensOf', 'delete from personal_tokens where manager_id = any($1::uuid[])'),
  writeStatement('forgetManagers', 'delete from managers where id = any($1::uuid[])'),
]

/**
 * Deletes what nobody confirmed in time, with the name and the address that somebody typed; and some time after its end what
 * was rejected or withdrawn, with who applied, unless they are something else here.
 */
export const forgetApplications = async (deps: Pick<Deps, 'db' | 'clock' | 'policy'>): Promise<void> => {
  const before = instant(deps.clock.now() - deps.policy.endedApplication)
  await carry(deps, async (tx) => {
    await tx.write(forget, [tx.now])
    const ended = await tx.write(forgetEnded, [before])
    if (ended.length > 0) await forgetBehind(tx, ended)
  })
}

const forgetBehind = async (tx: WriteTx, ended: readonly Ended[]): Promise<void> => {
  const people = ended.map((one) => one.manager_id)
  // People before spaces, as who confirms an application locks them.
  await tx.write(lockApplicants, [people])
  await tx.write(forgetWords, [ended.map((one) => one.space_ref), tx.now])
  const left = (await tx.write(strangers, [people])).map(({ id }) => id)
  for (const one of forgetPerson) await tx.write(one, [left])
}
