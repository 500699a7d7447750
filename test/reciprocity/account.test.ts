import fc from 'fast-check'
import t, { type Test } from 'tap'
import {
  emptyAccount,
  moved,
  sharesOf,
  standing,
  tallyOf,
  totalOf,
  type Account,
  type Move,
  type Terms,
} from '../../src/reciprocity/account.ts'
import { pointsOf, stages, stagesUpTo, type Stage } from '../../src/reciprocity/balance.ts'
import { newId, type Id } from '../../src/platform/ids.ts'

const [origin, first, second] = [newId('space', 1), newId('space', 2), newId('space', 3)]

const plain: Terms = {
  originId: origin,
  forwarderIds: [],
  isSameOperator: false,
  heldFor: new Set(),
  allowance: 100,
  round: 1,
}

const creditorsOf = ({ originId, forwarderIds }: Pick<Terms, 'originId' | 'forwarderIds'>) => [
  originId,
  ...forwarderIds,
]

const stageSet = fc.subarray([...stages])

const move: fc.Arbitrary<Move> = fc.record(
  {
    reverses: stageSet,
    because: fc.constantFrom('left' as const, 'disputed' as const),
    opens: stageSet,
    posts: fc.oneof(stageSet, fc.constantFrom(...stages).map(stagesUpTo)),
    voids: stageSet,
    releases: fc.boolean(),
    confirms: fc.boolean(),
  },
  { requiredKeys: ['because'] },
)

const forwarders = fc.constantFrom<Id<'space'>[]>([], [first], [first, second])

/** What changes from one move to the next: who is on probation, whose operator is whose, what the person may bring. */
const conditions = fc.record({
  isSameOperator: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
  heldFor: fc.subarray([origin, first, second]).map((ids) => new Set(ids)),
  allowance: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(Infinity)),
})

/** An account with everything open, and what came of it after each of some moves. */
const history = fc
  .tuple(forwarders, fc.array(fc.tuple(move, conditions), { maxLength: 12 }))
  .map(([forwarderIds, moves]) => {
    const terms = { ...plain, forwarderIds }
    const accounts = [moved(emptyAccount, { opens: stages }, terms)]
    for (const [index, [one, now]] of moves.entries()) {
      // What is taken back stands, and is taken from the top: nobody joined without having come.
      const stand = standing(accounts[index]!)
      const lowest = Math.min(...(one.reverses ?? []).map((stage) => stages.indexOf(stage)))
      const reverses = stand.filter((stage) => stages.indexOf(stage) >= lowest)
      accounts.push(moved(accounts[index]!, { ...one, reverses }, { ...terms, ...now, round: index + 2 }))
    }
    return { terms, accounts, moves }
  })

const holds = (t: Test, property: fc.IPropertyWithHooks<[History]>) =>
  t.doesNotThrow(() => fc.assert(property, { numRuns: 400 }))
type History = typeof history extends fc.Arbitrary<infer T> ? T : never

const always = (check: (account: Account, found: History, index: number) => boolean) =>
  fc.property(history, (found) => found.accounts.every((account, index) => check(account, found, index)))

t.test('a referral is never worth more than 100 points, nor less than nothing', (t) => {
  holds(t, always((account) => totalOf(account) >= 0 && totalOf(account) <= 100)) // prettier-ignore
  t.end()
})

t.test('nobody ever has less than nothing from a referral, final or held', (t) => {
  holds(
    t,
    always((account, { terms }) =>
      creditorsOf(terms).every((id) => {
        const { earned, held, inFlight } = tallyOf(account, id)
        return earned >= 0 && held >= 0 && inFlight >= 0
      }),
    ),
  )
  t.end()
})

t.test(
  'however far a referral is said to have come, the creditors have the shares of what it brought',
  (t) => {
    const level = fc.tuple(fc.integer({ min: 0, max: stages.length }), conditions)
    const property = fc.property(forwarders, fc.array(level), (forwarderIds, levels) => {
      let account = emptyAccount
      return levels.every(([rank, now], index) => {
        const terms = { ...plain, forwarderIds, ...now, round: index + 1 }
        const [reached, above] = [stages.slice(0, rank), stages.slice(rank)]
        const reverses = above.filter((stage) => standing(account).includes(stage))
        account = moved(account, { reverses, because: 'disputed', opens: stages, posts: reached }, terms)
        const shares = sharesOf(totalOf(account), terms)
        return (
          standing(account).length === rank &&
          totalOf(account) <= reached.reduce((sum, stage) => sum + pointsOf[stage], 0) &&
          creditorsOf(terms).every((id) => {
            const { earned, held } = tallyOf(account, id)
            return earned + held === shares.get(id)
          })
        )
      })
    })
    t.doesNotThrow(() => fc.assert(property, { numRuns: 400 }))
    t.end()
  },
)

