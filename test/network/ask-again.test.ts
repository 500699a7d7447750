import t from 'tap'
import { admitApplication } from '../../src/network/admit-application.ts'
import { getApplication } from '../../src/network/get-application.ts'
import { getClaimable } from '../../src/network/find-claimable.ts'
import { rejectApplication } from '../../src/network/reject-application.ts'
import { suspendSpace } from '../../src/network/suspend-space.ts'
import { vouchForSpace } from '../../src/network/vouch.ts'
import { withdrawApplication } from '../../src/network/withdraw-application.ts'
import { hour } from '../../src/platform/clock.ts'
import { toUuid, type Id } from '../../src/platform/ids.ts'
import { permits, requirePermission } from '../../src/platform/permissions.ts'
import { testApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace, steward } from '../helpers/network.ts'
import {
  applicationRow,
  applied,
  as,
  claim,
  confirm,
  endings,
  lea,
  listed,
  nave,
  openConnections,
  ownersOf,
  spaceRow,
  submitted,
} from './world.ts'

let people = 0
/** An application of somebody new. */
const somebodys = (space: object = {}) => {
  people += 1
  const contact = { ...lea, email: `lea${String(people)}@nave.example` }
  return { ...nave, contact, space: { ...nave.space, ...space } }
}

t.test('one space of one person is asked for once', async (t) => {
  const test = await testApp(t)

  t.test('two mails that are pressed at once make one space, and the second is told so', async (t) => {
    const body = somebodys()
    const same = { ...body, space: { name: 'NAVE ', city: 'lyon', countryCode: 'FR' } }
    const ids = [await submitted(test, body), await submitted(test, same)]
    await openConnections(test)
    const settled = await Promise.allSettled(ids.map((id) => confirm(test, id)))
    t.strictSame(settled.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    const refused = settled.find((one) => one.status === 'rejected')?.reason as Error
    // Whichever comes first, in its own spelling.
    t.match(refused.message, /^Your application for nave ? waits already\.$/i)
    const rows = await Promise.all(ids.map((id) => applicationRow(test, id)))
    t.strictSame(rows.map(({ status }) => status).sort(), ['pending', 'unconfirmed'])
    const [owned] = rows.filter(({ status }) => status === 'pending')
    t.ok(owned?.space_ref)
  })

  t.test('another house, another city and another person are other spaces', async (t) => {
    const body = somebodys()
    const first = await applied(test, body)
    const others = [
      await applied(test, { ...body, space: { ...body.space, name: 'Nave Est' } }),
      await applied(test, { ...body, space: { ...body.space, city: 'Paris' } }),
      await applied(test, somebodys()),
    ]
    t.equal(new Set([first, ...others].map(({ spaceId }) => spaceId)).size, 4)
  })

  t.test('a second mail of a space that was taken in meanwhile adds none', async (t) => {
    const body = somebodys()
    const [first, second] = [await submitted(test, body), await submitted(test, body)]
    await confirm(test, first)
    await admitApplication(steward(test), first)
    await t.rejects(confirm(test, second), { code: 'wrong_standing', message: 'You act for Nave already.' })
  })

  t.test('a second mail of the same claim adds none', async (t) => {
    const body = claim(await listed(test))
    const ids = [await submitted(test, body), await submitted(test, body)]
    t.strictSame(await endings(ids.map((id) => confirm(test, id))), ['done', 'wrong_standing'])
  })

  t.test('of several owners who ask again at once one is heard', async (t) => {
    const { id, spaceId } = await applied(test, somebodys())
    await rejectApplication(steward(test), id, 'Not yet open.')
    // Each is told apart by the address, and none waits for the others because of it.
    const ids: Id<'application'>[] = []
    for (let owner = 0; owner < 6; owner += 1) {
      const { email } = await addManager(test, { spaceId, role: 'owner' })
      ids.push(await submitted(test, claim(spaceId, email)))
    }
    await openConnections(test)
    const ended = await endings(ids.map((one) => confirm(test, one)))
    t.strictSame(ended, ['done', ...Array.from({ length: 5 }, () => 'wrong_standing')])
  })
})

t.test('who was turned away', async (t) => {
  const test = await testApp(t)
  const rejected = async () => {
    const body = somebodys()
    const one = await applied(test, body)
    await rejectApplication(steward(test), one.id, 'Your web address is of another firm.')
    return { ...one, body }
  }

  t.test('keeps the profile and reads why, and prepares no referrals', async (t) => {
    const one = await rejected()
    t.match(await spaceRow(test, one.spaceId), { status: 'rejected' })
    const owner = await as(test, one)
    t.match(await getApplication(owner, one.id), { reason: 'Your web address is of another firm.' })
    t.ok(permits(owner.actor, 'spaces:write'))
    for (const act of ['referrals:draft', 'referrals:start', 'network:read', 'access:invite'] as const)
      t.throws(() => requirePermission(owner.actor, act), {
        code: 'space_not_admitted',
        message: 'Your space was not taken into the network: it may apply again.',
      })
    await t.rejects(vouchForSpace(steward(test), { spaceId: one.spaceId, voucherId: await addSpace(test) }), {
      code: 'wrong_standing',
      message: /has to apply again/,
    })
  })

  t.test('applies again from the page of the application', async (t) => {
    const { spaceId, body, managerId } = await rejected()
    t.match(await getClaimable(await as(test, { managerId, spaceId }), spaceId), { id: spaceId })
    const again = await applied(test, claim(spaceId, body.contact.email))
    t.match(await applicationRow(test, again.id), { status: 'pending', kind: 'new' })
    t.match(await spaceRow(test, spaceId), { status: 'registered' })
    t.strictSame(await ownersOf(test, spaceId), [managerId])
  })

  t.test('applies again by typing it all anew: what is typed last is said of the one space', async (t) => {
    const { spaceId, body } = await rejected()
    const space = { ...body.space, website: 'https://nave.example/' }
    const again = await applied(test, { ...body, space, challenge: 'Quiet Mondays.' })
    t.equal(again.spaceId, spaceId)
    t.match(await spaceRow(test, spaceId), {
      status: 'registered',
      website: 'https://nave.example/',
      domain: 'nave.example',
      challenge: 'Quiet Mondays.',
      background: nave.background,
    })
  })

  t.test('stands where its people said it stands, unless they say otherwise', async (t) => {
    const { spaceId, body } = await rejected()
    const place = { lat: 45.771, lon: 4.833 }
    const move = ({ lat, lon }: typeof place) =>
      test.deps.db.pool.query('update spaces set lat = $2, lon = $3 where id = $1', [
        toUuid(spaceId),
        lat,
        lon,
      ])
    await move(place)
    const again = await applied(test, body)
    t.equal(again.spaceId, spaceId)
    t.match(await spaceRow(test, spaceId), place, 'the middle of the city is our guess, and not theirs')
    await rejectApplication(steward(test), again.id, 'Not yet open.')
    const moved = { lat: 45.75, lon: 4.85 }
    await applied(test, { ...body, space: { ...body.space, geo: moved } })
    t.match(await spaceRow(test, spaceId), moved)
  })

  t.test('is taken in by the steward’s word alone, too', async (t) => {
    const { spaceId, body } = await rejected()
    const again = await applied(test, body)
    t.match(await admitApplication(steward(test), again.id), { status: 'admitted' })
    t.match(await spaceRow(test, spaceId), { status: 'admitted' })
  })
})

t.test('who has withdrawn goes on preparing, and applies again for the same space', async (t) => {
  const test = await testApp(t)
  const { id, spaceId, managerId } = await applied(test)
  const owner = await as(test, { managerId, spaceId })
  await withdrawApplication(owner, id)
  t.ok(permits((await as(test, { managerId, spaceId })).actor, 'referrals:draft'))
  test.deps.clock.advance(hour)
  const again = await applied(test, claim(spaceId, lea.email))
  t.match(await applicationRow(test, again.id), { status: 'pending', kind: 'new', space_ref: String })
  await admitApplication(steward(test), again.id)
  await suspendSpace(steward(test), spaceId, 'Charged.')
  t.strictSame(await endings([confirm(test, await submitted(test))]), ['wrong_standing'], 'nor anew')
})
