import { randomUUID } from 'node:crypto'
import { applications } from '../../db/schema/network.ts'
import { instant } from '../../src/platform/clock.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { newId, type Id } from '../../src/platform/ids.ts'
import { addSpace } from '../helpers/network.ts'
import type { SpaceRow } from '../helpers/spaces.ts'
import type { Row, Statuses } from './rows.ts'
import { setStanding, type MatrixWorld, type Subject } from './world.ts'

type Fields = Partial<typeof applications.$inferInsert>

/** An application of the subject's owner, as it stands once the address is confirmed. */
const applicationOf = async (
  { owner }: Subject,
  { test: { deps } }: MatrixWorld,
  spaceRef: Id<'space'>,
  fields: Fields = {},
) => {
  const now = instant(deps.clock.now())
  const id = newId('application', deps.clock.now())
  const row = {
    id,
    kind: 'new' as const,
    status: 'pending' as const,
    spaceRef,
    managerId: owner.managerId,
    emailHash: Buffer.alloc(32),
    statement: 'Designers around one courtyard.',
    confirmBy: now,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
  await deps.db.pool.query(insertAll([rowsOf(applications, [{ ...row, ...fields }])]))
  return id
}

/** Asks about an application for a space that is none of the callers', handed in by the subject's owner. */
const onWaiting =
  (
    verb: string,
    { body, space = {}, ...fields }: Fields & { body?: unknown; space?: Partial<SpaceRow> } = {},
  ): Row['ask'] =>
  async (subject, world) => {
    const spaceId = await addSpace(world.test, { status: 'registered', ...space })
    const id = await applicationOf(subject, world, spaceId, fields)
    return { url: `/v1/applications/${id}${verb}`, secret: id, ...(body !== undefined && { body }) }
  }

/** The same of a claim that is not proven, which is the person's and not yet a space's. */
const onClaim = (verb: string): Row['ask'] =>
  onWaiting(verb, { kind: 'claim', space: { status: 'unclaimed' } })

const onSpace =
  (verb: string, status: SpaceRow['status'], body?: unknown): Row['ask'] =>
  async (_subject, { test }) => {
    const spaceId = await addSpace(test, { status })
    return { url: `/v1/spaces/${spaceId}/${verb}`, ...(body !== undefined && { body }) }
  }

/** The steward's alone. */
const steward: Statuses = [403, 403, 403, 403, 403, 403, 403, 200, 401]
/** For who applied: a guest, or the owner of a space; those who only see it are told so. */
const applicant = (done: number): Statuses => [done, 403, 403, 403, 403, 404, done, 403, 401]

/** Rights of the room `network`. */
export const networkRows = {
  submitApplication: {
    ask: () => ({
      url: '/v1/applications',
      body: {
        contact: { name: 'Léa Martin', email: `${randomUUID()}@nave.example` },
        space: { name: 'Nave', city: 'Lyon', countryCode: 'FR' },
      },
    }),
    statuses: [201, 201, 201, 201, 201, 201, 201, 201, 201],
  },
  listApplications: {
    ask: async (subject, world) => {
      const id = await applicationOf(subject, world, subject.spaceId, { status: 'rejected' })
      return { url: '/v1/applications?status=rejected&limit=100', secret: id }
    },
    statuses: [200, 200, 200, 200, 200, 200, 200, 200, 401],
  },
  getApplication: [
    {
      where: 'that waits, which the network is asked about',
      ask: async (subject, world) => {
        const { secret: _, ...request } = await onWaiting('')(subject, world)
        return request
      },
      statuses: [200, 200, 200, 200, 200, 404, 200, 200, 401],
    },
    {
      where: 'that was rejected',
      ask: async (subject, world) => {
        const id = await applicationOf(subject, world, subject.spaceId, { status: 'rejected' })
        return { url: `/v1/applications/${id}`, secret: id }
      },
      statuses: [200, 200, 200, 200, 404, 404, 200, 200, 401],
    },
  ],
  vouchForApplication: {
    ask: async (subject, world) => {
      const { secret: _, ...request } = await onWaiting('/vouch')(subject, world)
      return request
    },
    statuses: [200, 200, 403, 200, 200, 409, 409, 403, 401],
  },
  admitApplication: { ask: onWaiting('/admit'), statuses: steward },
  rejectApplication: { ask: onWaiting('/reject', { body: { reason: 'Not a space.' } }), statuses: steward },
  withdrawApplication: { ask: onClaim('/withdraw'), statuses: applicant(200) },
  // Nothing is looked up: the claimed space has no web domain.
  proveApplication: { ask: onClaim('/prove'), statuses: applicant(409) },
  suspendSpace: {
    ask: onSpace('suspend', 'admitted', { reason: 'Charged for free days.' }),
    statuses: steward,
  },
  readmitSpace: { ask: onSpace('readmit', 'suspended'), statuses: steward },
  leaveNetwork: {
    // Taken in again for each caller, for the one before may have left with it.
    ask: async ({ spaceId }, { test }) => {
      await setStanding(test, spaceId, 'admitted')
      return { url: `/v1/spaces/${spaceId}/leave` }
    },
    statuses: [200, 403, 403, 403, 404, 404, 409, 403, 401],
  },
} satisfies Record<string, Row | readonly Row[]>
