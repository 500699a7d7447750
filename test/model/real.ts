/** Carries the model's steps out on the real thing. */
import { randomUUID } from 'node:crypto'
import { operators } from '../../db/schema/spaces.ts'
import { dayOf, instant } from '../../src/platform/clock.ts'
import type { Ctx } from '../../src/platform/context.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { Problem } from '../../src/platform/errors.ts'
import { newId, toUuid, type Id } from '../../src/platform/ids.ts'
import {
  grantConsent,
  refuseConsent,
  revokeConsent,
  type LinkTarget,
} from '../../src/referrals/member-consent.ts'
import * as member from '../../src/referrals/member-reports.ts'
import { resolveDispute } from '../../src/referrals/resolve.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { putSpace } from '../helpers/spaces.ts'
import { ctxAs, makeCaller, makeToken, type Answer, type Caller, type House, type Node } from './house.ts'
import type { Details, Move, Sending } from './moves.ts'
import type { Event } from './rules.ts'
import type { Stage, World } from './state.ts'

/** The spaces and referrals of one run, by the numbers that the model knows them by. */
export interface Real {
  readonly house: House
  readonly spaces: readonly Id<'space'>[]
  readonly callers: readonly Caller[]
  readonly referrals: Id<'referral'>[]
}

/** Puts the model's spaces into the emptied database. */
export const settleIn = async (house: House, world: World): Promise<Real> => {
  const [node] = house.nodes
  house.setClocks(world.now)
  await house.empty()
  const operator = newId('operator', world.now)
  const createdAt = instant(world.now)
  await node.deps.db.pool.query(
    insertAll([rowsOf(operators, [{ id: operator, name: 'One of two', createdAt }])]),
  )
  const spaces = await Promise.all(
    world.spaces.map(({ operator: own, probationUntil }) =>
      putSpace(node.deps, {
        operatorId: own === null ? null : operator,
        probationUntil: probationUntil === null ? null : instant(probationUntil),
      }),
    ),
  )
  const tokens = await Promise.all(spaces.map((space) => makeToken(node, space)))
  return { house, spaces, callers: tokens.map(makeCaller), referrals: [] }
}

/** A request that can be made again, at either node. */
export type Request = (node: Node) => Promise<Answer>

export const sendRequest = (real: Real, { from, to, person, consent, draft }: Sending): Request => {
  const body = {
    toSpaceId: real.spaces[to],
    member: { name: 'Ada Lovelace', email: `person-${person}@example.org` },
    brief: { summary: 'Illustrator, wants quiet and daylight' },
    consent:
      consent === 'link'
        ? { kind: 'link' }
        : { kind: 'attested', obtainedOn: '2026-11-19', how: 'in_person' },
    draft,
  }
  const key = randomUUID()
  return (node) => callerOf(real, from).post(node, '/v1/referrals', body, key)
}

/** A move as a request: of a space over HTTP, of the member and the steward as their pages and commands make it. */
export const moveRequest = (real: Real, senderOf: (n: number) => number, move: Move): Request => {
  const { referral: n, by, event, details } = move
  const referralId = idOf(real, n)
  if (typeof by === 'number') {
    const [path, key] = [`/v1/referrals/${referralId}/${event}`, randomUUID()]
    const body = bodyOf(real, event, details)
    return (node) => callerOf(real, by).post(node, path, body, key)
  }
  if (by === 'steward') {
    return (node) =>
      answered(
        resolveDispute(
          ctxAs(node, { kind: 'steward', id: 'model' }),
          referralId,
          details.decision ?? 'upheld',
        ),
      )
  }
  const senderId = spaceIdOf(real, senderOf(n))
  return (node) =>
    answered(
      memberMove(ctxAs(node, { kind: 'member', id: referralId }), { senderId, referralId }, event, details),
    )
}

const callerOf = (real: Real, space: number): Caller => {
  const caller = real.callers[space]
  if (!caller) throw new Error(`No space ${space}`)
  return caller
}

const spaceIdOf = (real: Real, space: number): Id<'space'> => {
  const id = real.spaces[space]
  if (!id) throw new Error(`No space ${space}`)
  return id
}

export const idOf = (real: Real, n: number): Id<'referral'> => {
  const id = real.referrals[n]
  if (!id) throw new Error(`Referral ${n} has no id`)
  return id
}

const bodyOf = (
  real: Real,
  event: Event,
  { stage, outcome, reason, at, to }: Details,
): object | undefined => {
  switch (event) {
    case 'ask':
      return { question: 'From which day on?' }
    case 'answer':
      return { answer: 'From the first of the month.' }
    case 'accept':
      return {}
    case 'decline':
      return { reason: 'no_capacity' }
    case 'forward':
      return { toSpaceId: spaceIdOf(real, to ?? 0) }
    case 'schedule':
    case 'reschedule':
      return { at: instant(at ?? 0) }
    case 'record-visit':
      return { on: todayOf(real.house.nodes[0]) }
    case 'close':
      return { outcome, ...(reason !== undefined && { reason }) }
    case 'claim':
    case 'dispute':
      return stage === undefined ? {} : { stage }
    default:
      return undefined
  }
}

const todayOf = ({ deps }: Node) => dayOf(deps.clock.now())

const memberMove = (ctx: Ctx, target: LinkTarget, event: Event, details: Details): Promise<unknown> => {
  switch (event) {
    case 'grant-consent':
      return grantConsent(ctx, target)
    case 'refuse-consent':
      return refuseConsent(ctx, target)
    case 'revoke':
      return revokeConsent(ctx, target)
    case 'schedule':
      return member.memberSchedules(ctx, target, instant(details.at ?? 0))
    case 'reschedule':
      return member.memberReschedules(ctx, target, instant(details.at ?? 0))
    case 'record-no-show':
      return member.memberRecordsNoShow(ctx, target)
    case 'record-visit':
      return member.memberRecordsVisit(ctx, target, dayOf(ctx.clock.now()))
    case 'start-trial':
      return member.memberStartsTrial(ctx, target)
    case 'claim':
      return member.memberClaims(ctx, target, details.stage as Stage)
    case 'report-left':
      return member.memberReportsLeft(ctx, target)
    default:
      throw new Error(`A member does not ${event}`)
  }
}

/** A verb's result, or what it threw, as the answer that a request would have got. */
const answered = async (result: Promise<unknown>): Promise<Answer> => {
  try {
    return { status: 200, text: '', body: await result }
  } catch (error) {
    if (!(error instanceof Problem)) return { status: 500, text: String((error as Error).stack), body: {} }
    return { status: error.status, text: error.message, body: { code: error.code, ...error.extras.members } }
  }
}

/** The receiver says that it is away: what it says on its profile, put there without the profile's own rules. */
export const goAway = async ({ house, spaces }: Real, space: number, until: number): Promise<void> => {
  await house.nodes[0].deps.db.pool.query('update spaces set hosting_policy = $2 where id = $1', [
    toUuid(String(spaces[space])),
    JSON.stringify({ intake: 'open', awayUntil: instant(until) }),
  ])
}

export const sweepOn = ({ deps }: Node) => sweepReferrals(deps)
