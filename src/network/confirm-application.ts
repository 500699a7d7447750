import { and, eq } from 'drizzle-orm'
import { applications } from '../../db/schema/network.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { makeManager } from '../access/manager-identity.ts'
import { mutateRights } from '../access/revocation-epoch.ts'
import type { Ctx } from '../platform/context.ts'
import type { ReadTx, WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { applicationOfToken } from './application-link.ts'
import { stewardMails } from './application-mails.ts'
import { contactOf } from './contact.ts'
import type { KeptProfile } from './kept-profile.ts'
import { settleApplication } from './settle-application.ts'

/** What a link can confirm: not over, and not confirmed before. */
interface Confirmable {
  readonly id: Id<'application'>
  readonly spaceName: string
  readonly confirmBy: string
}

export interface Confirmed {
  readonly id: Id<'application'>
  readonly managerId: Id<'manager'>
  /** Whether nobody was known by the address before. */
  readonly isNew: boolean
}

/**
 * The application that a mailed link confirms. Looking changes nothing: programs look at links before people do.
 * @throws Problem `gone`
 */
export const readConfirmable = async (
  { keys }: Pick<Ctx, 'keys'>,
  tx: ReadTx,
  token: string,
): Promise<Confirmable> => {
  const id = applicationOfToken(keys.link, token)
  const [found] = id === null ? [] : await selectUnconfirmed(tx, id)
  if (!found || found.row.confirmBy <= tx.now) throw new Problem('gone')
  const { row, spaceName } = found
  const profile = row.profile as KeptProfile | null
  return {
    id: row.id,
    spaceName: spaceName ?? profile?.space?.name ?? '',
    confirmBy: row.confirmBy,
  }
}

const selectUnconfirmed = (tx: ReadTx, id: Id<'application'>) =>
  tx.db
    .select({ row: applications, spaceName: spaces.name })
    .from(applications)
    .leftJoin(spaces, eq(spaces.id, applications.spaceRef))
    .where(and(eq(applications.id, id), eq(applications.status, 'unconfirmed')))

// Of twenty at once one finds it unconfirmed; the others wait here and then find it is not.
const take = writeStatement<{ id: string }>(
  'application:confirm',
  `update applications set status = 'pending', contact = null, version = version + 1, updated_at = $2
    where id = $1 and status = 'unconfirmed' and confirm_by > $2 returning id`,
)

/**
 * Confirms the address: the person is found or made, and the application waits for the network. A new space is registered
 * with the person as its owner; of a claimed one nothing changes before the network takes it in. It is shown to be the
 * person's at once where the address lies at the space's own web domain.
 * @param also what else belongs into the same write: signing the person in
 * @throws Problem `gone` for a link that was used, is over or not ours; `wrong_standing` when the person speaks for that
 *   space already, or their application for it waits
 */
export const confirmApplication = <T>(
  ctx: Ctx,
  token: string,
  also: (tx: WriteTx, confirmed: Confirmed) => Promise<T>,
): Promise<Confirmed & { readonly also: T }> =>
  mutateRights(ctx, 'applications:submit', async (tx) => {
    const { id } = await readConfirmable(ctx, tx, token)
    const [before] = await selectUnconfirmed(tx, id)
    const [taken] = await tx.write(take, [toUuid(id), tx.now])
    if (!taken || !before?.row.contact) throw new Problem('gone')
    const person = contactOf(ctx, id, before.row.contact)
    const manager = await makeManager(ctx, tx, person)
    const spaceId = await settleApplication(tx, before.row, { ...manager, person })
    const confirmed = { id, managerId: manager.id, isNew: manager.isNew }
    return {
      result: { ...confirmed, also: await also(tx, confirmed) },
      events: await stewardMails(tx, id),
      audit: { action: 'confirmApplication', objectId: id, spaceId },
    }
  })
