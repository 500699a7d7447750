import { newReferral, somebody } from '../helpers/network.ts'
import {
  accepts,
  asks,
  claims,
  closes,
  disputes,
  inDays,
  joins,
  passes,
  requests,
  schedules,
  today,
  walkFrom,
  type Move,
  type World,
} from '../referrals/walks.ts'
import type { Row, Statuses } from './rows.ts'
import type { Subject } from './world.ts'

/** Who reads what is its own reads it, whatever it may do; of another's there is nothing. */
const reads: Statuses = [200, 200, 200, 200, 404, 404, 200, 403, 401]
/** Work on what is open: for all but viewers, also of a space that is suspended. */
const works: Statuses = [200, 200, 403, 200, 404, 404, 200, 403, 401]
/** What begins something: not for a space that is not in the network, or not any more. */
const begins: Statuses = [200, 200, 403, 200, 404, 409, 409, 403, 401]

type Side = 'receiving' | 'sending'

interface Start {
  readonly side: Side
  readonly fields?: Record<string, unknown>
  readonly moves?: readonly Move[]
  readonly body?: unknown
}

const onReferral =
  (verb: string, { side, fields = {}, moves = [], body }: Start): Row['ask'] =>
  async (subject) => {
    const { url, id } = await walkFrom(subject[side], fields, ...moves)
    const sent = typeof body === 'function' ? (body as (world: World) => unknown)(subject[side]) : body
    return { url: `${url}${verb}`, secret: id, ...(sent !== undefined && { body: sent }) }
  }

const row = (verb: string, start: Start, statuses: Statuses = works): Row => ({
  ask: onReferral(verb, start),
  statuses,
})

const byPhone = { member: { name: 'Ada Lovelace', phone: '+33612345678' } }
const sendBody = ({ sending }: Subject) => newReferral(sending.receiver.spaceId, { member: somebody() })

/** Rights of the room `referrals`. */
export const referralRows = {
  sendReferral: [
    {
      ask: (subject) => ({ url: '/v1/referrals', body: sendBody(subject) }),
      statuses: [201, 201, 403, 201, 201, 409, 409, 403, 401],
    },
    {
      where: 'as a draft',
      ask: (subject) => ({ url: '/v1/referrals', body: { ...sendBody(subject), draft: true } }),
      statuses: [201, 201, 403, 201, 201, 201, 409, 403, 401],
    },
  ],
  listReferrals: {
    ask: async (subject) => ({
      url: '/v1/referrals?box=received',
      secret: (await walkFrom(subject.receiving)).id,
    }),
    statuses: [200, 200, 200, 200, 200, 200, 200, 403, 401],
  },
  getReferral: row('', { side: 'receiving' }, reads),
  listReferralEvents: row('/events', { side: 'receiving' }, reads),
  submitReferral: row('/submit', { side: 'sending', fields: { draft: true } }, begins),
  confirmNotice: row('/confirm-notice', { side: 'sending', fields: byPhone }),
  renewMemberLink: row('/renew-member-link', { side: 'sending' }),
  askQuestion: row('/ask', { side: 'receiving', body: { question: 'Does she need a monitor?' } }),
  answerQuestion: row('/answer', { side: 'sending', moves: [asks], body: { answer: 'She brings one.' } }),
  acceptReferral: row('/accept', { side: 'receiving', body: {} }, begins),
  declineReferral: row('/decline', { side: 'receiving', body: { reason: 'no_capacity' } }),
  withdrawReferral: row('/withdraw', { side: 'sending' }),
  requestWithdrawal: row('/request-withdrawal', { side: 'sending', moves: [accepts] }),
  confirmWithdrawal: row('/confirm-withdrawal', { side: 'receiving', moves: [accepts, requests] }),
  forwardReferral: row(
    '/forward',
    { side: 'receiving', body: ({ next }: World) => ({ toSpaceId: next.spaceId }) },
    begins,
  ),
  scheduleVisit: row('/schedule', {
    side: 'receiving',
    moves: [accepts],
    body: (world: World) => ({ at: inDays(world, 2) }),
  }),
  rescheduleVisit: row('/reschedule', {
    side: 'receiving',
    moves: [accepts, schedules],
    body: (world: World) => ({ at: inDays(world, 3) }),
  }),
  recordNoShow: row('/record-no-show', { side: 'receiving', moves: [accepts, schedules, passes(2)] }),
  recordVisit: row('/record-visit', {
    side: 'receiving',
    moves: [accepts],
    body: (world: World) => ({ on: today(world) }),
  }),
  startTrial: row('/start-trial', { side: 'receiving', moves: [accepts] }),
  closeReferral: row('/close', { side: 'receiving', moves: [accepts], body: { outcome: 'joined' } }),
  claimStage: row('/claim', { side: 'sending', moves: [accepts], body: { stage: 'visited' } }),
  reportLeft: row('/report-left', { side: 'receiving', moves: [accepts, joins] }),
  disputeOutcome: [
    {
      where: 'as sender',
      ...row('/dispute', { side: 'sending', moves: [accepts, closes], body: { stage: 'visited' } }),
    },
    {
      where: 'as receiver',
      ...row('/dispute', { side: 'receiving', moves: [accepts, claims('visited')], body: {} }),
    },
  ],
  listDisputes: {
    ask: async ({ receiving }) => {
      const { id } = await walkFrom(receiving, {}, accepts, claims('visited'), disputes('receiver'))
      return { url: '/v1/disputes', secret: id }
    },
    statuses: [403, 403, 403, 403, 403, 403, 403, 200, 401],
  },
  resolveDispute: row(
    '/resolve',
    {
      side: 'receiving',
      moves: [accepts, claims('visited'), disputes('receiver')],
      body: { decision: 'upheld' },
    },
    [403, 403, 403, 403, 403, 403, 403, 200, 401],
  ),
} satisfies Record<string, Row | readonly Row[]>
