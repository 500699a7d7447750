import { randomUUID } from 'node:crypto'
import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { Problem } from '../../src/platform/errors.ts'
import { statuses } from '../../src/referrals/contract-choices.ts'
import { resolveDispute } from '../../src/referrals/resolve.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { testApp } from '../helpers/app.ts'
import { addSpace, callerOf, steward, tokenFor } from '../helpers/network.ts'
import { checkRules } from './books.ts'
import * as rules from './rules.ts'
import { cases, type Case } from './situations.ts'
import {
  accepts,
  asks,
  claims,
  inDays,
  joins,
  memberOf,
  memberVerbs,
  openWorld,
  passes,
  requests,
  schedules,
  today,
  walkFrom,
  walkOn,
  type Move,
  type Walk,
} from './walks.ts'

const test = await testApp(t)

/** Some at a time: all at once would only wait for each other. */
const inTurns = async <T>(items: readonly T[], work: (item: T) => Promise<void>) => {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}

interface Tried {
  readonly status: number
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a referral or a problem
  readonly body: any
}

const further = await addSpace(test)

/** A body that is as it should be, whether the event is legal or not. */
const bodyOf = (event: string, actor: rules.Actor, one: Case, walk: Walk): object | undefined => {
  const bodies: Record<string, () => object> = {
    ask: () => ({ question: 'Does she need a monitor?' }),
    answer: () => ({ answer: 'A laptop is enough.' }),
    accept: () => ({}),
    decline: () => ({ reason: 'no_capacity' }),
    forward: () => ({ toSpaceId: further }),
    schedule: () => ({ at: inDays(walk.world, 3) }),
    reschedule: () => ({ at: inDays(walk.world, 3) }),
    'record-visit': () => ({ on: today(walk.world) }),
    close: () => ({ outcome: 'completed' }),
    claim: () => ({ stage: rules.claimable(one, actor) ?? 'visited' }),
    dispute: () => ({ stage: rules.objection(one, actor) }),
  }
  return bodies[event]?.()
}

const attempt = async (walk: Walk, actor: rules.Actor, event: string, one: Case): Promise<Tried> => {
  const body = bodyOf(event, actor, one, walk)
  if (actor === 'sender' || actor === 'receiver') return walk[actor].post(`${walk.url}/${event}`, body)
  const word = Object.values(body ?? {})[0] as string | undefined
  const verb = memberVerbs[event as keyof typeof memberVerbs] as (...input: unknown[]) => Promise<unknown>
  const target = { senderId: walk.sender.spaceId, referralId: walk.id }
  return (
    actor === 'member' ? verb(memberOf(walk), target, word) : resolveDispute(steward(test), walk.id, 'upheld')
  ).then(
    (referral) => ({ status: 200, body: referral }),
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error
      return { status: error.status, body: { code: error.code, ...error.extras, ...error.extras.members } }
    },
  )
}

interface Cell {
  readonly actor: 'sender' | 'receiver' | 'member' | 'steward'
  readonly event: string
}

const cells: readonly Cell[] = [
  ...(['sender', 'receiver'] as const).flatMap((actor) => rules.verbs.map((event) => ({ actor, event }))),
  ...rules.memberEvents.map((event) => ({ actor: 'member' as const, event })),
  { actor: 'steward', event: 'resolve' },
]

/** Before it is sent, a referral does not exist for its receiver. */
const isUnseen = (one: Case, actor: string) =>
  actor === 'receiver' && (one.status === 'draft' || one.status === 'awaiting_consent')

const isLegal = (one: Case, { actor, event }: Cell) =>
  !isUnseen(one, actor) && rules.legalFor(one, actor).includes(event)

/** A referral for all the illegal moves, and a fresh one for each legal move. */
interface Copy {
  readonly one: Case
  readonly cell: Cell | null
  walk?: Walk
}

