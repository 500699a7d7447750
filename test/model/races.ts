/** Opposite operations on one referral, fired at two nodes at once: one comes first, and the other meets what it left. */
import { act, send, type Details, type Move } from './moves.ts'
import type { Answer, House } from './house.ts'
import { moveRequest, sendRequest, settleIn } from './real.ts'
import type { Event } from './rules.ts'
import { atOnce, compareAll, inSomeOrder, type Run } from './run.ts'
import { testStart } from './commands.ts'
import type { World } from './state.ts'

interface Doing {
  readonly by: 0 | 1 | 'member'
  readonly event: Event
  readonly details?: Details
}

interface Race {
  readonly name: string
  /** What space 0, which sends, and space 1, which receives, do before. */
  readonly before: readonly Doing[]
  readonly moves: readonly [Doing, Doing]
  /** Whether each of the two leaves no room for the other. */
  readonly excludes: boolean
}

const accept: Doing = { by: 1, event: 'accept' }

export const races: readonly Race[] = [
  { name: 'accept or withdraw', before: [], moves: [accept, { by: 0, event: 'withdraw' }], excludes: true },
  {
    name: 'close or dispute',
    before: [accept, { by: 'member', event: 'claim', details: { stage: 'joined' } }],
    moves: [
      { by: 1, event: 'close', details: { outcome: 'no_show' } },
      { by: 0, event: 'dispute' },
    ],
    excludes: false,
  },
  {
    name: 'revoke or accept',
    before: [],
    moves: [{ by: 'member', event: 'revoke' }, accept],
    excludes: false,
  },
  {
    name: 'forward or decline',
    before: [accept],
    moves: [
      { by: 1, event: 'forward', details: { to: 2 } },
      { by: 1, event: 'decline' },
    ],
    excludes: true,
  },
]

const atATime = 20

/** Runs so many pairs of a race. @returns who won how often; throws at the first pair that fits no order */
export const runRace = async (house: House, race: Race, pairs: number): Promise<[number, number]> => {
  const won: [number, number] = [0, 0]
  for (let done = 0; done < pairs; done += atATime) {
    const winners = await runSome(house, race, Math.min(atATime, pairs - done), done)
    for (const winner of winners) won[winner] += 1
  }
  return won
}

/** Several referrals, each of a person of its own, raced all at once. */
const runSome = async (house: House, race: Race, count: number, done: number): Promise<(0 | 1)[]> => {
  const world: World = { now: testStart, spaces: [], referrals: [], postings: [], entries: [] }
  world.spaces.push(...[0, 1, 2].map(() => ({ operator: null, probationUntil: null, awayUntil: null })))
  const run: Run = { real: await settleIn(house, world), world, asked: [], story: [] }
  for (let person = 0; person < count; person += 1) await prepare(run, race, person)
  const pairs = run.world.referrals.map(({ n }) => movesOf(race, n, (done + n) % 2 === 1))
  const answers = await Promise.all(pairs.map((moves) => atOnce(run, moves)))
  for (const [index, moves] of pairs.entries()) {
    run.world = await inSomeOrder(run, moves, answers[index]!)
  }
  await compareAll(run)
  return pairs.map((moves, index) => winnerOf(race, moves, answers[index]!))
}

const prepare = async (run: Run, { before }: Race, person: number): Promise<void> => {
  const sending = { from: 0, to: 1, person, consent: 'attested', draft: false } as const
  const [node] = run.real.house.nodes
  send(run.world, sending)
  run.real.referrals.push((await sendRequest(run.real, sending)(node)).body.id)
  for (const doing of before) {
    const move = moveOf(doing, person)
    act(run.world, move)
    const { status, text } = await moveRequest(run.real, () => 0, move)(node)
    if (status !== 200) throw new Error(text)
  }
}

const moveOf = ({ by, event, details = {} }: Doing, referral: number): Move => ({
  referral,
  by,
  event,
  details,
})

const movesOf = ({ moves: [one, other] }: Race, n: number, isTurned: boolean): [Move, Move] => {
  const moves = [moveOf(one, n), moveOf(other, n)] as const
  return isTurned ? [moves[1], moves[0]] : [...moves]
}

/** The one that did not meet a 409; where both found room, the first of the race. */
const winnerOf = (race: Race, moves: readonly Move[], answers: readonly Answer[]): 0 | 1 => {
  const statuses = answers.map(({ status }) => status)
  const winners = moves.filter((_, index) => statuses[index] === 200)
  const isFair = race.excludes ? statuses.toSorted().join() === '200,409' : winners.length > 0
  if (!isFair) throw new Error(`${race.name}: ${statuses.join()}`)
  return winners.length === 2 || winners[0]?.event === race.moves[0].event ? 0 : 1
}

/** What a race came to, in a sentence. */
export const resultOf = ({ moves: [one, other] }: Race, [first, second]: readonly [number, number]) =>
  `${one.event} came first or along ${first} times, ${other.event} alone ${second} times`
