import { hour, second } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate, read } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { takeStrictly, type Limit } from '../platform/limits.ts'
import { fetchFromOutside, type Resolve } from '../platform/outbound.ts'
import { proveClaim } from './admit-application.ts'
import { isWellKnownToken } from './application-link.ts'
import { lockSpace } from './application-decision.ts'
import { applicationView, isUnproven, readApplication, readOwnApplication } from './application-view.ts'
import type { ApplicationRow } from './application-view.ts'
import type { Application } from './contract-application.ts'
import { wellKnownUrl } from './proof.ts'

/** At the web sites of strangers, for one person: whoever names them is not to have us knock there all day. */
const looks: Limit = { burst: 20, perSecond: 20 / (hour / second) }

/**
 * Looks whether the claimed space shows the token at its own web address. What is found there is compared and forgotten.
 * @param resolve in place of the system's resolver
 * @throws Problem `not_found`, `insufficient_role`, `wrong_standing`, `too_many_requests`, `proof_not_found`
 */
export const proveApplication = async (
  ctx: Ctx,
  id: Id<'application'>,
  resolve?: Resolve,
): Promise<Application> => {
  const before = await read(ctx, 'applications:own', (tx) => readOwnApplication(ctx, tx, id))
  const { space } = before
  // No wait for others inside a transaction. What is proven already goes on to it: a repeated request is answered there.
  if (isUnproven(before)) await requireShown(ctx, before, resolve)
  return mutate(ctx, 'applications:own', async (tx) => {
    await lockSpace(tx, space.id)
    await proveClaim(tx, requireUnproven(await readOwnApplication(ctx, tx, id)), 'well_known')
    return {
      result: applicationView(ctx, await readApplication(ctx, tx, id)),
      events: [],
      audit: { action: 'proveApplication', objectId: id, spaceId: space.id },
    }
  })
}

/** @throws Problem `wrong_standing` where there is nowhere to look, `too_many_requests`, `proof_not_found` */
const requireShown = async (ctx: Ctx, { id, space }: ApplicationRow, resolve?: Resolve): Promise<void> => {
  const { isLocal } = ctx.installation
  const url = wellKnownUrl(space, isLocal)
  if (url === null) {
    throw new Problem(
      'wrong_standing',
      `${space.name} has no web domain of its own: the steward looks at the claim.`,
    )
  }
  await takeStrictly(ctx, 'application-proof', ctx.actor.id, looks)
  const found = await fetchFromOutside(url, { isLocal, ...(resolve && { resolve }) })
  if (found === null || !isWellKnownToken(ctx.keys.link, id, found)) throw new Problem('proof_not_found')
}

const requireUnproven = (row: ApplicationRow): ApplicationRow => {
  if (isUnproven(row)) return row
  throw new Problem('wrong_standing', 'There is nothing to prove here any more.')
}
