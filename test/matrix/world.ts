/** Everybody who may ask, and the objects that they ask about. */
import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import { mutateRights } from '../../src/access/revocation-epoch.ts'
import { scopesFor } from '../../src/access/scopes.ts'
import { writeStatement } from '../../src/platform/database/statements.ts'
import { toUuid, type Id } from '../../src/platform/ids.ts'
import type { Standing } from '../../src/platform/roles.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addManager, type TestManager } from '../helpers/managers.ts'
import { addSpace, steward, tokenFor } from '../helpers/network.ts'
import { addLastingCaller, type LastingCaller, type World } from '../referrals/walks.ts'

/** In the order of the columns of the matrix. */
export const callers = [
  'owner',
  'manager',
  'viewer',
  'client',
  'other',
  'applicant',
  'suspended',
  'steward',
  'nobody',
] as const
export type CallerName = (typeof callers)[number]

/** Whose objects are asked about: its people, its API client, and the referrals to and from it. */
export interface Subject {
  readonly spaceId: Id<'space'>
  readonly owner: TestManager
  readonly manager: TestManager
  /** Referrals that come to it. */
  readonly receiving: World
  /** Referrals that it sends. */
  readonly sending: World
}

export interface MatrixWorld {
  readonly test: TestApp
  /** Its people and its API client ask about what is its own. */
  readonly home: Subject
  /** Suspended while it asks about what is its own. */
  readonly suspended: Subject
  readonly steward: TestManager
  /** Made anew for an API client: its tokens end while the clock is moved on. */
  readonly tokenOf: (caller: CallerName) => Promise<string> | string | null
}

const everyScope = [...scopesFor('space')]

const subjectOf = async (test: TestApp, partner: LastingCaller): Promise<Subject> => {
  const [own, next, last, outsider] = await Promise.all([
    addLastingCaller(test, {}, everyScope),
    addLastingCaller(test),
    addLastingCaller(test),
    addLastingCaller(test),
  ])
  const { spaceId } = own
  const others = { test, next, last, outsider }
  return {
    spaceId,
    owner: await addManager(test, { spaceId, role: 'owner' }),
    manager: await addManager(test, { spaceId, role: 'manager' }),
    receiving: { ...others, sender: partner, receiver: own },
    sending: { ...others, sender: own, receiver: partner },
  }
}

export const openMatrix = async (t: Test): Promise<MatrixWorld> => {
  const test = await testApp(t)
  const partner = await addLastingCaller(test, {}, everyScope)
  const [home, suspended, theSteward] = await Promise.all([
    subjectOf(test, partner),
    subjectOf(test, partner),
    addManager(test, 'steward'),
  ])
  const viewer = await addManager(test, { spaceId: home.spaceId, role: 'viewer' })
  const other = await addManager(test, { spaceId: await addSpace(test), role: 'owner' })
  const registered = await addSpace(test, { status: 'registered' })
  const applicant = await addManager(test, { spaceId: registered, role: 'owner' })
  const tokens = {
    owner: home.owner.token,
    manager: home.manager.token,
    viewer: viewer.token,
    other: other.token,
    applicant: applicant.token,
    suspended: suspended.owner.token,
    steward: theSteward.token,
    nobody: null,
  }
  const tokenOf = (caller: CallerName) =>
    caller === 'client' ? tokenFor(test, { spaceId: home.spaceId }, everyScope) : tokens[caller]
  return { test, home, suspended, steward: theSteward, tokenOf }
}

const setStatus = writeStatement('matrix:standing', 'update spaces set status = $2 where id = $1')

/** As the steward would suspend and readmit a space. */
export const setStanding = (test: TestApp, spaceId: Id<'space'>, standing: Standing): Promise<void> =>
  mutateRights(steward(test), 'network:admin', async (tx) => {
    await tx.write(setStatus, [toUuid(spaceId), standing])
    return { result: undefined, events: [], audit: { action: 'setStanding', objectId: spaceId, spaceId } }
  })

/** One request, as every caller of a row makes it. */
export interface Request {
  readonly url: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** What nobody but those of the subject may read in the answer. */
  readonly secret?: string
}

export const ask = async (
  { test, tokenOf }: MatrixWorld,
  caller: CallerName,
  method: 'GET' | 'POST' | 'PATCH',
  { url, body, headers = {} }: Request,
) => {
  const token = await tokenOf(caller)
  const answer = await test.app.inject({
    method,
    url,
    // Each from a network address of its own, as some things are counted by it.
    remoteAddress: `192.0.2.${String(callers.indexOf(caller) + 1)}`,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...headers,
    },
    ...(body !== undefined && { payload: body as object }),
  })
  return { status: answer.statusCode, text: answer.body }
}
