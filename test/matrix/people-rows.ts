import { randomUUID } from 'node:crypto'
import { toUuid } from '../../src/platform/ids.ts'
import { addManager } from '../helpers/managers.ts'
import type { Row, Statuses } from './rows.ts'
import { setStanding, type MatrixWorld, type Subject } from './world.ts'

/** For owners, of their own people; whatever the space's standing. */
const rules: Statuses = [200, 403, 403, 403, 404, 404, 200, 403, 401]

/** Asks about somebody who acts for the subject's space. */
const onSomebody =
  (verb: string, body?: unknown): Row['ask'] =>
  async ({ spaceId }, { test }) => {
    const { managerId, email } = await addManager(test, { spaceId, role: 'manager' })
    return { url: `/v1/managers/${managerId}/${verb}`, secret: email, ...(body !== undefined && { body }) }
  }

/** Those who handed their space over in an earlier request have it again. */
const asOwnerAgain = async ({ spaceId, owner }: Subject, { test }: MatrixWorld) => {
  await test.deps.db.pool.query(
    `update space_managers set role = 'owner' where space_id = $1 and manager_id = $2`,
    [toUuid(spaceId), toUuid(owner.managerId)],
  )
  // Whoever handed the space over is remembered as a manager: the tokens are looked at anew.
  await setStanding(test, spaceId, 'admitted')
}

/** Rights over the people of a space. */
export const peopleRows = {
  listManagers: {
    ask: ({ owner }) => ({ url: '/v1/managers', secret: owner.email }),
    statuses: [200, 200, 403, 200, 200, 200, 200, 403, 401],
  },
  inviteManager: {
    ask: () => ({ url: '/v1/managers', body: { email: `${randomUUID()}@example.org`, role: 'viewer' } }),
    statuses: [201, 403, 403, 403, 201, 409, 409, 403, 401],
  },
  withdrawInvitation: {
    ask: async ({ owner }) => {
      const email = `${randomUUID()}@example.org`
      await owner.post('/v1/managers', { email, role: 'viewer' })
      return { url: '/v1/managers/withdraw-invitation', body: { email }, secret: email }
    },
    statuses: rules,
  },
  changeRole: { ask: onSomebody('change-role', { role: 'viewer' }), statuses: rules },
  handOverOwnership: {
    ask: async (subject, world) => {
      for (const one of [world.home, world.suspended]) await asOwnerAgain(one, world)
      return onSomebody('hand-over')(subject, world)
    },
    statuses: rules,
  },
  removeManager: { ask: onSomebody('remove'), statuses: rules },
} satisfies Record<string, Row>
