import type { Referral } from '../../src/referrals/contract-referral.ts'
import type { Answer, Write } from './asking.ts'

/** A request and how it was answered. */
export interface Kept {
  readonly write: Write
  readonly answer: Answer
}

/** What an acknowledged write has changed, as its answer says. */
interface Effect {
  readonly event: string
  readonly status: string
  readonly key: string
  readonly text: string
}

/** What all clients together were told. */
export interface Books {
  /** By referral and version: each version is the work of one request. */
  readonly effects: Map<string, Effect>
  readonly counts: Record<'requests' | 'acknowledged' | 'retried' | 'hadHappened' | 'replayed', number>
  /** What was refused for good, and which faults were met, by name. */
  readonly refused: Map<string, number>
  readonly faults: Map<string, number>
  /** One sentence for each thing that must not be. */
  readonly broken: string[]
}

export const openBooks = (): Books => ({
  effects: new Map(),
  counts: { requests: 0, acknowledged: 0, retried: 0, hadHappened: 0, replayed: 0 },
  refused: new Map(),
  faults: new Map(),
  broken: [],
})

/** Verbs that were always refused have shown nothing: the table of moves is wrong. */
export const neverDone = ({ refused, effects }: Books): string[] => {
  const done = new Set([...effects.values()].map(({ event }) => event))
  return [...refused]
    .filter(([name, count]) => count >= 20 && !done.has(name.split(' ')[0] ?? ''))
    .map(([name, count]) => `Refused ${String(count)} times and never done: ${name}`)
}

export const countOne = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

export const effectKey = (referralId: string, version: number): string => `${referralId} ${String(version)}`

/** Enters an acknowledged write. @returns the referral as it was answered */
export const enter = (books: Books, { write, answer }: Kept): Referral => {
  const referral = JSON.parse(answer.text) as Referral
  const key = effectKey(referral.id, referral.version)
  const former = books.effects.get(key)
  if (former && former.key !== write.key) {
    books.broken.push(`${key} was answered to two requests: ${former.event} and ${write.event}`)
  }
  if (former?.key === write.key && former.text !== answer.text) {
    books.broken.push(`${write.key} has two answers: ${former.text} and ${answer.text}`)
  }
  if (!former) books.counts.acknowledged += 1
  // What a forwarding begins is an effect of the same request.
  if (referral.childId && write.event === 'forward') {
    const child = { event: 'submit', status: 'awaiting_consent', key: write.key, text: '' }
    books.effects.set(effectKey(referral.childId, 1), child)
  }
  books.effects.set(key, { event: write.event, status: referral.status, key: write.key, text: answer.text })
  return referral
}
