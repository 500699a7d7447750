/** Groups of spaces that lead to each other. Pure. */

/** A way from one space to another. */
export interface Edge<Id extends string> {
  readonly from: Id
  readonly to: Id
}

/** A space that the search has come to. */
interface Found<Id extends string> {
  readonly id: Id
  /** How many were found before. */
  readonly order: number
  /** The first found of those that it is known to lead back to. */
  first: number
  /** In no group yet. */
  isOpen: boolean
  /** The ways that are not walked yet. */
  readonly ways: Iterator<Id>
}

/**
 * The strongly connected groups of two or more: in each, every space is reached from every other along the edges, and
 * none can take in a further one. By R. Tarjan, "Depth-first search and linear graph algorithms" (1972), with a path of
 * our own instead of recursion, which a long chain would exhaust. Groups and the spaces in them are sorted.
 */
export const ringsOf = <Id extends string>(edges: readonly Edge<Id>[]): Id[][] => {
  const ways = waysOf(edges)
  const found = new Map<Id, Found<Id>>()
  const path: Found<Id>[] = []
  const open: Found<Id>[] = []
  const rings: Id[][] = []

  const enter = (id: Id) => {
    const order = found.size
    const space = { id, order, first: order, isOpen: true, ways: (ways.get(id) ?? []).values() }
    found.set(id, space)
    path.push(space)
    open.push(space)
  }
  const leave = (space: Found<Id>) => {
    path.pop()
    const before = path.at(-1)
    if (before) before.first = Math.min(before.first, space.first)
    if (space.first < space.order) return
    const group = open.splice(open.lastIndexOf(space))
    for (const one of group) one.isOpen = false
    if (group.length > 1) rings.push(group.map(({ id }) => id).sort())
  }

  for (const start of ways.keys()) {
    if (!found.has(start)) enter(start)
    for (let space = path.at(-1); space; space = path.at(-1)) {
      const way = space.ways.next()
      const there = way.done ? undefined : found.get(way.value)
      if (way.done) leave(space)
      else if (!there) enter(way.value)
      else if (there.isOpen) space.first = Math.min(space.first, there.order)
    }
  }
  return rings.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
}

const waysOf = <Id extends string>(edges: readonly Edge<Id>[]): Map<Id, Id[]> => {
  const ways = new Map<Id, Id[]>()
  for (const { from, to } of edges) {
    const known = ways.get(from)
    if (known) known.push(to)
    else ways.set(from, [to])
  }
  return ways
}
