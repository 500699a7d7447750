/** One run: each command is carried out on the model and on the real thing, and the answers are held against each other. */
import { brokenInvariants } from '../helpers/invariants.ts'
import { describe, stepOf, type Command, type Mode, type Step } from './commands.ts'
import { rivalsIn, sweep } from './clocks.ts'
import type { Answer } from './house.ts'
import { act, send, type Move, type Verdict } from './moves.ts'
import { differences, namesOf, observe, shownOf } from './observe.ts'
import { goAway, moveRequest, sendRequest, sweepOn, type Real, type Request } from './real.ts'
import { referralOf, type World } from './state.ts'
import { expectedOf, viewOf } from './view.ts'

/** What a run is about: where it stands in the model, what it asked so far, and what was done in words. */
export interface Run {
  readonly real: Real
  world: World
  readonly asked: Asked[]
  readonly story: string[]
}

/** A request of a space that was carried out, with its answer. */
interface Asked {
  readonly at: number
  readonly referral: number
  readonly request: Request
  readonly answer: Answer
}

/** The two differ; `message` tells how, and by which steps they came to. */
export class Disagreement extends Error {}

const tick = 1_000

export const runCommand = async (run: Run, command: Command): Promise<void> => {
  run.world.now += tick
  run.real.house.setClocks(run.world.now)
  const step = stepOf(run.world, command)
  run.story.push(`${new Date(run.world.now).toISOString()}  ${describe(step)}`)
  await runStep(run, step)
}

const runStep = (run: Run, step: Step): Promise<void> => {
  switch (step.kind) {
    case 'send':
      return runSend(run, step)
    case 'move':
      return runMove(run, step)
    case 'pair':
      return runPair(run, step.moves)
    case 'jump':
      return jump(run, step)
    case 'away':
      run.world.spaces[step.space]!.awayUntil = step.until
      return goAway(run.real, step.space, step.until)
    case 'again':
      return askAgain(run, step.back)
  }
}

const runSend = async (run: Run, { sending, mode }: Extract<Step, { kind: 'send' }>): Promise<void> => {
  const verdict = send(run.world, sending)
  const request = sendRequest(run.real, sending)
  const answer = await requestIn(run, mode, request)
  if (answer.status === 201) run.real.referrals.push(answer.body.id)
  const n = run.world.referrals.length - 1
  if (verdict.status === 201) run.asked.push({ at: run.world.now, referral: n, request, answer })
  must(answerDifferences(run, run.world, verdict, answer, n))
}

const requestOf = ({ real, world }: Run, move: Move) =>
  moveRequest(real, (n) => referralOf(world, n).sender, move)

const runMove = async (run: Run, { move, mode }: Extract<Step, { kind: 'move' }>): Promise<void> => {
  const request = requestOf(run, move)
  const verdict = act(run.world, move)
  const answer = await requestIn(run, typeof move.by === 'number' ? mode : 'plain', request)
  learnChild(run, answer)
  if (verdict.status === 200 && typeof move.by === 'number') {
    run.asked.push({ at: run.world.now, referral: move.referral, request, answer })
  }
  must(answerDifferences(run, run.world, verdict, answer, move.referral))
}

/** A referral that was forwarded made another one. */
const learnChild = ({ real }: Run, { status, body }: Answer): void => {
  const childId = status === 200 ? body.childId : null
  if (typeof childId === 'string' && !(real.referrals as string[]).includes(childId)) {
    real.referrals.push(childId as Real['referrals'][number])
  }
}

/** Asks as the mode says. A retry is to be answered as the first was, to the byte, wherever it arrives. */
const requestIn = async ({ real }: Run, mode: Mode, request: Request): Promise<Answer> => {
  const [one, other] = real.house.nodes
  if (mode === 'plain') return request(one)
  if (mode === 'crash') {
    const lost = await request(one)
    return sameAnswer(lost, await request(other))
  }
  const answers = await Promise.all([request(one), request(other)])
  const [first, second] = answers.filter(({ body }) => body.code !== 'request_in_flight')
  if (!first) throw new Disagreement('Two requests with one key each took the other for the first')
  return second ? sameAnswer(first, second) : first
}

/** Refusals are not kept, and each carries an id of its own. */
const sameAnswer = (first: Answer, second: Answer): Answer => {
  const isSame = first.status < 300 ? first.text === second.text : first.status === second.status
  if (isSame) return first
  throw new Disagreement(
    `The same request was answered ${first.status} ${first.text}\nand then ${second.status} ${second.text}`,
  )
}

/** Within a day a request can be made again, and changes nothing; only what its answer held may be erased meanwhile. */
const askAgain = async (run: Run, back: number): Promise<void> => {
  const { asked, world, real } = run
  const young = asked.filter(({ at }) => world.now - at < 86_000_000)
  const found = young[back % Math.max(young.length, 1)]
  if (!found) return
  const again = await found.request(real.house.nodes[1])
  if (!isErased(world, found)) sameAnswer(found.answer, again)
  else if (again.body.code !== 'answer_erased') {
    throw new Disagreement(
      `An answer that was erased is answered ${again.status} ${JSON.stringify(again.body)}`,
    )
  }
}

