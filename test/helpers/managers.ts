import { randomBytes, randomUUID } from 'node:crypto'
import { managers, personalTokens, spaceManagers } from '../../db/schema/access.ts'
import { emailHashOf, sealIdentity } from '../../src/access/manager-identity.ts'
import { day, instant } from '../../src/platform/clock.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { networkSpaceId, newId, type Id } from '../../src/platform/ids.ts'
import { scopesOf } from '../../src/platform/permissions.ts'
import type { ManagerRole } from '../../src/platform/roles.ts'
import { sha256 } from '../../src/platform/sealing.ts'
import type { TestApp } from './app.ts'
import { callerOf, type Caller } from './network.ts'

export interface TestManager extends Caller {
  readonly managerId: Id<'manager'>
  readonly email: string
}

interface Place {
  readonly spaceId: Id<'space'>
  readonly role: ManagerRole
}

/** A person with a role for a space, or a steward, who asks by a personal token that holds all that the role may. */
export const addManager = async (
  test: TestApp,
  place: Place | 'steward',
  email = `${randomUUID()}@example.org`,
): Promise<TestManager> => {
  const { deps } = test
  const now = instant(deps.clock.now())
  const id = newId('manager', deps.clock.now())
  const token = `wgp_${randomBytes(32).toString('base64url')}`
  const spaceId = place === 'steward' ? null : place.spaceId
  await deps.db.pool.query(
    insertAll([
      rowsOf(managers, [
        {
          id,
          emailHash: emailHashOf(deps, email),
          identity: sealIdentity(deps, id, { name: 'Inês Moura', email }),
          isSteward: place === 'steward',
          createdAt: now,
        },
      ]),
    ]),
  )
  if (place !== 'steward') {
    const role = { ...place, managerId: id, invitedAt: now, acceptedAt: now }
    await deps.db.pool.query(insertAll([rowsOf(spaceManagers, [role])]))
  }
  await deps.db.pool.query(
    insertAll([
      rowsOf(personalTokens, [
        {
          id: newId('personalToken', deps.clock.now()),
          tokenHash: sha256(token),
          managerId: id,
          spaceRef: spaceId,
          name: 'test',
          scopes: [...scopesOf(place === 'steward' ? 'steward' : place.role)],
          createdAt: now,
          expiresAt: instant(deps.clock.now() + 90 * day),
        },
      ]),
    ]),
  )
  return { ...callerOf(test, spaceId ?? networkSpaceId, token), managerId: id, email }
}
