import type pg from 'pg'
import { auditLog, outbox } from '../../../db/schema/events.ts'
import { idempotencyKeys } from '../../../db/schema/access.ts'
import { instant } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { networkSpaceId, newId, type Id } from '../ids.ts'
import { requirePermission, type Permission } from '../permissions.ts'
import { answerOfTwin, claimKey, keepAnswer, type Claim } from './idempotency.ts'
import { brokenConstraint, drizzleOf, gather, sqlState, withConnection, type Database } from './pool.ts'
import {
  gathered,
  insertAll,
  rowsOf,
  runStatement,
  type Reader,
  type Rows,
  type Statement,
  type WriteStatement,
} from './statements.ts'

declare const readable: unique symbol
declare const writable: unique symbol

/** A view of the database that can only read. Only `read` and `mutate` hand one out. */
export interface ReadTx {
  readonly [readable]: true
  /** Runs a statement that is prepared by name on this connection. */
  run<R>(statement: Statement<R>, values: Record<string, unknown>): Promise<R>
  /** Drizzle's builder, for reads off the hot paths. */
  readonly db: Reader
  /** The moment of this request, RFC 3339. */
  readonly now: string
}

/** A transaction that can write. Only `mutate` and `carry` hand one out. */
export interface WriteTx extends ReadTx {
  readonly [writable]: true
  /** Inserts into several tables in one round trip; rows of tables named first are there first. */
  insert(...groups: Rows[]): Promise<void>
  write<Row>(statement: WriteStatement<Row>, values: readonly unknown[]): Promise<Row[]>
}

/** Something that came about, for one space: it goes into the outbox with the write. */
export interface Happening {
  readonly spaceId: Id<'space'>
  readonly topic: string
  readonly subjectId: string
  readonly data?: Readonly<Record<string, string | number | boolean | null>>
  /** True when somebody outside is to be told at once. */
  readonly deliver?: boolean
}

/** What a write gives back to the door. */
interface Change<T> {
  readonly result: T
  readonly events: readonly Happening[]
  /** What was done to which object, for the audit log of `spaceId` (of the network, when absent). */
  readonly audit: { readonly action: string; readonly objectId: string; readonly spaceId?: Id<'space'> }
}

const attempts = 5

/**
 * The one door for writes. Asks `permissions.ts`, claims the idempotency key, runs `fn` in a transaction, and stores the
 * answer, the audit row and the outbox rows in that same transaction: all of it is there or none.
 * Three round trips beside those of `fn`'s own reads: begin + claim; `fn`; closing statement + commit.
 *
 * @throws Problem as `requirePermission` does; `request_in_flight`, `idempotency_key_reused`, `secret_shown_once`, `answer_erased`
 * @throws Replay when the same request was answered before
 */
export const mutate = async <T>(
  ctx: Ctx,
  permission: Permission,
  fn: (tx: WriteTx) => Promise<Change<T>>,
): Promise<T> => {
  requirePermission(ctx.actor, permission)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withConnection(ctx.db, (client) => attemptOnce(ctx, client, fn))
    } catch (error) {
      if (attempt === attempts || !isLostRace(error)) throw error
    }
  }
}

/** The read-only twin of `mutate`: asks `permissions.ts` and hands out a connection that can only read. */
export const read = async <T>(
  ctx: Ctx,
  permission: Permission,
  fn: (tx: ReadTx) => Promise<T>,
): Promise<T> => {
  requirePermission(ctx.actor, permission)
  return withConnection(ctx.db, (client) => fn(readTx(ctx, client)))
}

/** A read by Waggle itself, on nobody's behalf: signing in, opening a link, carrying the outbox. */
export const readUnscoped = <T>(
  deps: { db: Database; clock: Ctx['clock'] },
  fn: (tx: ReadTx) => Promise<T>,
) => withConnection(deps.db, (client) => fn(readTx(deps, client)))