/** Consent that is withdrawn erases all that was written; so does a withdrawal of a draft, whose own answer holds nothing. */
const isErased = (world: World, { referral: n, answer }: Asked): boolean => {
  const { status, answerBy } = referralOf(world, n)
  const isDraft = status === 'withdrawn' && answerBy === null && answer.body.status !== 'withdrawn'
  return status === 'consent_revoked' || isDraft
}

/** Two at once must come out as if one had come after the other. */
const runPair = async (run: Run, moves: readonly [Move, Move]): Promise<void> => {
  run.world = await inSomeOrder(run, moves, await atOnce(run, moves))
}

/** Fires two moves at the two nodes. */
export const atOnce = async (run: Run, moves: readonly [Move, Move]): Promise<Answer[]> => {
  const { nodes } = run.real.house
  const requests = moves.map((move) => requestOf(run, move))
  return Promise.all(requests.map((request, index) => request(nodes[index === 0 ? 0 : 1])))
}

/** @returns the world as it is after the order that fits the answers */
export const inSomeOrder = async (
  run: Run,
  moves: readonly [Move, Move],
  answers: readonly Answer[],
): Promise<World> => {
  answers.forEach((answer) => learnChild(run, answer))
  const orders = [
    [0, 1],
    [1, 0],
  ].map((order) => playedOut(run, moves, answers, order))
  const fitting = orders.filter(({ faults }) => faults.length === 0)
  const [first, second] = fitting
  if (!first) {
    const faults = orders.flatMap((order, index) => [
      index === 0 ? 'In this order:' : 'In the other:',
      ...order.faults,
    ])
    throw new Disagreement(['Two at once fit neither order.', ...faults].join('\n'))
  }
  return second ? whichever(run, [first.world, second.world]) : first.world
}

const playedOut = (
  run: Run,
  moves: readonly Move[],
  answers: readonly Answer[],
  order: readonly number[],
) => {
  const world = structuredClone(run.world)
  const faults = order.flatMap((index) => {
    const [move, answer] = [moves[index]!, answers[index]!]
    return answerDifferences(run, world, act(world, move), answer, move.referral)
  })
  return { world, faults }
}

/** Of several worlds that may be, the one that is to be seen; the first when it is none of them. */
const whichever = async (run: Run, candidates: readonly World[]): Promise<World> => {
  const names = namesOf(run.real)
  const different = new Map(candidates.map((world) => [JSON.stringify(expectedOf(world, names)), world]))
  const [first, ...others] = [...different.values()]
  if (!first) throw new Error('There is no world to choose from')
  if (others.length === 0) return first
  const seen = await observe(run.real, first)
  return others.find((world) => differences(expectedOf(world, names), seen).length === 0) ?? first
}

const answerDifferences = (run: Run, world: World, verdict: Verdict, answer: Answer, n: number): string[] => {
  if (verdict.status !== answer.status) {
    return [
      `the model says ${JSON.stringify(verdict)}, Waggle ${answer.status} ${answer.text || JSON.stringify(answer.body)}`,
    ]
  }
  if (!('code' in verdict)) {
    return differences(viewOf(world, n, namesOf(run.real)), shownOf(answer.body, world.now))
  }
  const { body } = answer
  const legal = 'legalEvents' in verdict ? verdict.legalEvents : null
  return [
    ...differences(verdict.code, body.code, '/code'),
    ...(legal ? differences(sorted(legal), sorted(body.legalEvents), '/legalEvents') : []),
  ]
}

const sorted = (events: readonly string[] = []) => [...events].sort()

const must = (faults: readonly string[]): void => {
  if (faults.length > 0) throw new Disagreement(faults.join('\n'))
}

const jump = async (run: Run, { ms, sweeps }: Extract<Step, { kind: 'jump' }>): Promise<void> => {
  run.world.now += ms
  run.real.house.setClocks(run.world.now)
  if (!sweeps) return
  const worlds = ordersOf(rivalsIn(run.world)).map((rivals) => {
    const world = structuredClone(run.world)
    sweep(world, rivals)
    return world
  })
  await sweepOn(run.real.house.nodes[0])
  run.world = await whichever(run, worlds)
}

/** Every order of a few; enough of them of many. */
const ordersOf = (numbers: readonly number[]): number[][] => {
  if (numbers.length < 2) return [[...numbers]]
  return numbers
    .flatMap((one) => ordersOf(numbers.filter((other) => other !== one)).map((rest) => [one, ...rest]))
    .slice(0, 120)
}

/** At the end everything is looked at: by every space, and by what must hold at any time. */
export const compareAll = async (run: Run): Promise<void> => {
  const seen = await observe(run.real, run.world)
  must(differences(expectedOf(run.world, namesOf(run.real)), seen))
  must(await brokenInvariants(run.real.house.nodes[0].deps))
}
