/** The disputes that there may be, and how each may end. */
import type { Standing } from './books.ts'
import {
  accepts,
  byMember,
  claims,
  closes,
  disputes,
  joins,
  leaves,
  passes,
  visits,
  type Move,
} from './walks.ts'

/** How a story stands: both cards, both books, and the entries so far. */
export interface Expected {
  readonly card: object
  readonly books: Standing
  readonly entries: readonly string[]
}

export interface Story {
  readonly title: string
  readonly before: readonly Move[]
  readonly dispute: Move
  readonly open: Expected
  readonly upheld: Expected
  readonly reversed: Expected
  /** What comes of 30 days without the steward, by what the member says meanwhile. */
  readonly byClock: readonly (readonly [word: string | null, 'upheld' | 'reversed', Expected?])[]
}

const stands = (card: object, books: Standing, ...entries: string[]): Expected => ({ card, books, entries })
const active = (earned: number): Standing => ({ earned, inFlight: 100 - earned, active: 1 })
const ended = (earned: number, inFlight = 0): Standing => ({ earned, inFlight })
const full: Standing = { earned: 100, inFlight: 0, provisional: 75, joined: 1 }
/** The 30 days of the join are over with those of the dispute: it counts for good at once. */
const confirmed: Standing = { ...full, provisional: 0 }

const isJoined = { status: 'closed', outcome: 'joined', reached: 'joined', joinedAt: String, leftAt: null }
const notJoined = { status: 'closed', outcome: 'not_joined' }
const hasLeft = { status: 'closed', outcome: 'joined', reached: 'trial', leftAt: String }

const visited = 'visited posting 10'
const trial = 'trial posting 15'
const joined = 'joined posting 75'
const all = [visited, trial, joined]
const undone = [...all, 'trial reversal -15 disputed', 'joined reversal -75 disputed']
const gone = [...all, 'joined reversal -75 left']

const accounts = (by: string, contested: string, asserted: string) => ({
  dispute: { by, contested, asserted, resolution: null },
})

const againstClaims: Story[] = [
  {
    title: 'the receiver objects to a claimed visit',
    before: [accepts, claims('visited')],
    dispute: disputes('receiver'),
    open: stands({ status: 'accepted', ...accounts('receiver', 'visited', 'none') }, active(0)),
    upheld: stands({ status: 'visited', reached: 'visited' }, active(10), visited),
    reversed: stands({ status: 'accepted', reached: null }, active(0)),
    byClock: [
      [null, 'reversed'],
      ['trial', 'upheld', stands({ status: 'trial', reached: 'trial' }, active(25), visited, trial)],
    ],
  },
  {
    title: 'the receiver says trial where the member claims a join',
    before: [accepts, claims('joined')],
    dispute: disputes('receiver', 'trial'),
    open: stands({ status: 'accepted', ...accounts('receiver', 'joined', 'trial') }, active(0)),
    upheld: stands(isJoined, full, ...all),
    reversed: stands({ status: 'trial', reached: 'trial', outcome: null }, active(25), visited, trial),
    byClock: [[null, 'upheld']],
  },
  {
    title: 'the receiver objects to a join that is claimed after the end',
    before: [accepts, visits, closes, passes(3), claims('joined')],
    dispute: disputes('receiver'),
    open: stands({ ...notJoined, ...accounts('receiver', 'joined', 'visited') }, ended(10, 90), visited),
    upheld: stands({ ...isJoined, outcomeReason: null }, full, ...all),
    reversed: stands({ ...notJoined, outcomeReason: 'price', reached: 'visited' }, ended(10), visited),
    byClock: [[null, 'upheld']],
  },
  {
    title: 'the receiver objects to a visit that the sender claims after the end',
    before: [accepts, closes, claims('visited')],
    dispute: disputes('receiver', 'none'),
    open: stands({ ...notJoined, ...accounts('receiver', 'visited', 'none') }, ended(0, 10)),
    upheld: stands({ ...notJoined, outcomeReason: 'price', reached: 'visited' }, ended(10), visited),
    reversed: stands({ ...notJoined, reached: null }, ended(0)),
    byClock: [
      [null, 'reversed'],
      ['visited', 'upheld'],
    ],
  },
]

const againstReports: Story[] = [
  {
    title: 'the receiver recorded a join by mistake',
    before: [accepts, joins],
    dispute: disputes('receiver', 'visited'),
    open: stands(
      { status: 'closed', ...accounts('receiver', 'joined', 'visited') },
      ended(10, 90),
      ...undone,
    ),
    upheld: stands(isJoined, full, ...undone, trial, joined),
    reversed: stands(
      { ...notJoined, outcomeReason: 'other', reached: 'visited', joinedAt: null },
      ended(10),
      ...undone,
    ),
    byClock: [
      [null, 'reversed'],
      ['trial', 'reversed', stands({ ...notJoined, reached: 'trial' }, ended(25), ...undone, trial)],
      [
        'joined',
        'upheld',
        stands({ ...isJoined, joinConfirmedAt: String }, confirmed, ...undone, trial, joined),
      ],
    ],
  },
  {
    title: 'the sender objects to not_joined',
    before: [accepts, visits, closes],
    dispute: disputes('sender', 'joined'),
    open: stands({ ...notJoined, ...accounts('sender', 'visited', 'joined') }, ended(10, 90), visited),
    upheld: stands({ ...notJoined, outcomeReason: 'price', reached: 'visited' }, ended(10), visited),
    reversed: stands({ ...isJoined, outcomeReason: null }, full, ...all),
    byClock: [
      [null, 'upheld'],
      [
        'trial',
        'reversed',
        stands({ ...notJoined, outcomeReason: 'price', reached: 'trial' }, ended(25), visited, trial),
      ],
      ['joined', 'reversed'],
    ],
  },
  {
    title: 'the sender objects to the report that the member left',
    before: [accepts, joins, passes(20), leaves, passes(14)],
    dispute: disputes('sender', 'joined'),
    open: stands({ ...hasLeft, ...accounts('sender', 'trial', 'joined') }, ended(25, 75), ...gone),
    upheld: stands(hasLeft, ended(25), ...gone),
    reversed: stands(isJoined, full, ...gone, joined),
    byClock: [
      [null, 'upheld'],
      ['trial', 'upheld'],
      ['joined', 'reversed', stands(isJoined, confirmed, ...gone, joined)],
    ],
  },
  {
    title: 'the sender objects where the member itself told of leaving',
    before: [accepts, joins, byMember('report-left')],
    dispute: disputes('sender', 'joined'),
    open: stands({ ...hasLeft, ...accounts('sender', 'trial', 'joined') }, ended(25, 75), ...gone),
    upheld: stands(hasLeft, ended(25), ...gone),
    reversed: stands(isJoined, full, ...gone, joined),
    byClock: [[null, 'upheld']],
  },
]

/** Every kind of dispute with every end of it. */
export const stories = [...againstClaims, ...againstReports]
