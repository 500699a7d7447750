import { makeManager, type Identity } from '../../src/access/manager-identity.ts'
import { makeSteward } from '../../src/access/make-steward.ts'
import { mutateRights } from '../../src/access/revocation-epoch.ts'
import { makeOwner } from '../../src/network/claim.ts'
import type { Deps } from '../../src/platform/context.ts'
import { ctxAt, steward, type LoadedSpaces } from './actors.ts'

/** Who can sign in: the owners of these spaces, by the key of the plan, and the steward. */
export const owners: Readonly<Record<string, Identity>> = {
  nave: { name: 'Inês Moura', email: 'ines@nave.example' },
  traboule: { name: 'Léa Martin', email: 'lea@traboule.example' },
}
export const networkSteward: Identity = { name: 'Maya Lindqvist', email: 'maya@waggle.example' }

/** Lets them in, now. */
export const loadPeople = async (deps: Deps, loaded: LoadedSpaces): Promise<void> => {
  const ctx = ctxAt(deps, deps.clock.now(), steward)
  await makeSteward(ctx, networkSteward)
  for (const [key, identity] of Object.entries(owners)) {
    const space = loaded.get(key)
    if (!space) throw new Error(`The demo has no space ${key}`)
    await mutateRights(ctx, 'network:admin', async (tx) => {
      const { id } = await makeManager(ctx, tx, identity)
      await makeOwner(tx, space.id, id)
      return {
        result: undefined,
        events: [],
        audit: { action: 'makeOwner', objectId: id, spaceId: space.id },
      }
    })
  }
}
