import { mutateRights } from '../access/revocation-epoch.ts'
import type { Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { fetchFromOutside, type Resolve } from '../platform/outbound.ts'
import { proveClaim } from './admit-application.ts'
import { isWellKnownToken } from './application-link.ts'
import { lockSpace } from './application-decision.ts'
import { applicationView, isUnproven, readApplication, readOwnApplication } from './application-view.ts'
import type { ApplicationRow } from './application-view.ts'
import type { Application } from './contract.ts'
import { wellKnownUrl } from './proof.ts'

/**
 * Looks whether the claimed space shows the token at its own web address. What is found there is compared and forgotten.
 * @param resolve in place of the system's resolver
 * @throws Problem `not_found`, `insufficient_role`, `wrong_standing`, `proof_not_found`
 */
export const proveApplication = async (
  ctx: Ctx,
  id: Id<'application'>,
  resolve?: Resolve,
): Promise<Application> => {
  const { isLocal } = ctx.installation
  const { space } = await read(ctx, 'applications:own', async (tx) =>
    requireUnproven(await readOwnApplication(ctx, tx, id)),
  )
  const url = wellKnownUrl(space, isLocal)
  if (url === null) {
    throw new Problem(
      'wrong_standing',
      `${space.name} has no web domain of its own: the steward looks at the claim.`,
    )
  }
  // No wait for others inside a transaction.
  const found = await fetchFromOutside(url, { isLocal, ...(resolve && { resolve }) })
  if (found === null || !isWellKnownToken(ctx.keys.link, id, found)) throw new Problem('proof_not_found')
  return mutateRights(ctx, 'applications:own', async (tx) => {
    await lockSpace(tx, space.id)
    await proveClaim(ctx, tx, requireUnproven(await readOwnApplication(ctx, tx, id)), 'well_known')
    return {
      result: applicationView(ctx, await readApplication(ctx, tx, id)),
      events: [{ spaceId: space.id, topic: 'space.registered', subjectId: space.id }],
      audit: { action: 'proveApplication', objectId: id, spaceId: space.id },
    }
  })
}

const requireUnproven = (row: ApplicationRow): ApplicationRow => {
  if (isUnproven(row)) return row
  throw new Problem('wrong_standing', 'There is nothing to prove here any more.')
}
