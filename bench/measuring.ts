import type { Child } from './child.ts'
import { postgresCpu } from './cpu.ts'
import { sendLoad, type Answered } from './http-load.ts'
import { operations, type OperationName } from './operations.ts'
import { toBare, type NextRequest, type Request } from './requests.ts'
import { orderIn, type Measure, type Round, type Variant } from './rounds.ts'
import type { Size } from './size.ts'

/** A server to be measured. */
interface Served {
  readonly child: Child
  readonly url: string
}

/** All that runs while it is measured. */
export interface Stage {
  readonly product: Served
  readonly http: Served
  readonly sql: Child
  readonly postmaster: number
  readonly requests: Readonly<Record<OperationName, readonly Request[] | NextRequest>>
  /** The most accepts of one variant in one round: each takes one of those that were made ready. */
  readonly accepts: number
}

type Usage = NodeJS.CpuUsage

const amountOf = ({ accepts }: Stage, name: OperationName) => (name === 'accept' ? accepts : null)

const measureHttp = async (
  stage: Stage,
  { child, url }: Served,
  load: { name: OperationName; bare: boolean; seconds: number },
) => {
  const { name, bare, seconds } = load
  const given = stage.requests[name]
  // The bare server takes no referral away, so one body will do.
  const requests = bare ? [toBare(name, typeof given === 'function' ? fixed : (given[0] ?? fixed))] : given
  const before = (await child.ask('cpu')) as Usage
  const answered = await sendLoad({ url, requests, seconds, amount: bare ? null : amountOf(stage, name) })
  const after = (await child.ask('cpu')) as Usage
  return { ...answered, cpu: { user: after.user - before.user, system: after.system - before.system } }
}

const fixed: Request = {
  method: 'POST',
  path: '',
  headers: { authorization: 'Bearer none', 'content-type': 'application/json', 'idempotency-key': 'a' },
  body: '{}',
}

const measure = async (
  stage: Stage,
  name: OperationName,
  variant: Variant,
  seconds: number,
): Promise<Measure> => {
  const pgBefore = await postgresCpu(stage.postmaster)
  const {
    count,
    seconds: took,
    cpu,
  } = variant === 'sql'
    ? ((await stage.sql.ask('run', { name, seconds, amount: amountOf(stage, name) })) as Answered & {
        cpu: Usage
      })
    : await measureHttp(stage, stage[variant], { name, bare: variant === 'http', seconds })
  const pgCpu = (await postgresCpu(stage.postmaster)) - pgBefore
  return { perSecond: count / took, cpu: (cpu.user + cpu.system) / count, pgCpu: pgCpu / count }
}

/** Warms everything up, then measures round by round. */
export const measureAll = async (
  stage: Stage,
  size: Size,
  tell: (line: string) => void,
): Promise<Map<OperationName, Round[]>> => {
  tell('warming up')
  await measureRound(stage, 0, size.warmUpSeconds)
  const rounds = new Map<OperationName, Round[]>(operations.map(({ name }) => [name, []]))
  for (let number = 0; number < size.rounds; number += 1) {
    tell(`round ${String(number + 1)} of ${String(size.rounds)}`)
    for (const [name, round] of await measureRound(stage, number, size.seconds)) rounds.get(name)?.push(round)
  }
  return rounds
}

const measureRound = async (
  stage: Stage,
  number: number,
  seconds: number,
): Promise<[OperationName, Round][]> => {
  const measured: [OperationName, Round][] = []
  for (const { name } of operations) {
    const round: Partial<Record<Variant, Measure>> = {}
    for (const variant of orderIn(number)) round[variant] = await measure(stage, name, variant, seconds)
    measured.push([name, round as Round])
  }
  return measured
}
