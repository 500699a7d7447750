import { availableParallelism } from 'node:os'
import type { Books } from './books.ts'
import { victims, type Victim } from './kills.ts'

/** How long a server took to be ready again. */
export interface Recovery {
  readonly victim: Victim
  readonly ms: number
  /** Of the machine, in the last minute. */
  readonly load: number
}

interface Results {
  readonly books: Books
  readonly recoveries: readonly Recovery[]
  readonly tookMs: number
}

const sentencesShown = 20

export const printSummary = (say: (line: string) => void, { books, recoveries, tookMs }: Results): void => {
  const { counts, refused, faults, broken } = books
  say('')
  for (const victim of victims) {
    const times = recoveries.filter((one) => one.victim === victim).map(({ ms }) => Math.round(ms))
    if (times.length === 0) continue
    const [middle, most] = [medianOf(times), Math.max(...times)]
    say(
      `${victim} killed ${String(times.length)} times: ready in ${String(middle)} ms (median), ${String(most)} ms (worst)`,
    )
  }
  const figures = {
    'requests asked': counts.requests,
    'writes acknowledged': counts.acknowledged,
    'unanswered, asked again': counts.retried,
    'of which had happened': counts.hadHappened,
    'old answers repeated, byte by byte': counts.replayed,
  }
  for (const [name, count] of Object.entries(figures)) say(`${name}: ${count.toLocaleString('en')}`)
  say(`by event: ${listed(eventsOf(books))}`)
  say(`refused: ${listed(refused)}`)
  say(`faults met: ${listed(faults)}`)
  const loads = recoveries.map(({ load }) => load)
  say(
    `took ${String(Math.round(tookMs / 1_000))} s on ${String(availableParallelism())} cores, ` +
      `at loads of ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`,
  )
  say(broken.length === 0 ? 'Every invariant holds.' : `BROKEN (${String(broken.length)}):`)
  for (const sentence of broken.slice(0, sentencesShown)) say(`  ${sentence}`)
}

const medianOf = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? 0

const eventsOf = ({ effects }: Books): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { event } of effects.values()) counts.set(event, (counts.get(event) ?? 0) + 1)
  return counts
}

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([name, count]) => `${name} ${String(count)}`).join(', ') || 'none'
