import t from 'tap'
import { rows, type Row } from './rows.ts'
import { ask, callers, openMatrix, type CallerName, type MatrixWorld } from './world.ts'

const world = await openMatrix(t)
const rowsById: Readonly<Record<string, Row | readonly Row[]>> = rows

/** What changes nothing about anybody, although it is sent by POST. */
const changesNothing: readonly string[] = ['issueToken']

/** Their proof stands outside of the house, where the matrix cannot put it. */
const provedElsewhere: readonly string[] = ['proveApplication']

/** What stands in the log now, by the rows' ids: the clock of the tests is moved about, so their times do not tell. */
const logged = async ({ test }: MatrixWorld) => {
  const { rows } = await test.deps.db.pool.query<{ id: string; action: string; kind: string }>(
    'select id, action, actor_kind as kind from audit_log',
  )
  return new Map(rows.map(({ id, action, kind }) => [id, `${action} by ${kind}`]))
}

const addedTo = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) =>
  [...after].filter(([id]) => !before.has(id)).map(([, deed]) => deed)

/** Who may, of those whose tokens are at hand. */
const ableCaller = ({ statuses }: Row): CallerName | undefined =>
  callers.find((caller, column) => caller !== 'suspended' && (statuses[column] ?? 500) < 300)

const kindOf = (caller: CallerName) =>
  caller === 'nobody' ? 'public' : caller === 'client' ? 'client' : 'manager'

for (const { id, method } of world.test.app.operations.values()) {
  if (method === 'GET' || [...changesNothing, ...provedElsewhere].includes(id)) continue
  const found = rowsById[id]
  for (const row of found === undefined ? [] : [found].flat()) {
    t.test(`${[id, row.where].filter(Boolean).join(' ')}: carried out once, it is noted once`, async (t) => {
      const caller = ableCaller(row)
      if (caller === undefined) throw new Error(`Nobody may ${id}`)
      const request = await row.ask(world.home, world)
      const before = await logged(world)
      const answer = await ask(world, caller, method, request)
      t.ok(answer.status < 300, answer.text)
      t.strictSame(addedTo(before, await logged(world)), [`${id} by ${kindOf(caller)}`], 'by its name')
    })
    t.test(`${[id, row.where].filter(Boolean).join(' ')}: refused, it is not noted`, async (t) => {
      const caller = callers.find((_, column) => [401, 403].includes(row.statuses[column] ?? 0))
      if (caller === undefined || caller === 'suspended') return
      const request = await row.ask(world.home, world)
      const before = await logged(world)
      await ask(world, caller, method, request)
      t.strictSame(addedTo(before, await logged(world)), [])
    })
  }
}
