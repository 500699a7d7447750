import { mutateRights } from '../access/revocation-epoch.ts'
import type { Ctx } from '../platform/context.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { Problem } from '../platform/errors.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { takeIn } from './admit-space.ts'
import { isDecided, isFreeToShow, lockSpace } from './application-decision.ts'
import {
  applicationWithContact,
  isUnproven,
  readApplication,
  type ApplicationRow,
} from './application-view.ts'
import type { Application } from './contract-application.ts'
import { lockWaitingCards } from './probation-end.ts'

/**
 * The steward takes in the space of an application, established at once; for a claim this is the proof, too.
 * @throws Problem `not_found`, `wrong_standing`
 */
export const admitApplication = (ctx: Ctx, id: Id<'application'>): Promise<Application> =>
  mutateRights(ctx, 'network:admin', async (tx) => {
    const spaceId = (await readApplication(ctx, tx, id)).space.id
    // Cards before spaces, as in every transition.
    await tx.write(lockWaitingCards, [toUuid(spaceId)])
    await lockSpace(tx, spaceId)
    const row = await readApplication(ctx, tx, id)
    if (row.status !== 'pending') throw isDecided()
    if (isUnproven(row)) await proveClaim(tx, row, 'steward')
    const { events } = await takeIn(ctx, tx, spaceId)
    return {
      result: applicationWithContact(ctx, await readApplication(ctx, tx, id)),
      events,
      audit: { action: 'admitApplication', objectId: id, spaceId },
    }
  })

const noteProof = writeStatement(
  'application:prove',
  `update applications set proof = $2, proved_at = $3, version = version + 1, updated_at = $3 where id = $1`,
)

/**
 * Notes how it was shown that the claimed space is the applicant's; it is in their hands once the network has taken it in.
 * Its row is locked.
 * @throws Problem `wrong_standing` when somebody else has shown it, or speaks for it already
 */
export const proveClaim = async (
  tx: WriteTx,
  { id, space }: ApplicationRow,
  proof: 'well_known' | 'steward',
): Promise<void> => {
  if (!(await isFreeToShow(tx, space.id))) {
    throw new Problem('wrong_standing', `Somebody else has shown that ${space.name} is theirs.`)
  }
  await tx.write(noteProof, [toUuid(id), proof, tx.now])
}
