import fc from 'fast-check'
import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { makeKeys } from '../../src/platform/keys.ts'
import { findFlags } from '../../src/reciprocity/flags.ts'
import { ringsOf, type Edge } from '../../src/reciprocity/rings.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { commandLine } from '../helpers/command-line.ts'
import { addSpace, sendFrom, steward, type Caller } from '../helpers/network.ts'
import { acceptedFrom, addLastingCaller, forwardedTo, join, joinedFrom, step, year } from './world.ts'

const edgesOf = (text: string): Edge<string>[] =>
  text.split(' ').map((pair) => ({ from: pair.charAt(0), to: pair.charAt(1) }))

t.test('ringsOf finds the greatest groups in which each leads to each', (t) => {
  t.same(ringsOf([]), [])
  t.same(ringsOf(edgesOf('AB BC CD')), [], 'a chain is no ring')
  t.same(ringsOf(edgesOf('AA AB')), [], 'nor is one alone')
  t.same(ringsOf(edgesOf('BA AB')), [['A', 'B']])
  t.same(ringsOf(edgesOf('CA AB BC BD DE ED')), [
    ['A', 'B', 'C'],
    ['D', 'E'],
  ])
  t.same(ringsOf(edgesOf('AB BA BC CB CD DA')), [['A', 'B', 'C', 'D']], 'two that share a space are one')
  const long = Array.from({ length: 50_000 }, (_, index) => ({
    from: String(index),
    to: String((index + 1) % 50_000),
  }))
  t.equal(ringsOf(long)[0]?.length, 50_000, 'however long')
  t.end()
})

/** Whom each reaches, by walking until nothing new is found. */
const reachOf = (edges: readonly Edge<string>[], from: string) => {
  const reached = new Set<string>()
  for (let todo = [from]; todo.length > 0;) {
    const at = todo.pop()
    for (const { to } of edges.filter((edge) => edge.from === at && !reached.has(edge.to))) {
      reached.add(to)
      todo.push(to)
    }
  }
  return reached
}

t.test('ringsOf agrees with walking from each to each, on any graph', (t) => {
  const node = fc.constantFrom(...'A B C D E F G H'.split(' '))
  const graph = fc.array(fc.record({ from: node, to: node }), { maxLength: 24 })
  const agrees = fc.property(graph, (edges) => {
    const nodes = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort()
    const reach = new Map(nodes.map((one) => [one, reachOf(edges, one)]))
    const both = (a: string, b: string) => a === b || (reach.get(a)!.has(b) && reach.get(b)!.has(a))
    const groups = nodes.map((one) => nodes.filter((other) => both(one, other)))
    const rings = groups.filter((group, index) => group.length > 1 && group[0] === nodes[index])
    return JSON.stringify(ringsOf(edges)) === JSON.stringify(rings)
  })
  t.doesNotThrow(() => fc.assert(agrees, { numRuns: 500 }))
  t.end()
})

const grown = async (test: TestApp, names: string) => {
  const spaces: Record<string, Caller> = {}
  for (const name of names.split(''))
    spaces[name] = await addLastingCaller(test, { name, slug: name.toLowerCase() })
  await Promise.all(Array.from({ length: 10 - names.length }, () => addSpace(test)))
  return (name: string) => spaces[name]!
}

/** Members who joined without a recorded visit, or with one. */
const joins = async (from: Caller, to: Caller, count: number, visit = false) => {
  const ids: string[] = []
  for (let round = 0; round < count; round += 1) {
    const id = await acceptedFrom(from, to)
    if (visit) await step(to, id, 'record-visit', { on: '2026-11-20' })
    await join(to, id)
    ids.push(id)
  }
  return ids
}

t.test('more than 60 % of five credits or more from one peer is flagged', async (t) => {
  const test = await testApp(t)
  const space = await grown(test, 'ABC')
  const flags = () => findFlags(steward(test))
  await joins(space('A'), space('B'), 3, true)
  await joins(space('A'), space('C'), 1, true)
  t.same(await flags(), [], 'four credits are too few to tell')
  await joins(space('A'), space('C'), 1, true)
  t.same(await flags(), [], '60 % of five')
  const more = await acceptedFrom(space('A'), space('B'))
  await step(space('B'), more, 'record-visit', { on: '2026-11-20' })
  t.match(await flags(), [
    { kind: 'one_peer', space: { slug: 'a' }, peer: { slug: 'b' }, points: 310, pointsOfAll: 510 },
  ])
  test.deps.clock.advance(year - 1)
  t.equal((await flags())?.length, 1)
  test.deps.clock.advance(1)
  t.same(await flags(), [], 'what was earned 365 days ago counts no more')
})