/** Walks every copy through its story; the days pass for all of them together. */
const prepare = async (): Promise<Copy[]> => {
  const world = await openWorld(test)
  const copies: Copy[] = cases.flatMap((one) =>
    [null, ...cells.filter((cell) => isLegal(one, cell))].map((cell) => ({ one, cell })),
  )
  const days = [...new Set([...cases.flatMap(({ story }) => story.map(([daysAgo]) => daysAgo)), 0])]
  for (const [index, daysAgo] of days.sort((a, b) => b - a).entries()) {
    test.deps.clock.advance(((days[index - 1] ?? daysAgo) - daysAgo) * day)
    await sweepReferrals(test.deps)
    await inTurns(copies, async (copy) => {
      const { story, begin = walkFrom } = copy.one
      const moves = story.find(([when]) => when === daysAgo)?.slice(1) as Move[] | undefined
      if (!moves) return
      copy.walk ??= await begin(world)
      await walkOn(copy.walk, ...moves)
    })
  }
  return copies
}

const refusalOf = async (one: Case, walk: Walk, cell: Cell): Promise<string | null> => {
  const { status, body } = await attempt(walk, cell.actor, cell.event, one)
  const got = JSON.stringify([status, body.code, body.currentStatus, [...(body.legalEvents ?? [])].sort()])
  const expected = isUnseen(one, cell.actor)
    ? [404, 'not_found', undefined, []]
    : [409, 'illegal_transition', one.status, rules.legalFor(one, cell.actor)]
  return got === JSON.stringify(expected) ? null : `${got}, not ${JSON.stringify(expected)}`
}

const successOf = async (one: Case, walk: Walk, cell: Cell): Promise<string | null> => {
  const before = (await walk.sender.get(walk.url)).body
  const { status, body } = await attempt(walk, cell.actor, cell.event, one)
  if (status !== 200) return JSON.stringify(body)
  const after = (await walk.sender.get(walk.url)).body
  if (!rules.targetsOf(one, cell.event).includes(body.status)) return `led to ${String(body.status)}`
  if (after.status !== body.status) return `said ${String(body.status)}, and is ${String(after.status)}`
  return after.version === before.version + 1 ? null : 'the version did not grow by one'
}

t.test('every state × event × actor does over the API and the links what the table says', async (t) => {
  t.same([...new Set(cases.map(({ status }) => status))].sort(), [...statuses].sort(), 'every status')
  const copies = await prepare()
  const wrong: string[] = []
  let tried = 0
  const note = (one: Case, what: string, fault: string | null) => {
    tried += 1
    if (fault !== null) wrong.push(`${one.name}: ${what}: ${fault}`)
  }
  await inTurns(copies, async ({ one, cell, walk }) => {
    const standing = async () => {
      const { status, version } = (await walk!.sender.get(walk!.url)).body
      return `${String(status)} in version ${String(version)}`
    }
    if (cell) {
      note(one, `${cell.event} by the ${cell.actor}`, await successOf(one, walk!, cell))
      return
    }
    const before = await standing()
    note(one, 'is what its story leads to', before.startsWith(`${one.status} in`) ? null : before)
    for (const illegal of cells.filter((candidate) => !isLegal(one, candidate))) {
      note(one, `${illegal.event} by the ${illegal.actor}`, await refusalOf(one, walk!, illegal))
    }
    for (const event of rules.verbs) {
      const { status } = await walk!.world.outsider.post(
        `${walk!.url}/${event}`,
        bodyOf(event, 'sender', one, walk!),
      )
      note(one, `${event} by an outsider`, status === 404 ? null : String(status))
    }
    const after = await standing()
    note(one, 'unchanged by what was refused', after === before ? null : after)
  })
  t.same(wrong, [])
  t.ok(tried > cases.length * (cells.length + rules.verbs.length), `${tried} cells`)
  // Of those who joined 31 days ago, and of whom both say that they did not leave after all.
  t.match(
    await sweepReferrals(test.deps),
    { done: 1, failed: 0 },
    'one join is confirmed, and nothing else is due',
  )
  await checkRules(t, copies[0]!.walk!.world, 'after all of it')
})

