import t from 'tap'
import { instant } from '../../src/platform/clock.ts'
import type { Id } from '../../src/platform/ids.ts'
import type { CardRow } from '../../src/referrals/cards.ts'
import { testApp, testStart } from '../helpers/app.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import type { SpaceRow } from '../helpers/spaces.ts'
import { clockWorldOn, type ClockWorld } from './clock-world.ts'

/** Something that the clock brings about. */
export interface Edge {
  readonly name: string
  /** Brings a referral to where the clock runs. @returns the referral, and the moment in which it strikes */
  readonly windUp: (world: ClockWorld) => Promise<readonly [Id<'referral'>, number]>
  /** What happens then, and not before. */
  readonly event: string
  readonly becomes: Partial<CardRow>
  readonly earned?: readonly [before: number, after: number]
  readonly receiver?: Partial<SpaceRow>
}

/** Tests each edge on either side: a millisecond before it nothing happens, in its moment it does, and once. */
export const testEdges = async (edges: readonly Edge[]): Promise<void> => {
  // One for all: each edge has two spaces of its own, and begins anew at the same moment.
  const node = await testApp(t)
  for (const edge of edges) {
    t.test(`${edge.name}: not a millisecond before`, async (t) => {
      node.deps.clock.set(testStart)
      const world = await clockWorldOn(node, undefined, edge.receiver)
      const [id, at] = await edge.windUp(world)
      const wound = await world.history(id)
      world.deps.clock.set(at - 1)
      await world.sweep()
      const before = await world.history(id)
      t.notOk(
        before.slice(wound.length).some(({ event }) => event === edge.event),
        'a millisecond before nothing of the kind has happened',
      )
      const { earned } = await world.points()

      world.deps.clock.set(at)
      t.equal((await world.card(id)).nextDueAt, instant(at), 'the card says when')
      await world.sweep()
      const after = (await world.history(id)).slice(before.length)
      t.strictSame(
        after.map(({ event }) => event),
        [edge.event],
      )
      t.match(await world.card(id), edge.becomes)
      if (edge.earned) t.strictSame([earned, (await world.points()).earned], edge.earned)
      t.strictSame(await world.sweep(), { done: 0, failed: 0 }, 'and once')
    })
  }

  t.test('whatever the clocks have done, the history and the ledger are whole', async (t) => {
    t.strictSame(await brokenInvariants(node.deps), [])
  })
}
