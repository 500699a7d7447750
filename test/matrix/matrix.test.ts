import t from 'tap'
import type { Operation } from '../../src/platform/operation.ts'
import { rows, type Row } from './rows.ts'
import { ask, callers, openMatrix, setStanding, type CallerName, type MatrixWorld } from './world.ts'

const world = await openMatrix(t)
const operations: readonly Operation[] = [...world.test.app.operations.values()]
const rowsById: Readonly<Record<string, Row | readonly Row[]>> = rows

t.test('every operation of the contract has a row, and every row an operation', (t) => {
  t.strictSame(Object.keys(rowsById).sort(), operations.map(({ id }) => id).sort())
  const document = world.test.app.swagger() as {
    paths: Record<string, Record<string, { operationId?: string }>>
  }
  const published = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  )
  t.strictSame(published.sort(), Object.keys(rowsById).sort(), 'the published document holds the same')
  t.end()
})

/** Another space, an applicant and a stranger read nothing of the subject. */
const strangers: readonly CallerName[] = ['other', 'applicant', 'nobody']

/** The subject asks about its own; the suspended space is suspended after its object has come about. */
const askAs = async (world: MatrixWorld, caller: CallerName, { method }: Operation, row: Row) => {
  if (caller !== 'suspended') {
    const request = await row.ask(world.home, world)
    return { request, answer: await ask(world, caller, method, request) }
  }
  const { spaceId } = world.suspended
  const request = await row.ask(world.suspended, world)
  await setStanding(world.test, spaceId, 'suspended')
  const answer = await ask(world, caller, method, request)
  await setStanding(world.test, spaceId, 'admitted')
  return { request, answer }
}

for (const operation of operations) {
  const found = rowsById[operation.id]
  for (const row of found === undefined ? [] : [found].flat()) {
    t.test(`${[operation.id, row.where].filter(Boolean).join(' ')}: who may, and who may not`, async (t) => {
      for (const [column, caller] of callers.entries()) {
        const { request, answer } = await askAs(world, caller, operation, row)
        t.equal(answer.status, row.statuses[column], `${caller}: ${answer.text.slice(0, 300)}`)
        if (request.secret === undefined || !strangers.includes(caller)) continue
        const told = answer.text.replaceAll(request.url, '')
        t.notOk(told.includes(request.secret), `${caller} is told nothing of it`)
      }
    })
  }
}