t.test('a ring whose people never visit is flagged, and one visit is enough that it is not', async (t) => {
  const test = await testApp(t)
  const space = await grown(test, 'ABCD')
  const flags = () => findFlags(steward(test))
  await joins(space('A'), space('B'), 3)
  await joins(space('B'), space('C'), 3)
  await joins(space('C'), space('A'), 2)
  await joins(space('C'), space('D'), 3)
  t.same(await flags(), [], 'two members close no ring, and a way out is none')
  const last = await forwardedTo(test, space('D'), await sendFrom(space('C'), space('D')), space('A'))
  await step(space('A'), last, 'accept')
  await join(space('A'), last)
  t.match(await flags(), [{ kind: 'ring', spaces: [{ slug: 'a' }, { slug: 'b' }, { slug: 'c' }] }])
  t.equal((await flags())?.length, 1)
  await step(space('A'), last, 'report-left')
  t.same(await flags(), [], 'who has left did not join')
  await joins(space('C'), space('A'), 1)
  t.equal((await flags())?.length, 1)
  await joins(space('C'), space('A'), 1, true)
  t.same(await flags(), [])
})

t.test('joins count in a ring for 365 days', async (t) => {
  const test = await testApp(t)
  const space = await grown(test, 'AB')
  await joins(space('A'), space('B'), 3)
  await joins(space('B'), space('A'), 3)
  test.deps.clock.advance(year - 1)
  t.match(await findFlags(steward(test)), [{ kind: 'ring' }])
  test.deps.clock.advance(1)
  t.same(await findFlags(steward(test)), [])
})

t.test('flags begin at ten spaces in the network, and are for the steward', async (t) => {
  const test = await testApp(t)
  const [a, b] = [await addLastingCaller(test), await addLastingCaller(test)]
  await joins(a, b, 5)
  for (let others = 0; others < 7; others += 1) await addSpace(test)
  await addSpace(test, { status: 'registered' })
  t.equal(await findFlags(steward(test)), null)
  await addSpace(test)
  t.equal((await findFlags(steward(test)))?.length, 1)
  const actor = {
    kind: 'client',
    id: 'cli_x',
    owner: 'network',
    spaceId: null,
    operatorId: null,
    standing: null,
  } as const
  const ctx = { ...steward(test), actor: { ...actor, scopes: new Set(['network:read']) } }
  await t.rejects(findFlags(ctx), { code: 'insufficient_scope' })
})

t.test('waggle flags prints a sentence or an object for each, and always ends with 0', async (t) => {
  const keys = makeKeys()
  const test = await testApp(t, { keys })
  const waggle = commandLine(test, keys)
  // The command reads the time of the machine.
  test.deps.clock.set(Date.now() - day)
  const [a, b] = [
    await addLastingCaller(test, { name: 'Nave', slug: 'nave' }),
    await addLastingCaller(test, { name: 'Arna', slug: 'arna' }),
  ]
  await joins(a, b, 5)
  await joins(b, a, 3)
  t.same(await waggle('flags'), {
    code: 0,
    out: '',
    err: 'Flags begin at ten spaces in the network: among fewer everybody knows.\n',
  })
  await Promise.all(Array.from({ length: 8 }, () => addSpace(test)))
  t.same(await waggle('flags'), {
    code: 0,
    out:
      'Nave (nave) has 100 % of its 5 credits of the last 365 days from Arna (arna).\n' +
      'Members join in a ring and no visit is recorded: Arna (arna), Nave (nave).\n',
    err: '',
  })
  const { code, out } = await waggle('flags', '--json')
  t.equal(code, 0)
  t.match(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
    [
      { kind: 'one_peer', points: 500, pointsOfAll: 500 },
      { kind: 'ring', spaces: [{}, {}] },
    ],
  )
  await joinedFrom(a, await addLastingCaller(test))
  t.match(await waggle('flags'), { code: 0, out: /83 % of its 6 credits/ })
})
