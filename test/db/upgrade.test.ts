import t, { type Test } from 'tap'
import { day, instant } from '../../src/platform/clock.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { testApp, testStart } from '../helpers/app.ts'
import { createEmptyDatabase } from '../helpers/database.ts'
import { balanceOf, lastingCaller } from '../reciprocity/world.ts'
import {
  acceptThen,
  addFoundingSpace,
  endThen,
  found,
  newFounding,
  sendThen,
  store,
  visitThen,
  type Founding,
} from './founding.ts'

const at = (days: number) => instant(testStart + (days - 60) * day)

/** Three spaces, and referrals of every kind that there were; two things happen in one millisecond. */
const oldNetwork = () => {
  const network = newFounding()
  const [a, b, c] = ['Arna', 'Barn', 'Cave'].map((name) => addFoundingSpace(network, name, at(0)))
  const [ab, ba, ac] = [
    sendThen(network, a!, b!, at(1)),
    sendThen(network, b!, a!, at(2)),
    sendThen(network, a!, c!, at(2)),
  ]
  acceptThen(network, ab, at(3))
  acceptThen(network, ba, at(4))
  visitThen(network, ab, at(5))
  endThen(network, ac, at(6), { to: 'declined' })
  endThen(network, ab, at(7), { to: 'closed', outcome: 'joined' })
  visitThen(network, ba, at(8))
  const cb = sendThen(network, c!, b!, at(9))
  acceptThen(network, cb, at(10))
  visitThen(network, cb, at(11))
  endThen(network, cb, at(12), { to: 'closed', outcome: 'completed' })
  endThen(network, ba, at(13), { to: 'closed', outcome: 'joined' })
  acceptThen(network, sendThen(network, a!, c!, at(14)), at(15))
  return { network, spaces: [a!, b!, c!] }
}

const upgraded = async (t: Test, network: Founding) => {
  const database = await createEmptyDatabase(t)
  await found(t, database.ownerUrl)
  await store(database.ownerUrl, network)
  await migrate(database.ownerUrl, testStart)
  return testApp(t, { database })
}

t.test('after the upgrade ?asOf= tells every balance as it stood before it', async (t) => {
  const { network, spaces } = oldNetwork()
  const test = await upgraded(t, network)
  for (const spaceId of spaces) {
    const space = await lastingCaller(test, spaceId)
    const asOf = (moment: string) => balanceOf(space, `?asOf=${moment}`)
    const history = network.history.filter((one) => one.spaceId === spaceId)
    t.ok(history.length > 3)
    for (const [index, then] of history.entries()) {
      if (history[index + 1]?.updated_at === then.updated_at) continue
      const expected = {
        lockVersion: then.lock_version,
        referrals: {
          ...{ sent: then.sent, sentActive: then.sent_active, sentJoined: then.sent_joined },
          received: then.received,
          receivedActive: then.received_active,
          receivedJoined: then.received_joined,
        },
        points: {
          ...{ earned: then.earned, owed: then.owed, net: then.earned - then.owed, held: 0, provisional: 0 },
          inFlight: then.in_flight,
          directReturned: then.direct_returned,
        },
      }
      t.match(await asOf(then.updated_at), expected, then.updated_at)
      const next = history[index + 1]?.updated_at ?? instant(testStart)
      t.match(await asOf(instant(Date.parse(next) - 1)), expected, 'until the next change')
    }
    const first = Date.parse(history[0]!.updated_at)
    t.match(await asOf(instant(first - 1)), { lockVersion: 0, points: { earned: 0, owed: 0, inFlight: 0 } })
  }
  t.same((await verifyLedger(test.deps)).differences, [])
})
