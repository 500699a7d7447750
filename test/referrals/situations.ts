/** Every status, and what a flag or the passing of time makes of it, with the moves that lead there. */
import type { Situation } from './rules.ts'
import {
  accepts,
  asks,
  byMember,
  claims,
  closes,
  declines,
  disputes,
  forwards,
  joins,
  leaves,
  requests,
  resolves,
  schedules,
  starts,
  visits,
  walkFrom,
  walkOn,
  withdraws,
  forwardTo,
  grants,
  type Move,
  type Walk,
  type World,
} from './walks.ts'

export interface Case extends Situation {
  readonly name: string
  /** How it begins; a usual referral that is sent, unless told otherwise. */
  readonly begin?: (world: World) => Promise<Walk>
  /** What is done how many days ago, the first day first; it begins on the first one. */
  readonly story: readonly (readonly [daysAgo: number, ...moves: Move[]])[]
}

const at = (status: string, ...moves: Move[]): Case => ({ name: status, status, story: [[0, ...moves]] })

const drafted = (world: World) => walkFrom(world, { draft: true })
const asked = (world: World) => walkFrom(world, { consent: { kind: 'link' } })
/** By way of the receiver, and on by way of the next space. */
const forwardedOnce = async (world: World) => {
  const child = await forwardTo(await walkFrom(world), world.next)
  await walkOn(child, grants)
  return child
}
const forwardedTwice = async (world: World) => {
  const child = await forwardTo(await forwardedOnce(world), world.last)
  await walkOn(child, grants)
  return child
}

const statuses: Case[] = [
  { ...at('draft'), begin: drafted },
  { ...at('awaiting_consent'), begin: asked },
  at('sent'),
  at('info_requested', asks),
  at('accepted', accepts),
  at('scheduled', accepts, schedules),
  { ...at('visited', accepts, visits), reached: 'visited' },
  { ...at('trial', accepts, starts), reached: 'trial' },
  { ...at('closed', accepts, closes), closed: 0 },
  at('declined', declines),
  { ...at('declined', accepts, declines), name: 'declined after a yes', closed: 0 },
  { name: 'expired', status: 'expired', story: [[7]] },
  at('withdrawn', withdraws),
  at('forwarded', forwards),
  { ...at('forwarded', accepts, forwards), name: 'forwarded after a yes', closed: 0 },
  at('consent_revoked', accepts, byMember('revoke')),
]

