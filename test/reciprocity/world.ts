import type { Ctx } from '../../src/platform/context.ts'
import { day, minute } from '../../src/platform/clock.ts'
import { stages, type Stage } from '../../src/reciprocity/balance.ts'
import type { Id } from '../../src/platform/ids.ts'
import { grantConsent } from '../../src/referrals/member-consent.ts'
import type { TestApp } from '../helpers/app.ts'
import { addSpace, callerOf, sendFrom, tokenFor, type Caller } from '../helpers/network.ts'
import type { SpaceRow } from '../helpers/spaces.ts'

export const year = 365 * day

/** A space whose client asks for a new token when the clock has moved past the life of its last one. */
export const addLastingCaller = async (test: TestApp, fields: Partial<SpaceRow> = {}): Promise<Caller> =>
  lastingCaller(test, await addSpace(test, fields))

export const lastingCaller = async (test: TestApp, spaceId: Id<'space'>): Promise<Caller> => {
  const { clock } = test.deps
  const ask = async () => ({
    at: clock.now(),
    caller: callerOf(
      test,
      spaceId,
      await tokenFor(test, { spaceId }, ['referrals:read', 'referrals:write', 'reciprocity:read']),
    ),
  })
  let current = ask()
  const now = async () => {
    if (Math.abs(clock.now() - (await current).at) > 5 * minute) current = ask()
    return (await current).caller
  }
  return {
    spaceId,
    token: (await now()).token,
    get: async (path, headers) => (await now()).get(path, headers),
    post: async (path, body, headers) => (await now()).post(path, body, headers),
  }
}

export interface EntrySeen {
  readonly peerId: string
  readonly referralId: string
  readonly stage: Stage
  readonly kind: string
  readonly side: string
  readonly points: number
  readonly held: number
  readonly reasonCode: string | null
}

/** A POST that is to succeed. */
export const done = async (who: Caller, path: string, body: unknown = {}) => {
  const answer = await who.post(path, body)
  if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`)
  return answer.body
}

/** One step of a referral by the receiver. */
export const step = (who: Caller, id: string, verb: string, body: unknown = {}) =>
  done(who, `/v1/referrals/${id}/${verb}`, body)

/** A referral of `member` that is accepted. */
export const acceptedFrom = async (sender: Caller, receiver: Caller, member?: object) => {
  const id = await sendFrom(sender, receiver, member ? { member } : {})
  await step(receiver, id, 'accept')
  return id
}

export const join = (receiver: Caller, id: string) => step(receiver, id, 'close', { outcome: 'joined' })

/** A referral of `member` who joined. */
export const joinedFrom = async (sender: Caller, receiver: Caller, member?: object) => {
  const id = await acceptedFrom(sender, receiver, member)
  await join(receiver, id)
  return id
}

/** The entries of a space; `query` begins with `?`. */
export const entriesOf = async (who: Caller, query = ''): Promise<EntrySeen[]> =>
  (await who.get(`/v1/reciprocity/entries${query}`)).body.data

/** The entries of one referral as `stage points held reasonCode`, by kind and stage: a clock that stands still orders none. */
export const story = async (who: Caller, id: string): Promise<string[]> =>
  (await entriesOf(who, `?referralId=${id}`))
    .sort((a, b) => a.kind.localeCompare(b.kind) || stages.indexOf(a.stage) - stages.indexOf(b.stage))
    .map(({ kind, stage, points, held, reasonCode }) =>
      [kind === 'posting' ? stage : `${kind} of ${stage}`, points, held, reasonCode ?? ''].join(' ').trim(),
    )

export const balanceOf = async (who: Caller, query = '') => (await who.get(`/v1/reciprocity${query}`)).body

export const pointsOf = async (who: Caller) => (await balanceOf(who)).points as Record<string, number>

/** The receiver of a referral passes it on, and the member agrees. @returns the child, sent */
export const forwardedTo = async (test: TestApp, forwarder: Caller, id: string, to: Caller) => {
  const parent = await step(forwarder, id, 'forward', { toSpaceId: to.spaceId })
  const referralId = parent.childId as Id<'referral'>
  const ctx: Ctx = { ...test.deps, actor: { kind: 'member', id: referralId }, requestId: 'test' }
  await grantConsent(ctx, { senderId: forwarder.spaceId, referralId })
  return referralId as string
}
