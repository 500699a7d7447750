import { day } from '../platform/clock.ts'
import { standardPolicy, type Policy } from '../platform/policy.ts'
import { phases, statuses } from '../referrals/contract-choices.ts'
import { edges, isOpen, phaseOf, type Party, type Phase, type Status } from '../referrals/lifecycle.ts'
import { eventWords, periodWords, phaseWords } from './lifecycle-words.ts'

const opening =
  'Made by `npm run openapi` from the table that decides ([lifecycle.ts](../src/referrals/lifecycle.ts)) and from the periods that hold unless `WAGGLE_POLICY` replaces them ([policy.ts](../src/platform/policy.ts)). In plain words: [What happens next](what-happens-next.md); for programs: [Integrating referrals](integrating-referrals.md).'

const aboutEvents =
  'An event that may not come about is refused with 409 `illegal_transition`, which lists those that may. Not drawn above is what leaves the status as it is, or moves it on to what a claim or a dispute comes to. `closed` is the status here, not the phase.'

/** `docs/lifecycle.md`: the table of the lifecycle, drawn and written out. */
export const lifecyclePage = (): string => {
  const parts = [
    '# The life of a referral',
    opening,
    table(
      ['phase', 'statuses', 'meaning'],
      phases.map((phase) => [code(phase), list(statusesIn(phase)), phaseWords[phase]]),
    ),
    '## The way',
    'Every arrow is an event; `closed` has an outcome.',
    diagram({ isWanted: isOnTheWay, nodesOf: (from) => from, direction: 'TB' }),
    '## The other ends',
    'From a phase means from each of its statuses.',
    diagram({ isWanted: (to) => !isOnTheWay(to), nodesOf: wholePhases, direction: 'LR' }),
    '## Every event',
    aboutEvents,
    table(['event', 'from → to', 'who', 'when'], eventRows()),
    '## Periods',
    table(['period', 'days', 'it is the time'], periodRows()),
  ]
  return `${parts.join('\n\n')}\n`
}

interface Edge {
  readonly event: keyof typeof eventWords
  readonly from: readonly Status[]
  readonly to: readonly Status[] | 'same'
  readonly by: readonly Party[]
}
const allEdges: readonly Edge[] = edges

const isOnTheWay = (status: Status) => isOpen(status) || status === 'closed'

const statusesIn = (phase: Phase) => statuses.filter((status) => phaseOf(status) === phase)

/** Statuses, with those that fill a phase named by the phase. `closed` is always the status. */
const wholePhases = (given: readonly Status[]): (Status | Phase)[] => {
  const whole = phases.filter(
    (phase) => phase !== 'closed' && statusesIn(phase).every((status) => given.includes(status)),
  )
  return [...whole, ...given.filter((status) => !whole.includes(phaseOf(status)))]
}

interface Drawing {
  readonly isWanted: (to: Status) => boolean
  /** Where the arrows of an event begin. */
  readonly nodesOf: (from: readonly Status[]) => readonly string[]
  readonly direction: 'TB' | 'LR'
}

/** The events that lead to a status that is wanted; those that lead the same way share an arrow. */
const diagram = ({ isWanted, nodesOf, direction }: Drawing): string => {
  const arrows = new Map<string, string[]>()
  for (const { event, from, to } of allEdges) {
    if (to === 'same' || to.every((status) => from.includes(status))) continue
    const drawn = to.filter(isWanted).flatMap((end) => nodesOf(from).map((start) => `${start} --> ${end}`))
    for (const arrow of drawn) arrows.set(arrow, [...(arrows.get(arrow) ?? []), event])
  }
  const lines = [...arrows].map(([arrow, events]) => `  ${arrow}: ${events.join(', ')}`)
  return ['```mermaid', 'stateDiagram-v2', `  direction ${direction}`, ...lines, '```'].join('\n')
}

const eventRows = () =>
  allEdges.map(({ event, from, to, by }) => {
    const end = to === 'same' ? 'the same' : list(wholePhases(to))
    return [code(event), `${list(wholePhases(from))} → ${end}`, by.join(', '), eventWords[event]]
  })

const periodRows = () =>
  Object.entries(periodWords).map(([name, words]) => [
    code(name),
    String(standardPolicy[name as keyof Policy] / day),
    words,
  ])

const code = (text: string) => `\`${text}\``
const list = (names: readonly string[]) => names.map(code).join(', ')

/** With columns as wide as Prettier makes them. */
const table = (head: readonly string[], body: readonly (readonly string[])[]): string => {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...body].map((cells) => cells[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}
