import t from 'tap'
import { day, hour, instant } from '../../src/platform/clock.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import type { Id } from '../../src/platform/ids.ts'
import { makeKeys } from '../../src/platform/keys.ts'
import { query } from '../db/query.ts'
import { testApp } from '../helpers/app.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { clockWorldOn, type ClockWorld } from './clock-world.ts'

/** When clocks on the wall are put back or forward, in order. */
const changes = [
  { zone: 'Europe/Paris', change: Date.parse('2026-10-25T01:00:00.000Z') },
  { zone: 'America/New_York', change: Date.parse('2026-11-01T06:00:00.000Z') },
  { zone: 'Europe/Paris', change: Date.parse('2027-03-28T01:00:00.000Z') },
]

const { TZ } = process.env
t.teardown(() => {
  if (TZ === undefined) delete process.env['TZ']
  else process.env['TZ'] = TZ
})

/** Lives in a zone from now on, as on a machine that is set so. */
const moveTo = (zone: string) => {
  process.env['TZ'] = zone
}

const offsetAt = (ms: number) => new Date(ms).getTimezoneOffset()

/** Two questions are asked half a day before the change; one is answered half a day after it. */
const momentsOf = (change: number) => {
  const asked = change - 12 * hour
  return { sent: asked - 2 * day, asked, answered: change + 12 * hour, resumes: asked + 3 * day }
}

t.test(
  'across a change of the hour and two restarts a paused clock expires to the millisecond',
  async (t) => {
    const database = await createTestDatabase(t, { migrate: (url) => migrate(url, changes[0]!.change) })
    await query(
      database.ownerUrl,
      `do $$ begin execute format('alter database %I set timezone = ''America/New_York''', current_database()); end $$`,
    )
    const keys = makeKeys()
    const begun: (Pick<ClockWorld, 'senderId' | 'receiverId'> & { ids: Id<'referral'>[] })[] = []

    await t.test('the first node takes two questions, and ends', async (t) => {
      const node = await testApp(t, { database, keys })
      for (const { zone, change } of changes) {
        moveTo(zone)
        const { sent, asked } = momentsOf(change)
        t.not(offsetAt(asked), offsetAt(change + hour), `the hour changes in ${zone}`)
        node.deps.clock.set(sent)
        const world = await clockWorldOn(node)
        const ids = [await world.send(), await world.send()]
        node.deps.clock.set(asked)
        for (const id of ids) await world.receiver(id, 'ask', { question: 'When?' })
        begun.push({ senderId: world.senderId, receiverId: world.receiverId, ids })
      }
    })

    await t.test('the second one takes the answer to the first of them, and ends', async (t) => {
      const node = await testApp(t, { database, keys })
      for (const [index, { zone, change }] of changes.entries()) {
        moveTo(zone)
        node.deps.clock.set(momentsOf(change).answered)
        const { ids, ...spaces } = begun[index]!
        const world = await clockWorldOn(node, spaces)
        await world.sender(ids[0]!, 'answer', { answer: 'In May.' })
        t.equal((await world.card(ids[0]!)).status, 'sent', zone)
      }
    })

    await t.test('in the third each expires after 7 days and as long as its clock stood still', async (t) => {
      const node = await testApp(t, { database, keys })
      for (const [index, { zone, change }] of changes.entries()) {
        moveTo(zone)
        const { sent, asked, answered, resumes } = momentsOf(change)
        node.deps.clock.set(resumes)
        const { ids, ...spaces } = begun[index]!
        const world = await clockWorldOn(node, spaces)
        await world.sweep()
        const stood = [answered - asked, resumes - asked]
        for (const [which, id] of ids.entries()) {
          const end = sent + 7 * day + stood[which]!
          t.equal((await world.card(id)).answerBy, instant(end))
          await world.pass(end - 1 - world.now())
          t.equal((await world.card(id)).status, 'sent', 'not a millisecond before')
          await world.pass(1)
          t.equal((await world.card(id)).status, 'expired')
        }
      }
    })
  },
)
