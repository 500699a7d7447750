import type pg from 'pg'
import { buildApp } from '../src/app.ts'
import { settableClock } from '../src/platform/clock.ts'
import { openDatabase } from '../src/platform/database/pool.ts'
import { toUuid, type Id } from '../src/platform/ids.ts'
import { loadKeys, type KeyFile } from '../src/platform/keys.ts'
import { standardInstallation } from '../src/platform/installation.ts'
import { standardPolicy } from '../src/platform/policy.ts'
import type { TestApp } from '../test/helpers/app.ts'
import type { BarePlans, Plan, Subject } from './bare-plan.ts'
import { barePlanOfAccept, barePlanOfCreate, type Sample } from './bare-writes.ts'
import { unlimited, type Caller, type Waiting } from './network.ts'
import type { OperationName } from './operations.ts'
import { recordedDuring, type Recorded } from './recording.ts'
import { readRequests, writeRequests, type Request } from './requests.ts'
import { writtenWith } from './written.ts'

/** What was learned from the product: what it answers, what it asks the database, what it writes. */
export interface Samples {
  readonly bodies: Record<OperationName, unknown>
  readonly searches: readonly (readonly Recorded[])[]
  readonly writes: Readonly<Record<'create' | 'accept', Sample>>
  readonly plans: BarePlans
}

interface SampleNetwork {
  readonly callers: readonly Caller[]
  readonly receivers: readonly Id<'space'>[]
  /** Those that the bare process accepts; the first one is the sample's. */
  readonly waiting: readonly Waiting[]
}

/** A Waggle in this process, whose clock stands still: tokens stay good and nothing is read again for its age. */
export const openSampler = async (
  urls: { ownerUrl: string; appUrl: string },
  keys: KeyFile,
  o: { baseUrl: string; now: number },
): Promise<TestApp> => {
  const db = openDatabase({ url: urls.appUrl, onError: () => undefined })
  const deps = {
    db,
    clock: settableClock(o.now),
    keys: loadKeys(keys),
    policy: standardPolicy,
    installation: standardInstallation,
    baseUrl: o.baseUrl,
  }
  const app = await buildApp(deps, { limits: unlimited })
  return { app, deps, ...urls, logs: [] }
}

export const takeSamples = async (
  client: pg.Client,
  test: TestApp,
  network: SampleNetwork,
): Promise<Samples> => {
  const reads = readRequests(network.callers)
  const [balance, list, search] = [
    await sampleReads(test, reads.balance),
    await sampleReads(test, reads.list),
    await sampleReads(test, reads.search),
  ]
  const { callers, receivers, waiting } = network
  const next = writeRequests(callers, receivers, waiting, test.deps.clock.now())
  const create = await sampleWrite(client, test, next.create())
  const accept = await sampleWrite(client, test, next.accept())
  return {
    bodies: {
      balance: balance.body,
      list: list.body,
      search: search.body,
      create: create.body,
      accept: accept.body,
    },
    searches: search.recorded,
    writes: { create: create.sample, accept: accept.sample },
    plans: {
      balance: balance.recorded.map(planOfRead),
      list: list.recorded.map(planOfRead),
      search: search.recorded.map(planOfRead),
      create: { plan: barePlanOfCreate(create.sample), subjects: newSubjects(callers, receivers) },
      accept: { plan: barePlanOfAccept(accept.sample), subjects: waiting.slice(1).map(subjectOf) },
    },
  }
}

const ask = async (test: TestApp, { method, path, headers, body }: Request) => {
  const answer = await test.app.inject({
    method,
    url: path,
    headers,
    ...(body !== undefined && { payload: body }),
  })
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.body}`)
  return answer.json<{ id: Id<'referral'>; data?: unknown[] }>()
}

/** Each request twice: what the first one reads for the token alone is not what the operation costs. */
const sampleReads = async (test: TestApp, requests: readonly Request[]) => {
  const recorded: Recorded[][] = []
  const bodies: Awaited<ReturnType<typeof ask>>[] = []
  for (const request of requests) {
    await ask(test, request)
    recorded.push(await recordedDuring(async () => bodies.push(await ask(test, request))))
  }
  // Of the size in the middle.
  bodies.sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length)
  return { recorded, body: bodies[Math.floor(bodies.length / 2)] }
}

const sampleWrite = async (client: pg.Client, test: TestApp, request: Request) => {
  const body = (await ask(test, request)) as Awaited<ReturnType<typeof ask>> & {
    role: string
    peer: { id: Id<'space'> }
  }
  const key = request.headers['idempotency-key'] ?? ''
  const written = await writtenWith(client, key)
  const kept = written.get('idempotency_keys')?.[0]
  const own = kept?.['space_id'] ?? ''
  const peer = toUuid(body.peer.id)
  const [sender, receiver] = body.role === 'sender' ? [own, peer] : [peer, own]
  const callerId = kept?.['caller_id'] ?? ''
  const sample: Sample = {
    referral: toUuid(body.id),
    referralId: body.id,
    sender,
    receiver,
    key,
    callerId,
    written,
  }
  return { body, sample }
}

const planOfRead = (statements: readonly Recorded[]): Plan => [
  statements.map(({ name, text, values }) => ({ name, text, values, slots: [] })),
]

const newSubjects = (callers: readonly Caller[], receivers: readonly Id<'space'>[]): Subject[] =>
  receivers.map((receiver, index) => ({
    referral: null,
    sender: toUuid(callers[index % callers.length]?.spaceId ?? ''),
    receiver: toUuid(receiver),
  }))

const subjectOf = ({ id, senderId, receiverId }: Waiting): Subject => ({
  referral: toUuid(id),
  sender: toUuid(senderId),
  receiver: toUuid(receiverId),
})
