/** Walks a fresh referral to wherever a test wants it, by the moves that lead there. */
import { day, instant, minute } from '../../src/platform/clock.ts'
import type { Ctx } from '../../src/platform/context.ts'
import type { Id } from '../../src/platform/ids.ts'
import type { Scope } from '../../src/platform/operation.ts'
import * as consent from '../../src/referrals/member-consent.ts'
import * as reports from '../../src/referrals/member-reports.ts'
import { resolveDispute } from '../../src/referrals/resolve.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import type { TestApp } from '../helpers/app.ts'
import {
  addSpace,
  callerOf,
  newReferral,
  somebody,
  steward,
  tokenFor,
  type Answer,
  type Caller,
} from '../helpers/network.ts'
import type { SpaceRow } from '../helpers/spaces.ts'

/** The spaces of a story: who sends, who receives, whom the receiver may forward to, and who has no part in it. */
export interface World {
  readonly test: TestApp
  readonly sender: LastingCaller
  readonly receiver: LastingCaller
  readonly next: LastingCaller
  /** Where it may go from there. */
  readonly last: LastingCaller
  readonly outsider: LastingCaller
}

export const openWorld = async (test: TestApp): Promise<World> => {
  const [sender, receiver, next, last, outsider] = await Promise.all([
    addLastingCaller(test),
    addLastingCaller(test),
    addLastingCaller(test),
    addLastingCaller(test),
    addLastingCaller(test),
  ])
  return { test, sender, receiver, next, last, outsider }
}

const everyScope: Scope[] = [
  'spaces:read',
  'referrals:read',
  'referrals:write',
  'members:read',
  'reciprocity:read',
]

/** Asks as a space, however much time has passed. */
export type LastingCaller = Omit<Caller, 'token'>

/** A caller that gets itself a token when it asks first, and a new one when time has moved past the old one. */
export const addLastingCaller = async (
  test: TestApp,
  fields: Partial<SpaceRow> = {},
  scopes: Scope[] = everyScope,
): Promise<LastingCaller> => {
  const spaceId = await addSpace(test, fields)
  let current: Promise<Caller> | undefined
  let madeAt = 0
  const asking = () => {
    const now = test.deps.clock.now()
    if (current && Math.abs(now - madeAt) < 5 * minute) return current
    madeAt = now
    current = tokenFor(test, { spaceId }, scopes).then((token) => callerOf(test, spaceId, token))
    return current
  }
  return {
    spaceId,
    get: async (...request) => (await asking()).get(...request),
    post: async (...request) => (await asking()).post(...request),
  }
}

/** One referral of a world. */
export interface Walk {
  readonly world: World
  readonly sender: LastingCaller
  readonly receiver: LastingCaller
  readonly id: Id<'referral'>
  readonly url: string
}

/** One move; it fails when it is refused. */
export type Move = (walk: Walk) => Promise<unknown>

/** Sends a usual referral of somebody new, or keeps it as a draft, and walks it on. */
export const walkFrom = async (
  world: World,
  fields: Record<string, unknown> = {},
  ...moves: Move[]
): Promise<Walk> => {
  const { sender, receiver } = world
  const answer = await sender.post(
    '/v1/referrals',
    newReferral(receiver.spaceId, { member: somebody(), ...fields }),
  )
  if (answer.status !== 201) throw new Error(answer.text)
  const id = answer.body.id as Id<'referral'>
  const walk = { world, sender, receiver, id, url: `/v1/referrals/${id}` }
  await walkOn(walk, ...moves)
  return walk
}

export const walkOn = async (walk: Walk, ...moves: Move[]): Promise<void> => {
  for (const move of moves) await move(walk)
}

type Side = 'sender' | 'receiver'

/** A move of a space, over the API. */
export const by =
  (side: Side, verb: string, body?: object): ((walk: Walk) => Promise<Answer['body']>) =>
  async (walk) => {
    const answer = await walk[side].post(`${walk.url}/${verb}`, body)
    if (answer.status !== 200) throw new Error(`${side} ${verb}: ${answer.text}`)
    return answer.body
  }