const flags: Case[] = [
  { ...at('accepted', accepts, requests), name: 'withdrawal requested', withdrawal: true },
  {
    ...at('visited', accepts, visits, requests),
    name: 'withdrawal requested late',
    reached: 'visited',
    withdrawal: true,
  },
  { ...at('accepted', accepts, claims('visited')), name: 'visit claimed', claim: 'visited' },
  { ...at('scheduled', accepts, schedules, claims('joined')), name: 'join claimed', claim: 'joined' },
  {
    ...at('trial', accepts, starts, claims('joined')),
    name: 'join claimed in a trial',
    reached: 'trial',
    claim: 'joined',
  },
  {
    ...at('closed', accepts, closes, claims('trial')),
    name: 'trial claimed after the end',
    closed: 0,
    claim: 'trial',
  },
  {
    ...at('accepted', accepts, claims('visited'), disputes('receiver')),
    name: 'claim in dispute',
    claim: 'visited',
    dispute: 'open',
    disputedBy: 'receiver',
    disputed: 'visited',
  },
  {
    ...at('scheduled', accepts, schedules, claims('trial'), disputes('receiver')),
    name: 'claim in dispute, scheduled',
    claim: 'trial',
    dispute: 'open',
    disputedBy: 'receiver',
    disputed: 'trial',
  },
  {
    ...at('closed', accepts, joins, disputes('receiver', 'none')),
    name: 'join in dispute',
    reached: 'joined',
    closed: 0,
    joined: 0,
    dispute: 'open',
    disputedBy: 'receiver',
    disputed: 'joined',
  },
  {
    ...at('closed', accepts, visits, closes, disputes('sender', 'trial')),
    name: 'end in dispute by the sender',
    reached: 'visited',
    closed: 0,
    dispute: 'open',
    disputedBy: 'sender',
    disputed: 'trial',
  },
  {
    ...at('declined', accepts, declines, disputes('sender', 'joined')),
    name: 'refusal in dispute',
    closed: 0,
    dispute: 'open',
    disputedBy: 'sender',
    disputed: 'joined',
  },
  {
    ...at('declined', accepts, declines, disputes('sender', 'joined'), resolves('reversed')),
    name: 'declined, and joined all the same',
    reached: 'joined',
    closed: 0,
    joined: 0,
    dispute: 'resolved',
    disputed: 'joined',
  },
  {
    ...at('forwarded', accepts, forwards, claims('visited')),
    name: 'forwarded, with a visit claimed',
    closed: 0,
    claim: 'visited',
  },
  {
    ...at('accepted', accepts, claims('visited'), disputes('receiver'), resolves('reversed')),
    name: 'dispute resolved',
    dispute: 'resolved',
    disputed: 'visited',
  },
  {
    ...at('closed', accepts, joins, disputes('receiver', 'none'), resolves('upheld')),
    name: 'join upheld',
    reached: 'joined',
    closed: 0,
    joined: 0,
    dispute: 'resolved',
    disputed: 'joined',
  },
  { ...at('closed', accepts, joins, leaves), name: 'left', reached: 'trial', closed: 0, joined: 0, left: 0 },
  { ...at('sent'), name: 'forwarded here once', begin: forwardedOnce, hops: 1 },
  { ...at('sent'), name: 'forwarded here twice', begin: forwardedTwice, hops: 2 },
  { ...at('accepted', accepts), name: 'forwarded here twice, accepted', begin: forwardedTwice, hops: 2 },
]

const aged: Case[] = [
  {
    name: 'scheduled for a day that is past',
    status: 'scheduled',
    isVisitPast: true,
    story: [[3, accepts, schedules]],
  },
  {
    name: 'closed after a dispute was resolved',
    status: 'closed',
    closed: 11,
    dispute: 'resolved',
    disputed: 'visited',
    isNews: true,
    story: [
      [15, accepts, claims('visited'), disputes('receiver'), resolves('reversed')],
      [11, closes],
    ],
  },
  {
    name: 'declined 15 days ago after a yes',
    status: 'declined',
    closed: 15,
    story: [[15, accepts, declines]],
  },
  { name: 'closed 14 days ago', status: 'closed', closed: 14, story: [[14, accepts, closes]] },
  { name: 'closed 15 days ago', status: 'closed', closed: 15, story: [[15, accepts, closes]] },
  {
    name: 'joined 15 days ago',
    status: 'closed',
    reached: 'joined',
    closed: 15,
    joined: 15,
    story: [[15, accepts, joins]],
  },
  {
    name: 'joined 31 days ago',
    status: 'closed',
    reached: 'joined',
    closed: 31,
    joined: 31,
    story: [[31, accepts, joins]],
  },
  {
    name: 'left 11 days ago',
    status: 'closed',
    reached: 'trial',
    closed: 31,
    joined: 31,
    left: 11,
    story: [
      [31, accepts, joins],
      [11, leaves],
    ],
  },
  {
    name: 'left 15 days ago',
    status: 'closed',
    reached: 'trial',
    closed: 31,
    joined: 31,
    left: 15,
    story: [
      [31, accepts, joins],
      [15, leaves],
    ],
  },
  {
    name: 'claimed, and closed too long ago to claim more',
    status: 'closed',
    closed: 15,
    claim: 'visited',
    story: [
      [15, accepts, closes],
      [11, claims('visited')],
    ],
  },
]

/** Each stands for itself at the end of its story. */
export const cases: readonly Case[] = [...statuses, ...flags, ...aged]
