import t from 'tap'
import { rings, oneSided } from '../../db/demo/flows.ts'
import { makePlan } from '../../db/demo/plan.ts'
import { givesAway } from '../../src/members/identity.ts'
import { sendBody } from '../../src/referrals/contract-referral.ts'

const plan = makePlan()
const network = plan.spaces.filter(({ isClaimed }) => isClaimed)

const countBy = <T>(items: readonly T[], keyOf: (item: T) => string) => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}

t.test('the same seed makes the same plan, another seed another one', (t) => {
  t.strictSame(makePlan(), plan)
  t.not(JSON.stringify(makePlan({ seed: 7 })), JSON.stringify(plan))
  t.end()
})

t.test('the network is as large and as wide as promised', (t) => {
  const perCity = countBy(network, ({ city }) => city.name)
  t.ok(network.length >= 60, 'spaces')
  t.ok(perCity.size >= 12, 'cities')
  t.ok(
    [...perCity.values()].filter((count) => count >= 5).length >= 2,
    'two cities with neighbours enough for an alliance',
  )
  const continents = new Set(
    network.map(({ city }) => [Math.sign(city.lat), Math.round(city.lon / 60)].join()),
  )
  t.ok(continents.size >= 5, 'several continents')
  const operators = countBy(
    network.filter(({ operator }) => operator),
    ({ operator }) => String(operator),
  )
  t.ok(
    [...operators.values()].filter((count) => count >= 2).length >= 3,
    'several operators of several spaces',
  )
  t.ok(
    plan.spaces.some(({ isClaimed }) => !isClaimed),
    'unclaimed ones',
  )
  t.same(new Set(network.map(({ pause }) => pause)), new Set([null, 'away', 'closed']))
  t.equal(new Set(plan.spaces.map(({ key }) => key)).size, plan.spaces.length, 'keys are unique')
  t.end()
})

t.test('the history has 2,000 referrals over eighteen months, and the last weeks are still open', (t) => {
  t.equal(plan.referrals.length, 2_000)
  const days = plan.referrals.map(({ steps }) => (steps[0]?.minute ?? 0) / 1_440)
  t.ok(Math.min(...days) < 10)
  t.ok(Math.max(...days) > plan.days - 2)
  t.ok(
    Math.max(...plan.referrals.flatMap(({ steps }) => steps.map(({ minute }) => minute))) < plan.days * 1_440,
  )
  const last = countBy(plan.referrals, ({ steps }) => steps.at(-1)?.verb ?? '')
  for (const verb of ['send', 'accept', 'recordVisit', 'startTrial']) t.ok((last.get(verb) ?? 0) >= 5, verb)
  for (const verb of ['close', 'decline', 'withdraw', 'refuse']) t.ok((last.get(verb) ?? 0) >= 10, verb)
  t.end()
})

t.test('there are closed loops and one-sided pairs', (t) => {
  const joins = countBy(
    plan.referrals.filter(({ steps }) =>
      steps.some((step) => step.verb === 'close' && step.outcome === 'joined'),
    ),
    ({ from, to }) => `${from}>${to}`,
  )
  const closed = rings.filter((ring) =>
    ring.every((key, index) => joins.has(`${key}>${String(ring[(index + 1) % ring.length])}`)),
  )
  t.ok(closed.length >= 3, 'loops in which every leg brought somebody')
  const lopsided = oneSided.filter(
    ([from, to]) => (joins.get(`${from}>${to}`) ?? 0) >= 2 && !joins.has(`${to}>${from}`),
  )
  t.ok(lopsided.length >= 2, 'pairs in which nothing came back')
  t.end()
})

t.test('every referral would pass the contract and gives away nobody', (t) => {
  const emails = plan.referrals.flatMap(({ member }) => ('email' in member ? [member.email] : []))
  t.equal(new Set(emails).size, emails.length, 'nobody is two people')
  t.same(
    emails.filter((email) => !/@example\.(org|net|com)$/.test(email)),
    [],
    'nobody real is written to',
  )
  const { member, brief } = sendBody.shape
  t.same(
    plan.referrals.filter(
      (one) =>
        !member.safeParse(one.member).success ||
        !brief.safeParse({ summary: one.summary, stay: one.stay }).success,
    ),
    [],
  )
  t.same(
    plan.referrals.filter((one) => givesAway(`${one.summary} ${one.note ?? ''}`, one.member, false)),
    [],
  )
  t.end()
})

t.test('the steps of a referral follow each other in time', (t) => {
  const inOrder = (minutes: number[]) =>
    minutes.every((minute, index) => minute > (minutes[index - 1] ?? -Infinity))
  t.same(
    plan.referrals.filter(({ steps }) => !inOrder(steps.map(({ minute }) => minute))),
    [],
  )
  t.end()
})