export const memberOf = ({ world, id }: Pick<Walk, 'world' | 'id'>): Ctx => ({
  ...world.test.deps,
  actor: { kind: 'member', id },
  requestId: 'test',
})

/** What the member may do by the link, under the names of the events. */
export const memberVerbs = {
  'grant-consent': consent.grantConsent,
  'refuse-consent': consent.refuseConsent,
  revoke: consent.revokeConsent,
  schedule: reports.memberSchedules,
  reschedule: reports.memberReschedules,
  'record-no-show': reports.memberRecordsNoShow,
  'record-visit': reports.memberRecordsVisit,
  'start-trial': reports.memberStartsTrial,
  claim: reports.memberClaims,
  'report-left': reports.memberReportsLeft,
} as const

export type MemberEvent = keyof typeof memberVerbs

/** A move of the member. @param word the moment, day or stage that the event wants */
export const byMember =
  (event: MemberEvent, word?: string): Move =>
  (walk) => {
    const verb = memberVerbs[event] as (
      ctx: Ctx,
      target: consent.LinkTarget,
      word?: string,
    ) => Promise<unknown>
    return verb(memberOf(walk), { senderId: walk.sender.spaceId, referralId: walk.id }, word)
  }

export const resolves =
  (decision: 'upheld' | 'reversed'): Move =>
  ({ world, id }) =>
    resolveDispute(steward(world.test), id, decision)

/** Time passes, and the clock does what is due. */
export const passes =
  (days: number): Move =>
  ({ world }) =>
    later(world, days)

export const later = async ({ test }: Pick<World, 'test'>, days: number) => {
  test.deps.clock.advance(days * day)
  return sweepReferrals(test.deps)
}

/** Some days from now, RFC 3339. */
export const inDays = ({ test }: Pick<World, 'test'>, days: number) =>
  instant(test.deps.clock.now() + days * day)

export const today = ({ test }: Pick<World, 'test'>) => inDays({ test }, 0).slice(0, 10)

export const asks = by('receiver', 'ask', { question: 'Does she need a monitor?' })
export const accepts = by('receiver', 'accept', {})
export const schedules: Move = (walk) => by('receiver', 'schedule', { at: inDays(walk.world, 2) })(walk)
export const visits: Move = (walk) => by('receiver', 'record-visit', { on: today(walk.world) })(walk)
/** The arranged day comes, and the member does not. */
export const misses: Move = async (walk) => {
  await later(walk.world, 2)
  await by('receiver', 'record-no-show')(walk)
}
export const starts = by('receiver', 'start-trial')
export const joins = by('receiver', 'close', { outcome: 'joined' })
export const closes = by('receiver', 'close', { outcome: 'not_joined', reason: 'price' })
export const declines = by('receiver', 'decline', { reason: 'no_capacity' })
export const withdraws = by('sender', 'withdraw')
export const requests = by('sender', 'request-withdrawal')
export const forwards: Move = (walk) =>
  by('receiver', 'forward', { toSpaceId: walk.world.next.spaceId })(walk)

/** Forwards a referral, and gives the one that began: it waits for the member. */
export const forwardTo = async (walk: Walk, to: LastingCaller, note?: string): Promise<Walk> => {
  const body = { toSpaceId: to.spaceId, ...(note !== undefined && { note }) }
  const { childId } = await by('receiver', 'forward', body)(walk)
  const { world, receiver } = walk
  return { world, sender: receiver, receiver: to, id: childId, url: `/v1/referrals/${String(childId)}` }
}

export const grants = byMember('grant-consent')
export const claims = (stage: string): Move =>
  stage === 'visited' ? by('sender', 'claim', { stage }) : byMember('claim', stage)
export const disputes = (side: Side, stage?: string): Move =>
  by(side, 'dispute', stage === undefined ? {} : { stage })
export const leaves = by('receiver', 'report-left')
