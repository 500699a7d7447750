import t from 'tap'
import { linkUrl } from '../../src/members/link.ts'
import { day, instant, minute } from '../../src/platform/clock.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { makePolicy, policyFile, standardPolicy, type Policy } from '../../src/platform/policy.ts'
import { longestLife } from '../../src/referrals/clocks.ts'
import { testApp } from '../helpers/app.ts'
import {
  accepts,
  asks,
  by,
  byMember,
  claims,
  disputes,
  grants,
  leaves,
  openWorld,
  passes,
  walkFrom,
  walkOn,
  type Move,
  type Walk,
} from './walks.ts'

/** The receiver is away for a year from now. */
const goesAway: Move = async ({ world, receiver }) => {
  const { clock, db } = world.test.deps
  const hostingPolicy = JSON.stringify({ intake: 'open', awayUntil: instant(clock.now() + 365 * day) })
  await db.pool.query('update spaces set hosting_policy = $1 where id = $2', [
    hostingPolicy,
    toUuid(receiver.spaceId),
  ])
}

/** Every answer at the last moment; the member joins after a dispute, leaves, and that is disputed, too. */
const longestStory = (policy: Policy): Move[] => {
  const whole = (span: number) => passes(span / day)
  const almost = (span: number) => passes((span - 1) / day)
  return [
    almost(policy.draft),
    by('sender', 'submit'),
    goesAway,
    almost(policy.consent),
    grants,
    asks,
    whole(policy.question),
    almost(policy.response + policy.absence),
    accepts,
    whole(policy.active),
    almost(policy.objection),
    byMember('claim', 'joined'),
    almost(policy.claim),
    disputes('receiver', 'none'),
    whole(policy.dispute),
    almost(policy.join),
    leaves,
    almost(policy.objection),
    disputes('sender', 'joined'),
    almost(policy.dispute),
  ]
}

const pageOf = async ({ world, id }: Walk) => {
  const { app, deps } = world.test
  return (await app.inject(linkUrl('', deps.keys.link, 'member', { id, linkNumber: null }))).statusCode
}

for (const [name, policy] of [
  ['the standard periods', standardPolicy],
  ['longer ones', makePolicy(policyFile.parse({ active: 700, dispute: 90 }))],
] as const) {
  t.test(`by ${name} the link of the member works to the end of the longest referral`, async (t) => {
    const test = await testApp(t, { policy })
    const world = await openWorld(test)
    const walk = await walkFrom(world, { consent: { kind: 'link' }, draft: true })
    const begun = test.deps.clock.now()
    await walkOn(walk, ...longestStory(policy))
    t.match((await walk.sender.get(walk.url)).body, { waitingFor: 'steward', nextDue: 'resolve' })
    t.ok(Math.abs(test.deps.clock.now() - begun - longestLife(policy)) < minute, 'no referral lasts longer')
    t.equal(await pageOf(walk), 200)
    await walkOn(walk, claims('joined'), passes(1))
    t.match((await walk.sender.get(walk.url)).body, { outcome: 'joined', nextDue: null })
    t.equal(await pageOf(walk), 200, 'and for a while longer')
  })
}
