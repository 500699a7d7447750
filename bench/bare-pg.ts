import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import pg from 'pg'
import { newId, toTypeId, toUuid } from '../src/platform/ids.ts'
import { answerParent } from './child.ts'
import { connections } from './size.ts'
import type { BarePlans, PlannedStatement, Slot, Subject } from './bare-plan.ts'
import type { OperationName } from './operations.ts'

/** Nothing but pg: named statements, pipelined, and what must be new in each request. */

type Oid = typeof pg.types.builtins.DATE
const textTypes: Oid[] = [pg.types.builtins.DATE, pg.types.builtins.TIMESTAMPTZ]

const types = {
  // Times stay text, as in the product.
  getTypeParser: (oid: Oid, format: 'text') =>
    textTypes.includes(oid) ? (text: string) => text : (pg.types.getTypeParser(oid, format) as unknown),
}

const clients: pg.Client[] = []
let plans: BarePlans | undefined
const counters: Record<string, number> = {}

const start = async (o: { url: string; plans: BarePlans }): Promise<void> => {
  plans = o.plans
  for (let index = 0; index < connections; index += 1) {
    const client = new pg.Client({
      connectionString: o.url,
      pipeline: true,
      options: '-c timezone=UTC',
    })
    await client.connect()
    // The database may be stopped before this process is.
    client.on('error', () => undefined)
    clients.push(client)
  }
}

/** How much was done in how long; `amount` is the most, when it is there. */
const run = async (o: { name: OperationName; seconds: number; amount: number | null }) => {
  const before = process.cpuUsage()
  const startedAt = performance.now()
  const until = startedAt + o.seconds * 1000
  let left = o.amount ?? Infinity
  let count = 0
  const work = async (client: pg.Client) => {
    while (performance.now() < until && left > 0) {
      left -= 1
      await once(client, o.name)
      count += 1
    }
  }
  await Promise.all(clients.map(work))
  return { count, seconds: (performance.now() - startedAt) / 1000, cpu: process.cpuUsage(before) }
}

/** Runs one, and tells the idempotency key that it stored. */
const one = (name: OperationName): Promise<string> => {
  const [client] = clients
  if (!client) throw new Error('There is no connection')
  return once(client, name)
}

const once = async (client: pg.Client, name: OperationName): Promise<string> => {
  if (!plans) throw new Error('There are no plans')
  const number = (counters[name] = (counters[name] ?? -1) + 1)
  const planned = plans[name]
  const isRead = 'length' in planned
  const plan = isRead ? planned[number % planned.length] : planned.plan
  const fill = isRead ? undefined : filling(planned.subjects[number % planned.subjects.length])
  for (const batch of plan ?? []) {
    await Promise.all(batch.map((statement) => send(client, statement, fill)))
  }
  return fill?.('key', '') as string
}

type Fill = (slot: Slot, value: unknown) => unknown

const send = (client: pg.Client, { name, text, values, slots }: PlannedStatement, fill: Fill | undefined) => {
  if (name === '') return client.query(text)
  const filled = fill ? values.map((value, index) => fill(slots[index] ?? 'constant', value)) : [...values]
  return client.query({ name, text, values: filled, rowMode: 'array', types } as pg.QueryArrayConfig)
}

const filling = (subject: Subject | undefined): Fill => {
  if (!subject) throw new Error('There is nothing left to write')
  const { sender, receiver } = subject
  const referral = subject.referral ?? toUuid(newId('referral', Date.now()))
  const key = randomUUID()
  return (slot, value) => {
    switch (slot) {
      case 'constant':
        return value
      case 'referral':
        return referral
      case 'referralId':
        return toTypeId('referral', referral)
      case 'sender':
        return sender
      case 'receiver':
        return receiver
      case 'uuid':
        return toUuid(newId('event', Date.now()))
      case 'hash':
        return randomBytes(32)
      case 'key':
        return key
      case 'lock':
        return String(randomInt(2 ** 47))
    }
  }
}

answerParent({ start, run, one })
