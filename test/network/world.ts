/** People who apply, and those who decide about it. */
import { randomUUID } from 'node:crypto'
import { actingManager } from '../../src/access/acting-manager.ts'
import { confirmUrl } from '../../src/network/application-link.ts'
import { confirmApplication } from '../../src/network/confirm-application.ts'
import type { Ctx } from '../../src/platform/context.ts'
import { readUnscoped } from '../../src/platform/database/door.ts'
import { toTypeId, toUuid, type Id } from '../../src/platform/ids.ts'
import { scopesOf } from '../../src/platform/permissions.ts'
import type { TestApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import type { SpaceRow } from '../helpers/spaces.ts'

export const lea = { name: 'Léa Martin', email: 'lea@nave.example' }

export const nave = {
  contact: lea,
  space: { name: 'Nave', city: 'Lyon', countryCode: 'FR' },
  statement: 'Designers and printers around one courtyard.',
  background: 'I ran a print shop.',
  challenge: 'Empty desks in August.',
}

let network = 0

/** Hands an application in by the API, each from a network address of its own. */
export const submit = (test: TestApp, body: unknown = nave) => {
  network += 1
  return test.app.inject({
    method: 'POST',
    url: '/v1/applications',
    remoteAddress: `198.51.${String(network >> 8)}.${String(network & 255)}`,
    headers: { 'idempotency-key': randomUUID() },
    payload: body as object,
  })
}

export const submitted = async (test: TestApp, body: unknown = nave): Promise<Id<'application'>> => {
  const answer = await submit(test, body)
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return answer.json<{ id: Id<'application'> }>().id
}

export const anybody = (test: TestApp): Ctx => ({
  ...test.deps,
  actor: { kind: 'public', id: 'public' },
  requestId: 'test',
})

/** Presses the button behind the mailed link. */
export const confirm = (test: TestApp, id: Id<'application'>) => {
  const token = confirmUrl('', test.deps.keys.link, id).split('/').at(-1) ?? ''
  return confirmApplication(anybody(test), token, () => Promise.resolve(null))
}

export interface Applied {
  readonly id: Id<'application'>
  readonly managerId: Id<'manager'>
  readonly spaceId: Id<'space'>
}

export const applied = async (test: TestApp, body: unknown = nave): Promise<Applied> => {
  const id = await submitted(test, body)
  const { managerId } = await confirm(test, id)
  return { id, managerId, spaceId: toTypeId('space', (await applicationRow(test, id)).space_ref ?? '') }
}

/** Somebody who asks for a space of the directory. */
export const claim = (spaceId: Id<'space'>, email = `${randomUUID()}@example.org`) => ({
  contact: { name: 'Max', email },
  claimSpaceId: spaceId,
})

/** A space of the directory that nobody speaks for. */
export const listed = (test: TestApp, fields: Partial<SpaceRow> = {}) =>
  addSpace(test, { status: 'unclaimed', name: 'La Traboule', ...fields })

/** The person as the pages let them act: for the space, or as a guest who has none. */
export const as = async (
  test: TestApp,
  { managerId: id, spaceId }: { managerId: Id<'manager'>; spaceId?: Id<'space'> | null },
): Promise<Ctx> => {
  const acting = await readUnscoped(test.deps, (tx) => actingManager(tx, id, spaceId ?? null))
  const guest = { kind: 'manager', id, role: 'guest', spaceId: null, standing: null } as const
  const actor = acting ?? { ...guest, scopes: new Set<string>(scopesOf('guest')) }
  return { ...test.deps, actor, requestId: 'test' }
}

/** An owner of a space that is in the network, as they act. */
export const insider = async (test: TestApp, fields: Partial<SpaceRow> = {}): Promise<Ctx> =>
  as(test, await addManager(test, { spaceId: await addSpace(test, fields), role: 'owner' }))

interface ApplicationRow {
  readonly status: string
  readonly kind: string
  readonly proof: string | null
  readonly reason: string | null
  readonly space_ref: string | null
  readonly contact: Buffer | null
  readonly profile: unknown
}

export const applicationRow = async ({ deps }: TestApp, id: Id<'application'>): Promise<ApplicationRow> => {
  const { rows } = await deps.db.pool.query<ApplicationRow>('select * from applications where id = $1', [
    toUuid(id),
  ])
  return rows[0]!
}

interface SpaceInTable {
  readonly status: string
  readonly name: string
  readonly background: string | null
  readonly challenge: string | null
  readonly contact_email: string | null
  readonly suspended_reason: string | null
  readonly probation_until: Date | null
  readonly website: string | null
  readonly domain: string | null
  readonly lat: number
  readonly lon: number
}

export const spaceRow = async ({ deps }: TestApp, id: Id<'space'>) => {
  const { rows } = await deps.db.pool.query<SpaceInTable>('select * from spaces where id = $1', [toUuid(id)])
  return rows[0]!
}

/** Who owns a space. */
export const ownersOf = async ({ deps }: TestApp, spaceId: Id<'space'>): Promise<Id<'manager'>[]> => {
  const { rows } = await deps.db.pool.query<{ id: string }>(
    `select manager_id as id from space_managers where space_id = $1 and role = 'owner' and accepted_at is not null`,
    [toUuid(spaceId)],
  )
  return rows.map(({ id }) => toTypeId('manager', id))
}

/** The letters that wait to be carried, about an application. */
export const lettersOf = async ({ deps }: TestApp, id: Id<'application'>): Promise<string[]> => {
  const { rows } = await deps.db.pool.query<{ topic: string }>(
    `select topic from outbox where subject_id = $1 and topic like 'mail.%' order by topic`,
    [id],
  )
  return rows.map(({ topic }) => topic)
}

/** Opens the connections that a race needs: else the first is done while the others still wait for theirs. */
export const openConnections = async ({ deps }: TestApp): Promise<void> => {
  await Promise.all(Array.from({ length: 8 }, () => deps.db.pool.query('select pg_sleep(0.01)')))
}

/** How each of several writes at once ended: what it gave, or the code by which it was refused. */
export const endings = async (writes: readonly Promise<unknown>[]): Promise<string[]> => {
  const settled = await Promise.allSettled(writes)
  const ended = settled.map((one) => {
    if (one.status === 'fulfilled') return 'done'
    const { code, message } = one.reason as { code?: string; message: string }
    return code ?? message
  })
  return ended.sort()
}
