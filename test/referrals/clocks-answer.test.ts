import { day, hour, instant } from '../../src/platform/clock.ts'
import { grantConsent } from '../../src/referrals/member-consent.ts'
import { testStart } from '../helpers/app.ts'
import { testEdges, type Edge } from './clock-edges.ts'
import type { ClockWorld } from './clock-world.ts'

const byLink = { consent: { kind: 'link' } }

/** A referral that is answered an hour after its first question: its end has moved by that hour. */
const askedOnce = async (world: ClockWorld) => {
  const id = await world.send()
  await world.pass(hour)
  await world.receiver(id, 'ask', { question: 'When?' })
  await world.pass(hour)
  await world.sender(id, 'answer', { answer: 'In May.' })
  return id
}

const preparing: Edge[] = [
  {
    name: 'a draft is given up after 30 days',
    windUp: async (world) => [await world.send({ draft: true }), testStart + 30 * day],
    event: 'abandon',
    becomes: { status: 'withdrawn', nextDue: null, nextDueAt: null },
  },
  {
    name: 'a member who does not answer is asked for 7 days',
    windUp: async (world) => [await world.send(byLink), testStart + 7 * day],
    event: 'expire',
    becomes: { status: 'expired', nextDue: null, nextDueAt: null },
  },
]

const answering: Edge[] = [
  {
    name: 'the receiver is reminded after 24 hours',
    windUp: async (world) => [await world.send(), testStart + 24 * hour],
    event: 'remind',
    becomes: { status: 'sent', nextDue: 'remind' },
  },
  {
    name: 'and once more after 72 hours',
    windUp: async (world) => {
      const id = await world.send()
      await world.pass(24 * hour)
      return [id, testStart + 72 * hour]
    },
    event: 'remind',
    becomes: { status: 'sent', nextDue: 'expire' },
  },
  {
    name: 'an unanswered referral expires after 7 days',
    windUp: async (world) => [await world.send(), testStart + 7 * day],
    event: 'expire',
    becomes: { status: 'expired', nextDue: null, nextDueAt: null },
  },
  {
    name: 'the first question stops the clock for 3 days',
    windUp: async (world) => {
      const id = await world.send()
      await world.pass(hour)
      await world.receiver(id, 'ask', { question: 'When?' })
      return [id, testStart + hour + 3 * day]
    },
    event: 'resume',
    becomes: { status: 'sent', answerBy: instant(testStart + 10 * day) },
  },
  {
    name: 'after which the rest of the 7 days goes on',
    windUp: async (world) => {
      const id = await world.send()
      await world.receiver(id, 'ask', { question: 'When?' })
      await world.pass(3 * day)
      return [id, testStart + 10 * day]
    },
    event: 'expire',
    becomes: { status: 'expired' },
  },
  {
    name: 'an answer after an hour gives that hour back',
    windUp: async (world) => [await askedOnce(world), testStart + 7 * day + hour],
    event: 'expire',
    becomes: { status: 'expired' },
  },
  {
    name: 'a reminder moves with the time that the clock stood still',
    windUp: async (world) => [await askedOnce(world), testStart + 25 * hour],
    event: 'remind',
    becomes: { status: 'sent' },
  },
  {
    name: 'a second question stops nothing: the referral expires while it is open',
    windUp: async (world) => {
      const id = await askedOnce(world)
      await world.pass(6 * day)
      await world.receiver(id, 'ask', { question: 'And where from?' })
      return [id, testStart + 7 * day + hour]
    },
    event: 'expire',
    becomes: { status: 'expired', questions: 2 },
  },
  {
    name: 'a second question is open for 3 days, and moves nothing',
    windUp: async (world) => {
      const id = await askedOnce(world)
      await world.pass(2 * day)
      await world.receiver(id, 'ask', { question: 'And where from?' })
      return [id, testStart + 2 * hour + 5 * day]
    },
    event: 'resume',
    becomes: { status: 'sent', answerBy: instant(testStart + 7 * day + hour) },
  },
]

const away: Edge[] = [
  {
    name: 'a receiver that is away when the member agrees has 7 days from its return, and is waited for once',
    windUp: async (world) => {
      const id = await world.send(byLink)
      await world.goAway(testStart + 5 * day)
      await world.member(id, grantConsent)
      await world.pass(6 * day)
      await world.goAway(testStart + 30 * day)
      return [id, testStart + 12 * day]
    },
    event: 'expire',
    becomes: { status: 'expired' },
  },
  {
    name: 'an absence at the beginning is waited for 14 days at most',
    windUp: async (world) => {
      const id = await world.send(byLink)
      await world.goAway(testStart + 100 * day)
      await world.member(id, grantConsent)
      return [id, testStart + 21 * day]
    },
    event: 'expire',
    becomes: { status: 'expired' },
  },
  {
    name: 'a receiver that is away in the end gets more time',
    windUp: async (world) => {
      const id = await world.send()
      await world.goAway(testStart + 9 * day)
      return [id, testStart + 7 * day]
    },
    event: 'postpone',
    becomes: { status: 'sent', awayDelayed: true, answerBy: instant(testStart + 9 * day) },
  },
  {
    name: 'until it is back, and no second time',
    windUp: async (world) => {
      const id = await world.send()
      await world.goAway(testStart + 9 * day)
      await world.pass(7 * day)
      await world.goAway(testStart + 20 * day)
      return [id, testStart + 9 * day]
    },
    event: 'expire',
    becomes: { status: 'expired' },
  },
  {
    name: 'an absence in the end is waited for 14 days at most',
    windUp: async (world) => {
      const id = await world.send()
      await world.goAway(testStart + 100 * day)
      await world.pass(7 * day)
      return [id, testStart + 21 * day]
    },
    event: 'expire',
    becomes: { status: 'expired' },
  },
  {
    name: 'a receiver that is back in the moment of the end gets no more',
    windUp: async (world) => {
      const id = await world.send()
      await world.goAway(testStart + 7 * day)
      return [id, testStart + 7 * day]
    },
    event: 'expire',
    becomes: { status: 'expired' },
  },
]

await testEdges([...preparing, ...answering, ...away])
