import type pg from 'pg'
import { day, instant } from '../clock.ts'
import { ownSpaceOf, type Ctx, type KeptAnswer } from '../context.ts'
import { Problem } from '../errors.ts'
import { networkSpaceId, toUuid, type Id } from '../ids.ts'
import { seal, sha256, unseal } from '../sealing.ts'

/** How long an answer is kept for replay. */
export const keptFor = day

/** The claim that a running request holds on its key. */
export interface Claim {
  readonly spaceId: Id<'space'>
  readonly callerId: string
  readonly key: string
  readonly fingerprint: string
}

/** Thrown out of `mutate` when the request was answered before; the route layer sends the kept answer. */
export class Replay extends Error {
  readonly answer: KeptAnswer

  constructor(answer: KeptAnswer) {
    super('This request was answered before')
    this.name = 'Replay'
    this.answer = answer
  }
}

interface ClaimRow {
  readonly claimed: boolean
  readonly fingerprint: string | null
  readonly answer: Buffer | null
  readonly about: string | null
  readonly stale: boolean | null
}

/**
 * Claims the key in one statement, inserting nothing yet: the row is written with its answer at the end. The lock is
 * held to the end of the transaction; whoever comes meanwhile is told so at once. An answer older than a day is as good as none.
 */
const claimSql = {
  name: 'claimIdempotencyKey',
  text: `select pg_try_advisory_xact_lock($1::bigint) as claimed, kept.fingerprint, kept.answer, kept.referral_id as about, kept.at <= $5 as stale
    from (values (1)) as one(x)
    left join idempotency_keys kept on kept.space_id = $2 and kept.caller_id = $3 and kept.key = $4`,
}

const dropStaleSql = {
  name: 'dropStaleIdempotencyKey',
  text: 'delete from idempotency_keys where space_id = $1 and caller_id = $2 and key = $3',
}

/** @returns null for a request without a key */
export const claimKey = async (ctx: Ctx, client: pg.PoolClient): Promise<Claim | null> => {
  if (!ctx.replayable) return null
  const { key, fingerprint } = ctx.replayable
  const claim = { spaceId: ownerOf(ctx), callerId: callerOf(ctx, fingerprint), key, fingerprint }
  const lock = sha256(`${claim.callerId}\n${claim.spaceId}\n${key}`).readBigInt64BE().toString()
  const since = instant(ctx.clock.now() - keptFor)
  const values = [lock, toUuid(claim.spaceId), claim.callerId, key, since]
  const { rows } = await client.query<ClaimRow>({ ...claimSql, values })
  const row = rows[0]
  if (row?.fingerprint && !row.stale) answerAgain(ctx, claim, row)
  if (!row?.claimed) throw inFlight()
  if (row.stale) await client.query({ ...dropStaleSql, values: values.slice(1, 4) })
  return claim
}

const keptSql = {
  name: 'keptIdempotencyKey',
  text: 'select fingerprint, answer, referral_id as about, true as claimed, at <= $4 as stale from idempotency_keys where space_id = $1 and caller_id = $2 and key = $3',
}

/**
 * A failure may come of the same request, carried out by a twin in the moment in which this one claimed the key: the claim looks at the
 * table as it was before the twin was done. Then the twin's answer is the answer.
 * @throws Replay, or Problem for a key that was used for another request; returns when there was no twin
 */
export const answerOfTwin = async (ctx: Ctx, client: pg.PoolClient, claim: Claim): Promise<void> => {
  const since = instant(ctx.clock.now() - keptFor)
  const values = [toUuid(claim.spaceId), claim.callerId, claim.key, since]
  const { rows } = await client.query<ClaimRow>({ ...keptSql, values })
  const [row] = rows
  if (row && !row.stale) answerAgain(ctx, claim, row)
}

/**
 * Whose key it is. Nobody knows who comes without a token: only what they ask for tells one from another. So the key of a
 * stranger for another request is another key, and neither is refused nor answered because of it.
 */
const callerOf = ({ actor }: Ctx, fingerprint: string): string =>
  actor.kind === 'public' ? `public:${fingerprint}` : actor.id

const ownerOf = (ctx: Ctx): Id<'space'> => ownSpaceOf(ctx.actor) ?? networkSpaceId

const inFlight = () =>
  new Problem(
    'request_in_flight',
    'A request with this Idempotency-Key is being carried out. Ask again shortly.',
    {
      headers: { 'retry-after': '1' },
    },
  )

const answerAgain = (ctx: Ctx, claim: Claim, row: ClaimRow): never => {
  if (row.fingerprint !== claim.fingerprint) {
    throw new Problem(
      'idempotency_key_reused',
      'This Idempotency-Key was used for a request that asked for something else.',
    )
  }
  if (!row.answer && row.about) throw new Problem('answer_erased')
  if (!row.answer) {
    throw new Problem(
      'secret_shown_once',
      'This request was carried out; its answer held a secret and is not shown again.',
    )
  }
  throw new Replay(JSON.parse(unseal(ctx.keys.seal, row.answer, answerBoundTo(claim))) as KeptAnswer)
}

/** The row that keeps the answer of this request. */
export const keepAnswer = (ctx: Ctx, claim: Claim, result: unknown, at: string) => {
  const answer = ctx.replayable?.render(result)
  if (!answer) throw new Error('A claimed request has no way to render its answer')
  return {
    ...claim,
    answer: answer.body === null ? null : seal(ctx.keys.seal, JSON.stringify(answer), answerBoundTo(claim)),
    referralId: answer.referralId ?? null,
    at,
  }
}

/** What a kept answer is sealed to. */
export const answerBoundTo = ({ callerId, key }: Pick<Claim, 'callerId' | 'key'>) =>
  `idempotency:${callerId}:${key}`
