import { setTimeout as delay } from 'node:timers/promises'
import { phaseOf, type Status } from '../../src/referrals/lifecycle.ts'
import { ask, type Caller, type Answer, type Told, type Write } from './asking.ts'
import { countOne, enter, type Books, type Kept } from './books.ts'
import { chanceOf, pick, sample } from './chance.ts'
import { anyMove } from './moves.ts'
import { readingOf, sendBody, type Walk } from './requests.ts'

/** The time from one kill to the next. */
export interface Round {
  /** Nothing new is begun. */
  over: boolean
  /** Faults are no surprise any more. */
  killed: boolean
}

export interface Client {
  /** Asks one thing after the other until the round is over or something was not answered. */
  work(round: Round): Promise<void>
  /** Asks again, in the same words, until all is answered; then has some old answers repeated. */
  settle(): Promise<void>
}

interface Place {
  readonly name: string
  readonly seed: number
  readonly url: string
  /** The addresses of the server, as its contract writes them. */
  readonly served: ReadonlySet<string>
  readonly home: Caller
  readonly peers: readonly Caller[]
  readonly books: Books
}

const walksAtOnce = 5
const replaysARound = 5
const attempts = 30

/** A client that sends referrals from its home, and walks each of them through a random life on both sides. */
export const makeClient = ({ name, seed, url, served, home, peers, books }: Place): Client => {
  const chance = chanceOf(`${String(seed)} ${name}`)
  const walks: Walk[] = []
  const kept: Kept[] = []
  let unanswered: Write[] = []
  let keys = 0

  const newWrite = (event: string, caller: Caller, path: string, body?: object): Write => {
    keys += 1
    const key = `crash-${String(seed)}-${name}-${String(keys)}`
    return { key, event, caller, path, body: body ? JSON.stringify(body) : null }
  }

  const newSend = (): Write => {
    const peer = pick(chance, peers)
    const isDraft = chance() < 0.15
    const write = newWrite(isDraft ? 'draft' : 'submit', home, '/v1/referrals')
    return { ...write, body: JSON.stringify(sendBody(chance, peer.spaceId, isDraft, write.key)) }
  }

  const newMove = ({ id, status, sender, receiver }: Walk): Write | undefined => {
    const move = anyMove(chance, status, served)
    if (!move) return undefined
    const elsewhere = pick(
      chance,
      peers.filter((peer) => peer !== receiver),
    ).spaceId
    const caller = move.by === 'sender' ? sender : receiver
    return newWrite(move.event, caller, `/v1/referrals/${id}/${move.event}`, move.body?.(elsewhere))
  }

  const remember = (write: Write, answer: Kept['answer']): void => {
    const referral = enter(books, { write, answer })
    kept.push({ write, answer })
    const receiver = peers.find(({ spaceId }) => spaceId === referral.peer.id)
    const walk = walks.find(({ id }) => id === referral.id)
    const state = {
      status: referral.status as Status,
      version: referral.version,
      isSent: referral.sentAt !== null,
    }
    if (walk && walk.version < referral.version) Object.assign(walk, state)
    if (!walk && receiver && write.path === '/v1/referrals')
      walks.push({ id: referral.id, sender: home, receiver, ...state })
  }

  /** @returns whether the request has had its answer */
  const note = (write: Write, told: Told): boolean => {
    if (told.kind === 'done') remember(write, told.answer)
    if (told.kind === 'refused') countOne(books.refused, `${write.event} ${told.code}`)
    if (told.kind === 'fault') countOne(books.faults, told.what)
    if (told.kind === 'wrong' || told.kind === 'erased') {
      books.broken.push(`${write.event}: ${JSON.stringify(told)}`)
    }
    return told.kind !== 'fault' && told.kind !== 'later'
  }

  const tryOnce = (write: Write): Promise<Told> => {
    books.counts.requests += 1
    return ask(url, 'POST', write)
  }

  const write = async (one: Write, round: Round): Promise<void> => {
    let told = await tryOnce(one)
    while (told.kind === 'later' && !round.over) {
      await delay(told.seconds * 1_000)
      told = await tryOnce(one)
    }
    if (told.kind === 'fault' && !round.killed) books.broken.push(`A fault before the kill: ${told.what}`)
    if (!note(one, told) && !unanswered.includes(one)) unanswered.push(one)
  }

  const insist = async (one: Write): Promise<void> => {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const told = await tryOnce(one)
      if (note(one, told)) {
        if (told.kind === 'done' && told.answer.replayed) books.counts.hadHappened += 1
        return
      }
      if ('seconds' in told) await delay(told.seconds * 1_000)
    }
    books.broken.push(`${one.event} ${one.key} is not answered`)
  }

  /** @returns false when there was no answer */
  const read = async (round: Round): Promise<boolean> => {
    const reading = readingOf(chance, home, walks)
    books.counts.requests += 1
    const told = await ask(url, 'GET', reading)
    if (told.kind === 'done') {
      const fault = reading.fault?.(told.answer.text)
      if (fault) books.broken.push(fault)
    } else if (told.kind === 'fault') {
      countOne(books.faults, told.what)
      if (!round.killed) books.broken.push(`A fault before the kill: ${told.what}`)
    } else if (told.kind === 'later') {
      if (!round.over) await delay(told.seconds * 1_000)
    } else books.broken.push(`GET ${reading.path}: ${JSON.stringify(told)}`)
    return told.kind !== 'fault'
  }

  const move = async (round: Round): Promise<void> => {
    const walk = pick(chance, walks)
    const one = newMove(walk)
    if (!one || (isOver(walk) && chance() < 0.5)) {
      walks.splice(walks.indexOf(walk), 1)
      return
    }
    // Now and then both sides act at once, or a client is too impatient to wait for its answer.
    const rival = chance() < 0.05 ? newMove(walk) : undefined
    const twin = chance() < 0.05 ? one : undefined
    const all = [one, rival, twin].filter((each) => each !== undefined)
    await Promise.all(all.map((each) => write(each, round)))
  }

  const replay = async ({ write: one, answer }: Kept): Promise<void> => {
    const told = await tryOnce(one)
    if (told.kind !== 'done') {
      // Connections that died with the database may still be met; the answer is asked for another time.
      if (told.kind === 'fault') countOne(books.faults, told.what)
      // Of a draft that is withdrawn nothing is left; that its request is not carried out again is what counts.
      else if (told.kind !== 'later' && !(told.kind === 'erased' && isDraft(answer)))
        books.broken.push(`${one.key} sent again: ${JSON.stringify(told)}`)
      return
    }
    books.counts.replayed += 1
    const { text, status, etag, replayed } = told.answer
    const isSame = replayed && text === answer.text && status === answer.status && etag === answer.etag
    if (!isSame)
      books.broken.push(`${one.key} sent again has another answer: ${text} instead of ${answer.text}`)
  }

  return {
    work: async (round) => {
      let isServed = true
      while (!round.over && isServed && unanswered.length === 0) {
        const roll = chance()
        if (walks.length === 0 || (walks.length < walksAtOnce && roll < 0.4)) await write(newSend(), round)
        else if (roll < 0.6) isServed = await read(round)
        else await move(round)
      }
    },
    settle: async () => {
      const open = unanswered
      unanswered = []
      books.counts.retried += open.length
      for (const one of open) await insist(one)
      for (const one of sample(chance, kept, replaysARound)) await replay(one)
    },
  }
}

const isOver = ({ status }: Walk): boolean => phaseOf(status) === 'closed'

const isDraft = ({ text }: Answer): boolean => (JSON.parse(text) as { status: string }).status === 'draft'
