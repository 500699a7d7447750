import t from 'tap'
import { day } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { checkBooks, checkCards, checkEntries } from './books.ts'
import {
  accepts,
  byMember,
  claims,
  declines,
  disputes,
  forwards,
  forwardTo,
  grants,
  later,
  leaves,
  openWorld,
  passes,
  resolves,
  walkFrom,
  walkOn,
} from './walks.ts'

const test = await testApp(t)

const all = ['visited posting 10', 'trial posting 15', 'joined posting 75']
const inFull = { earned: 100, inFlight: 0, provisional: 75, joined: 1 }

for (const [status, refuses] of [
  ['declined', declines],
  ['forwarded', forwards],
] as const) {
  t.test(`of a referral that was ${status} after a yes, the member may say that they joined`, async (t) => {
    const walk = await walkFrom(await openWorld(test), {}, accepts, refuses)
    await checkBooks(t, walk, { earned: 0, inFlight: 0 }, status)
    await claims('visited')(walk)
    await claims('joined')(walk)
    await checkCards(t, walk, { status, claim: { stage: 'joined' }, waitingFor: 'receiver' }, 'claimed')
    await checkBooks(t, walk, { earned: 0, inFlight: 100 }, 'claimed')
    await later(walk.world, 14)
    await checkCards(t, walk, { status, outcome: 'joined', reached: 'joined', claim: null }, 'posted')
    await checkBooks(t, walk, inFull, 'posted')
    await checkEntries(t, walk, all, 'posted')
    await later(walk.world, 15)
    await leaves(walk)
    await checkCards(t, walk, { status, outcome: 'joined', reached: 'trial', leftAt: String }, 'left')
    await checkBooks(t, walk, { earned: 25, inFlight: 0 }, 'left')
  })

  t.test(`a referral that was ${status} after a yes may be disputed, and stays ${status}`, async (t) => {
    const walk = await walkFrom(await openWorld(test), {}, accepts, refuses, disputes('sender', 'trial'))
    const dispute = { by: 'sender', contested: 'none', asserted: 'trial', resolution: null }
    await checkCards(t, walk, { status, dispute, waitingFor: 'steward' }, 'disputed')
    await checkBooks(t, walk, { earned: 0, inFlight: 25 }, 'disputed')
    await resolves('reversed')(walk)
    await checkCards(t, walk, { status, outcome: null, reached: 'trial' }, 'reversed')
    await checkBooks(t, walk, { earned: 25, inFlight: 0 }, 'reversed')
    const lost = await walkFrom(walk.world, {}, accepts, refuses, claims('visited'), disputes('receiver'))
    await later(walk.world, 30)
    await checkCards(t, lost, { status, outcome: null, reached: null, claim: null }, 'nobody confirms it')
  })

  t.test(`before a yes, or 14 days after it was ${status}, nothing is claimed or disputed`, async (t) => {
    const world = await openWorld(test)
    const early = await walkFrom(world, {}, refuses)
    const late = await walkFrom(world, {}, accepts, refuses, passes(14 + 1 / day))
    for (const walk of [early, late]) {
      for (const [verb, body] of [
        ['claim', { stage: 'visited' }],
        ['dispute', { stage: 'joined' }],
      ] as const) {
        const refused = await walk.sender.post(`${walk.url}/${verb}`, body)
        t.match(refused.body, { status: 409, code: 'illegal_transition', legalEvents: [] }, verb)
      }
      await t.rejects(byMember('claim', 'joined')(walk), { code: 'illegal_transition' })
    }
  })
}

t.test(
  'where a member stayed all the same, those who forwarded learn of it, and of no later end',
  async (t) => {
    const world = await openWorld(test)
    const first = await walkFrom(world)
    const second = await forwardTo(first, world.next)
    await walkOn(second, grants, accepts)
    const third = await forwardTo(second, world.last)
    await walkOn(second, disputes('sender', 'joined'), resolves('reversed'))
    await checkCards(
      t,
      second,
      { status: 'forwarded', outcome: 'joined', finalOutcome: null },
      'joined there',
    )
    await checkCards(t, first, { status: 'forwarded', outcome: null, finalOutcome: 'joined' }, 'and told')
    await byMember('refuse-consent')(third)
    await checkCards(t, second, { outcome: 'joined', finalOutcome: 'consent_revoked' }, 'an end of the rest')
    await checkCards(t, first, { finalOutcome: 'joined' }, 'no end of the way')
  },
)
