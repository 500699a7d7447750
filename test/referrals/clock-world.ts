import { eq } from 'drizzle-orm'
import { referrals } from '../../db/schema/referrals.ts'
import { instant } from '../../src/platform/clock.ts'
import type { Ctx } from '../../src/platform/context.ts'
import { readUnscoped } from '../../src/platform/database/door.ts'
import { toUuid, type Id } from '../../src/platform/ids.ts'
import type { CardRow } from '../../src/referrals/cards.ts'
import type { LinkTarget } from '../../src/referrals/member-consent.ts'
import { sweepReferrals, type Swept } from '../../src/referrals/sweep.ts'
import type { TestApp } from '../helpers/app.ts'
import { addSpace, callerOf, newReferral, somebody, tokenFor } from '../helpers/network.ts'
import type { SpaceRow } from '../helpers/spaces.ts'

/** What happened to a referral, as its sender reads it. */
interface Happened {
  readonly event: string
  readonly from_status: string | null
  readonly to_status: string
}

/** Two spaces and a clock. Days pass between what they do, so each asks with a token of its own moment. */
export interface ClockWorld extends TestApp {
  readonly senderId: Id<'space'>
  readonly receiverId: Id<'space'>
  now(): number
  /** Time passes, and the clocks look once at its end. */
  pass(ms: number): Promise<Swept>
  sweep(): Promise<Swept>
  /** Refers somebody new. */
  send(fields?: Record<string, unknown>): Promise<Id<'referral'>>
  /** A verb of one side. @throws when it is refused */
  sender(id: string, verb: string, body?: unknown): Promise<void>
  receiver(id: string, verb: string, body?: unknown): Promise<void>
  /** What the member does by the link. */
  member<T>(id: Id<'referral'>, verb: (ctx: Ctx, target: LinkTarget) => Promise<T>): Promise<T>
  /** The receiver is away until then. */
  goAway(until: number): Promise<void>
  /** The sender's. */
  card(id: Id<'referral'>): Promise<CardRow>
  /** All that there are. */
  cards(id: Id<'referral'>): Promise<CardRow[]>
  history(id: Id<'referral'>): Promise<Happened[]>
  /** What the sender has earned, and what of it waits. */
  points(): Promise<{ earned: number; held: number }>
}

/** Two admitted spaces on a node. @param made by the first node, for a second one on the same database */
export const clockWorldOn = async (
  node: TestApp,
  made?: Pick<ClockWorld, 'senderId' | 'receiverId'>,
  receiver: Partial<SpaceRow> = {},
): Promise<ClockWorld> => {
  const { deps } = node
  const senderId = made?.senderId ?? (await addSpace(node))
  const receiverId = made?.receiverId ?? (await addSpace(node, receiver))
  const as = async (spaceId: Id<'space'>) =>
    callerOf(node, spaceId, await tokenFor(node, { spaceId }, ['referrals:write', 'reciprocity:read']))
  const verbOf = (spaceId: Id<'space'>) => async (id: string, verb: string, body?: unknown) => {
    const answer = await (await as(spaceId)).post(`/v1/referrals/${id}/${verb}`, body)
    if (answer.status !== 200) throw new Error(answer.text)
  }
  const sweep = () => sweepReferrals(deps)
  return {
    ...node,
    senderId,
    receiverId,
    now: () => deps.clock.now(),
    sweep,
    pass: (ms) => {
      deps.clock.advance(ms)
      return sweep()
    },
    send: async (fields = {}) => {
      const consent = {
        kind: 'attested',
        obtainedOn: instant(deps.clock.now()).slice(0, 10),
        how: 'in_person',
      }
      const body = newReferral(receiverId, { member: somebody(), consent, ...fields })
      const answer = await (await as(senderId)).post('/v1/referrals', body)
      if (answer.status !== 201) throw new Error(answer.text)
      return answer.body.id as Id<'referral'>
    },
    sender: verbOf(senderId),
    receiver: verbOf(receiverId),
    member: (id, verb) =>
      verb({ ...deps, actor: { kind: 'member', id }, requestId: 'test' }, { senderId, referralId: id }),
    goAway: async (until) => {
      const policy = JSON.stringify({ intake: 'open', awayUntil: instant(until) })
      await deps.db.pool.query('update spaces set hosting_policy = $1 where id = $2', [
        policy,
        toUuid(receiverId),
      ])
    },
    card: async (id) => {
      const card = (await cardsOf(node, id)).find(({ role }) => role === 'sender')
      if (!card) throw new Error('no such card')
      return card
    },
    cards: (id) => cardsOf(node, id),
    history: async (id) => {
      const { rows } = await deps.db.pool.query<Happened>(
        `select event, from_status, to_status from referral_events where referral_id = $1 and space_id = $2 order by seq`,
        [toUuid(id), toUuid(senderId)],
      )
      return rows
    },
    points: async () => (await (await as(senderId)).get('/v1/reciprocity')).body.points,
  }
}

const cardsOf = ({ deps }: TestApp, id: Id<'referral'>): Promise<CardRow[]> =>
  readUnscoped(deps, (tx) => tx.db.select().from(referrals).where(eq(referrals.id, id)))