t.test('shares sum to the whole: a fifth for one forwarder, a tenth for each of two, rounded down', (t) => {
  const property = fc.property(fc.integer({ min: 0, max: 100 }), forwarders, (cumulative, forwarderIds) => {
    const shares = sharesOf(cumulative, { originId: origin, forwarderIds })
    const sum = [...shares.values()].reduce((total, one) => total + one, 0)
    const part = Math.floor(cumulative / (forwarderIds.length === 2 ? 10 : 5))
    return sum === cumulative && forwarderIds.every((id) => shares.get(id) === part)
  })
  t.doesNotThrow(() => fc.assert(property))
  const of = (cumulative: number, forwarderIds: Id<'space'>[]) => [
    ...sharesOf(cumulative, { originId: origin, forwarderIds }).values(),
  ]
  t.same([10, 25, 100].map((points) => of(points, [])), [[10], [25], [100]]) // prettier-ignore
  t.same([10, 25, 100].map((points) => of(points, [first])), [[8, 2], [20, 5], [80, 20]]) // prettier-ignore
  t.same([10, 25, 100].map((points) => of(points, [first, second])), [[8, 1, 1], [21, 2, 2], [80, 10, 10]]) // prettier-ignore
  t.end()
})

t.test('what was written stays written, and a pending is resolved once', (t) => {
  holds(
    t,
    always((account, { accounts }, index) => {
      const before = accounts[index - 1] ?? emptyAccount
      return (
        before.entries.every((entry, at) => account.entries[at] === entry) &&
        before.pendings.every((was, at) => {
          const is = account.pendings[at]!
          return was.state === 'open' || is.state === was.state
        })
      )
    }),
  )
  t.end()
})

t.test('no stage stands or is open twice, and each posting answers one pending', (t) => {
  holds(
    t,
    always((account, { terms }) =>
      creditorsOf(terms).every((id) =>
        stages.every((stage) => {
          const of = <T extends { creditorId: string; stage: Stage }>(rows: readonly T[]) =>
            rows.filter((row) => row.creditorId === id && row.stage === stage)
          const kinds = (kind: string) => of(account.entries).filter((one) => one.kind === kind).length
          const states = (state: string) => of(account.pendings).filter((one) => one.state === state).length
          const stands = kinds('posting') - kinds('reversal')
          return (
            states('open') <= 1 &&
            (stands === 0 || stands === 1) &&
            stands + states('open') <= 1 &&
            states('posted') === kinds('posting')
          )
        }),
      ),
    ),
  )
  t.end()
})

t.test('taking back what was posted leaves nothing, and what is opened again brings the same', (t) => {
  const property = fc.property(forwarders, conditions, (forwarderIds, now) => {
    const terms = { ...plain, forwarderIds, heldFor: now.heldFor }
    const joined = moved(moved(emptyAccount, { opens: stages }, terms), { posts: stages }, terms)
    const back = moved(
      joined,
      { reverses: stages, because: 'disputed', opens: stages },
      { ...terms, round: 2 },
    )
    const again = moved(back, { posts: stages }, { ...terms, round: 3 })
    return (
      totalOf(back) === 0 &&
      standing(back).length === 0 &&
      creditorsOf(terms).every((id) => {
        const [was, is, left] = [tallyOf(joined, id), tallyOf(again, id), tallyOf(back, id)]
        return (
          is.earned === was.earned &&
          is.held === was.held &&
          left.inFlight === was.earned + was.held &&
          left.held === 0
        )
      })
    )
  })
  t.doesNotThrow(() => fc.assert(property))
  t.end()
})

t.test('a release moves what is held and changes nothing else; held or not, the sum is the same', (t) => {
  holds(
    t,
    always((account, { terms }) => {
      const free = moved(account, { releases: true }, terms)
      return (
        totalOf(free) === totalOf(account) &&
        creditorsOf(terms).every((id) => {
          const [was, is] = [tallyOf(account, id), tallyOf(free, id)]
          return is.held === 0 && is.earned === was.earned + was.held && is.inFlight === was.inFlight
        }) &&
        moved(free, { releases: true }, terms).entries.length === free.entries.length
      )
    }),
  )
  t.end()
})

t.test('a posting brings what the person may still be worth, at most, and says why it is less', (t) => {
  const property = fc.property(
    forwarders,
    conditions,
    fc.constantFrom(...stages),
    (forwarderIds, now, stage) => {
      const terms = { ...plain, forwarderIds, ...now }
      const posted = moved(moved(emptyAccount, { opens: stages }, terms), { posts: stagesUpTo(stage) }, terms)
      const whole = stagesUpTo(stage).reduce((sum, one) => sum + pointsOf[one], 0)
      const expected = now.isSameOperator ? 0 : Math.min(whole, now.allowance)
      return (
        totalOf(posted) === expected &&
        posted.entries.every(({ reasonCode }) => !now.isSameOperator || reasonCode === 'same_operator') &&
        (now.isSameOperator ||
          posted.entries.some(({ reasonCode }) => reasonCode === 'person_already_counted') ===
            expected < whole)
      )
    },
  )
  t.doesNotThrow(() => fc.assert(property))
  t.end()
})