const longAnswer = { answer: 'x'.repeat(1001) }
/** The transitions of this part of the life, each where it is legal: by whom, with what, and with too much. */
const doors: [
  event: string,
  side: 'sender' | 'receiver',
  before: Move[],
  body?: (walk: Walk) => object,
  tooMuch?: (walk: Walk) => object,
][] = [
  ['ask', 'receiver', [], () => ({ question: 'When?' }), () => ({ question: 'x'.repeat(1001) })],
  ['answer', 'sender', [asks], () => ({ answer: 'Soon.' }), () => longAnswer],
  ['request-withdrawal', 'sender', [accepts]],
  ['confirm-withdrawal', 'receiver', [accepts, requests]],
  [
    'forward',
    'receiver',
    [],
    () => ({ toSpaceId: further, note: 'They have the room.' }),
    () => ({ toSpaceId: further, note: 'x'.repeat(1001) }),
  ],
  ['schedule', 'receiver', [accepts], ({ world }) => ({ at: inDays(world, 2) })],
  ['reschedule', 'receiver', [accepts, schedules], ({ world }) => ({ at: inDays(world, 4) })],
  ['record-no-show', 'receiver', [accepts, schedules, passes(2)]],
  ['claim', 'sender', [accepts], () => ({ stage: 'visited' })],
  ['report-left', 'receiver', [accepts, joins]],
  [
    'dispute',
    'receiver',
    [accepts, claims('visited')],
    () => ({ note: 'Nobody came.' }),
    () => ({ note: 'x'.repeat(1001) }),
  ],
]

for (const [event, side, before, bodyFor, tooMuch] of doors) {
  t.test(`${event} is done once, on the version that was read, by whom it belongs to`, async (t) => {
    const world = await openWorld(test)
    const walk = await walkFrom(world, {}, ...before)
    const [url, body] = [`${walk.url}/${event}`, bodyFor?.(walk)]
    const was = (await walk[side].get(walk.url)).body
    const { outsider, test: app } = world
    const unknown = `/v1/referrals/ref_01kn3xq5wde7mvqrb2fj8s6t4a/${event}`
    t.equal((await outsider.post(url, body)).status, 404, 'by another space')
    t.equal((await walk[side].post(unknown, body)).status, 404, 'of an unknown referral')
    t.equal((await walk[side].post(`/v1/referrals/nonsense/${event}`, body)).status, 404, 'of nonsense')
    const token = await tokenFor(app, { spaceId: walk[side].spaceId }, ['referrals:read'])
    const reader = callerOf(app, walk[side].spaceId, token)
    t.match((await reader.post(url, body)).body, { status: 403, code: 'insufficient_scope' }, 'read only')
    for (const wrong of [tooMuch?.(walk), { ...body, surprise: 1 }].filter((one) => one !== undefined)) {
      t.match((await walk[side].post(url, wrong)).body, { status: 422, code: 'validation_failed' })
    }
    const stale = await walk[side].post(url, body, { 'if-match': '"stale"' })
    t.match(stale.body, { status: 412, code: 'precondition_failed' })
    const read = await walk[side].get(walk.url)
    t.equal(read.body.version, was.version, 'nothing has changed so far')
    t.equal(stale.headers['etag'], read.headers['etag'], 'the refusal says what would match')
    const key = randomUUID()
    const headers = { 'idempotency-key': key, 'if-match': String(read.headers['etag']) }
    const first = await walk[side].post(url, body, headers)
    t.match(first, { status: 200, body: { id: walk.id, role: side, version: was.version + 1, member: null } })
    t.equal((await walk[side].get(walk.url)).headers['etag'], first.headers['etag'], 'as a read would say')
    const replay = await walk[side].post(url, body, headers)
    t.equal(replay.text, first.text, 'the same answer, to the byte')
    t.equal(replay.headers['etag'], first.headers['etag'])
    t.equal(replay.headers['idempotent-replayed'], 'true')
    const other = await walk[side].post(url, { surprise: 1 }, { 'idempotency-key': key })
    t.equal(other.status, 422, 'the key is for this request alone')
    t.equal((await walk[side].get(walk.url)).body.version, was.version + 1, 'it was done once')
    await checkRules(t, world, event)
  })
}
