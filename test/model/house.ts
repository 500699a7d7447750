/** The real thing that the model is held against: two nodes of Waggle on one database, with clocks of their own making. */
import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { SignJWT } from 'jose'
import pg from 'pg'
import { buildApp } from '../../src/app.ts'
import { signingKey, tokenType } from '../../src/access/signing-keys.ts'
import { createClient } from '../../src/access/create-client.ts'
import { settableClock, type SettableClock } from '../../src/platform/clock.ts'
import type { Actor, Ctx, Deps } from '../../src/platform/context.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { logSerializers } from '../../src/platform/http/log.ts'
import type { Id } from '../../src/platform/ids.ts'
import { loadKeys, makeKeys } from '../../src/platform/keys.ts'
import { standardInstallation } from '../../src/platform/installation.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import type { TestCluster } from '../helpers/cluster.ts'
import { openPatiently } from '../helpers/pool.ts'
import { cloneTemplate, migratedName } from '../helpers/template.ts'
import { testStart } from './commands.ts'

export interface Node {
  readonly app: Awaited<ReturnType<typeof buildApp>>
  readonly deps: Deps & { clock: SettableClock }
}

export interface House {
  readonly nodes: readonly [Node, Node]
  /** What the nodes logged of failures. */
  readonly logs: string[]
  setClocks(ms: number): void
  /** Empties every table, as the owner may. */
  empty(): Promise<void>
  close(): Promise<void>
}

const unlimited = { burst: 1_000_000_000, perSecond: 1_000_000 }

/** Opens a house on a fresh database of this cluster. */
export const openHouse = async (cluster: TestCluster): Promise<House> => {
  const database = await cloneTemplate(cluster, await migratedName(), (url) => migrate(url, testStart))
  const logs: string[] = []
  const keys = loadKeys(makeKeys())
  const nodes = [
    await openNode(database.appUrl, keys, logs),
    await openNode(database.appUrl, keys, logs),
  ] as const
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const emptying = await emptyingOf(owner)
  return {
    nodes,
    logs,
    setClocks: (ms) => nodes.forEach(({ deps }) => deps.clock.set(ms)),
    empty: async () => {
      await owner.query(emptying)
    },
    close: async () => {
      for (const { app, deps } of nodes) {
        await app.close()
        await deps.db.close()
      }
      await owner.end()
      await database.drop()
    },
  }
}

const openNode = async (url: string, keys: Deps['keys'], logs: string[]): Promise<Node> => {
  const deps = {
    db: openPatiently({ url, size: 3 }),
    clock: settableClock(testStart),
    keys,
    baseUrl: 'https://waggle.test',
    policy: standardPolicy,
    installation: standardInstallation,
  }
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logs.push(chunk.toString())
      done()
    },
  })
  const logger = { level: 'error', stream, serializers: logSerializers }
  const app = await buildApp(deps, { logger, limits: { client: unlimited, address: unlimited } })
  await app.ready()
  return { app, deps }
}

/**
 * Deleting a few rows is quicker than truncating, and goes in any order where foreign keys sleep. What the migrations put
 * there stays.
 */
const emptyingOf = async (owner: pg.Client): Promise<string> => {
  const { rows } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'revocation_epoch'`,
  )
  const deletions = rows.map(({ name }) => `delete from public.${name};`).join(' ')
  return `begin; set local session_replication_role = replica; ${deletions} commit`
}

export const ctxAs = ({ deps }: Node, actor: Actor): Ctx => ({ ...deps, actor, requestId: 'model' })

const scopes = ['referrals:read', 'referrals:write', 'reciprocity:read'] as const

/** An access token of a space, signed as the token endpoint signs; it outlives every jump of the clock. */
export const makeToken = async (node: Node, spaceId: Id<'space'>): Promise<string> => {
  const steward = ctxAs(node, { kind: 'steward', id: 'model' })
  const { clientId } = await createClient(steward, { name: 'model', owner: { spaceId }, scopes })
  const { keys, baseUrl } = node.deps
  const key = signingKey(keys)
  return new SignJWT({ client_id: clientId, scope: scopes.join(' '), space: spaceId })
    .setProtectedHeader({ alg: 'EdDSA', typ: tokenType, kid: key.kid })
    .setIssuer(baseUrl)
    .setAudience(baseUrl)
    .setSubject(clientId)
    .setJti(randomUUID())
    .setIssuedAt(testStart / 1_000)
    .setExpirationTime('100 years')
    .sign(key)
}

export interface Answer {
  readonly status: number
  readonly text: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers have every shape
  readonly body: any
}

/** How to ask as a space. */
export interface Caller {
  get(node: Node, path: string): Promise<Answer>
  post(node: Node, path: string, body: object | undefined, key: string): Promise<Answer>
}

export const makeCaller = (token: string): Caller => {
  const ask = async (node: Node, method: 'GET' | 'POST', url: string, key?: string, body?: object) => {
    const answer = await node.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}`, ...(key !== undefined && { 'idempotency-key': key }) },
      ...(body && { payload: body }),
    })
    return { status: answer.statusCode, text: answer.body, body: answer.json<unknown>() }
  }
  return {
    get: (node, path) => ask(node, 'GET', path),
    post: (node, path, body, key) => ask(node, 'POST', path, key, body),
  }
}