/**
 * A write of Waggle's own book-keeping: which outbox row is in hand, how often it was tried, what is kept too long.
 * It says nothing new about anybody, so it leaves no audit row and no event; whatever does goes through `mutate`.
 */
export const carry = <T>(
  deps: { db: Database; clock: Ctx['clock'] },
  fn: (tx: WriteTx) => Promise<T>,
): Promise<T> =>
  withConnection(deps.db, async (client) => {
    try {
      await client.query('begin')
      const result = await fn(writeTx(deps, client))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    }
  })

const attemptOnce = async <T>(
  ctx: Ctx,
  client: pg.PoolClient,
  fn: (tx: WriteTx) => Promise<Change<T>>,
): Promise<T> => {
  let claim: Claim | null = null
  try {
    ;[, claim] = await together([gather(client).query('begin'), claimKey(ctx, client)])
    const change = await fn(writeTx(ctx, client))
    const [, commit] = await together([close(ctx, client, claim, change), client.query('commit')])
    // A transaction in which a failure was swallowed answers "ROLLBACK" to a commit, without an error.
    if (commit.command !== 'COMMIT') throw new Error('The transaction was rolled back by an earlier failure')
    return change.result
  } catch (error) {
    const isAlive = await client.query('rollback').then(
      () => true,
      () => false,
    )
    if (claim && isAlive) await answerOfTwin(ctx, client, claim)
    throw error
  }
}

/** Waits for all of a pipeline before the first failure is thrown, so that nothing is still on the wire. */
const together = async <A, B>(queries: [Promise<A>, Promise<B>]): Promise<[A, B]> => {
  const settled = await Promise.allSettled(queries)
  for (const one of settled) if (one.status === 'rejected') throw one.reason as Error
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as [A, B]
}

/** One statement for everything that the door itself stores. */
const close = async <T>(ctx: Ctx, client: pg.PoolClient, claim: Claim | null, change: Change<T>) => {
  const now = ctx.clock.now()
  const at = instant(now)
  const events = change.events.map(({ spaceId, topic, subjectId, data, deliver }) => ({
    spaceId,
    id: newId('event', now),
    topic,
    subjectId,
    data: data ?? {},
    at,
    dueAt: deliver ? at : null,
    attempts: 0,
    lastFault: null,
  }))
  const audit = {
    spaceId: change.audit.spaceId ?? networkSpaceId,
    at,
    id: newId('audit', now),
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    action: change.audit.action,
    objectId: change.audit.objectId,
    requestId: ctx.requestId,
  }
  const kept = claim ? [keepAnswer(ctx, claim, change.result, at)] : []
  await gather(client).query(
    insertAll([rowsOf(outbox, events), rowsOf(auditLog, [audit]), rowsOf(idempotencyKeys, kept)]),
  )
}

const readTx = (ctx: { clock: Ctx['clock'] }, client: pg.PoolClient) =>
  ({
    run: (statement: Statement<unknown>, values: Record<string, unknown>) =>
      runStatement(client, statement, values),
    db: drizzleOf(client),
    now: instant(ctx.clock.now()),
  }) as unknown as ReadTx

const writeTx = (ctx: { clock: Ctx['clock'] }, client: pg.PoolClient) =>
  ({
    ...readTx(ctx, client),
    insert: async (...groups: Rows[]) => {
      const filled = gathered(groups)
      if (filled.length > 0) await gather(client).query(insertAll(filled))
    },
    write: async ({ name, text }: WriteStatement<unknown>, values: unknown[]) =>
      (await gather(client).query({ name, text, values })).rows as unknown[],
  }) as unknown as WriteTx

/** Serialisation failure, deadlock, or the same key stored by a twin of this request a moment ago: run again. */
const isLostRace = (error: unknown): boolean => {
  const code = sqlState(error)
  if (code === '40001' || code === '40P01') return true
  return code === '23505' && brokenConstraint(error)?.startsWith('idempotency_keys') === true
}
