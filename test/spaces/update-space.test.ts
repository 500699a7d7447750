import t from 'tap'
import { minute } from '../../src/platform/clock.ts'
import { testApp } from '../helpers/app.ts'
import { addCaller, addSpace, callerOf, tokenFor, type Caller } from '../helpers/network.ts'
import { addOperator, idsIn, networkCaller, operatorCaller, patch, refusalIn, spaceIn } from './world.ts'

t.test('updateSpace', async (t) => {
  const test = await testApp(t)
  const current = async (caller: Caller) => spaceIn(await caller.get(`/v1/spaces/${caller.spaceId}`))
  const change = async (caller: Caller, body: unknown) =>
    patch(test, caller, caller.spaceId, body, { 'if-match': `"${String((await current(caller)).version)}"` })

  t.test('merges: what is left out stays, null removes, lists are replaced', async (t) => {
    const space = await addCaller(test)
    const first = spaceIn(
      await change(space, {
        name: 'Nave du Rhône',
        capacity: 40,
        description: 'Daylight.',
        amenities: ['wifi', 'printer', 'wifi'],
        address: { street: '1 rue X', postcode: '69001' },
        hostingPolicy: { intake: 'limited', noticeDays: 3, accepts: ['visit'] },
      }),
    )
    t.match(first, {
      name: 'Nave du Rhône',
      capacity: 40,
      amenities: ['wifi', 'printer'],
      city: 'Lyon',
      version: 2,
    })
    const second = spaceIn(
      await change(space, {
        capacity: null,
        amenities: ['quiet_room'],
        address: { street: null, region: 'ARA' },
        hostingPolicy: { intake: null, accepts: null, maxDays: 5 },
      }),
    )
    t.match(second, {
      name: 'Nave du Rhône',
      capacity: null,
      description: 'Daylight.',
      amenities: ['quiet_room'],
    })
    t.match(second.address, { street: null, postcode: '69001', region: 'ARA' })
    t.match(second.hostingPolicy, { intake: 'open', noticeDays: 3, maxDays: 5 })
    t.equal(second.hostingPolicy.accepts.length, 4, 'a removed part of the policy is at its default again')
    t.same(await current(space), second)
  })

  t.test('confirms the profile, also by an empty patch', async (t) => {
    const space = await addCaller(test)
    t.equal((await current(space)).lastConfirmedAt, null)
    test.deps.clock.advance(minute)
    const confirmed = spaceIn(await change(space, {}))
    t.equal(confirmed.lastConfirmedAt, new Date(test.deps.clock.now()).toISOString())
    t.equal(confirmed.updatedAt, confirmed.lastConfirmedAt)
  })

  t.test('is found by its new name and city, and no more by the old', async (t) => {
    const space = await addCaller(test)
    await change(space, { name: 'Zürichsee Werkstätte', city: 'Zürich', countryCode: 'CH' })
    const ids = async (query: string) => idsIn(await space.get(`/v1/spaces?${query}`))
    t.notOk((await ids('city=Lyon')).includes(space.spaceId))
  })

  t.test('moves a time zone that was found from the place, not one that was given', async (t) => {
    const space = await addCaller(test, { lat: 45.76, lon: 4.84, timezone: 'Europe/Paris' })
    t.match(spaceIn(await change(space, { geo: { lon: -74 } })), {
      geo: { lat: 45.76, lon: -74 },
      timezone: 'America/Toronto',
    })
    t.equal(spaceIn(await change(space, { timezone: 'Europe/Rome' })).timezone, 'Europe/Rome')
    t.equal(spaceIn(await change(space, { geo: { lat: 48.85, lon: 2.35 } })).timezone, 'Europe/Rome')
    t.equal(spaceIn(await change(space, { timezone: null })).timezone, 'Europe/Paris')
  })

  t.test('refuses fields that are unknown, not its own, or not valid, and changes nothing', async (t) => {
    const space = await addCaller(test)
    const before = await current(space)
    const refused: [Record<string, unknown>, string][] = [
      [{ colour: 'red' }, '/colour'],
      [{ status: 'admitted' }, '/status'],
      [{ name: null }, '/name'],
      [{ city: '' }, '/city'],
      [{ geo: null }, '/geo'],
      [{ geo: { lat: null } }, '/geo/lat'],
      [{ openingHours: 'sometimes' }, '/openingHours'],
      [{ openingHours: 'Mon-Fri 9am-6pm' }, '/openingHours'],
      [{ capacity: 0.5 }, '/capacity'],
      [{ address: { planet: 'Mars' } }, '/address/planet'],
    ]
    for (const [body, pointer] of refused) {
      const answer = await change(space, body)
      t.equal(answer.status, 422, JSON.stringify(body))
      t.ok(refusalIn(answer).pointers.includes(pointer), answer.text)
    }
    t.same(await current(space), before)
  })

  t.test('does not hold an old value against a change of something else', async (t) => {
    const space = await addCaller(test, { openingHours: 'by appointment, mostly', countryCode: 'ZZ' })
    t.equal((await change(space, { capacity: 3 })).status, 200)
  })

  t.test('is for the space itself alone', async (t) => {
    const space = await addCaller(test)
    const headers = { 'if-match': '"1"' }
    const operatorId = await addOperator(test)
    const own = await addSpace(test, { operatorId })
    const operator = await operatorCaller(test, operatorId)
    t.equal((await patch(test, operator, own, { capacity: 5 }, headers)).status, 200)
    for (const caller of [await addCaller(test), operator]) {
      t.equal((await patch(test, caller, space.spaceId, { capacity: 5 }, headers)).status, 404)
    }
    const reader = callerOf(
      test,
      space.spaceId,
      await tokenFor(test, { spaceId: space.spaceId }, ['spaces:read']),
    )
    const network = await networkCaller(test, ['network:read', 'network:admin'])
    for (const caller of [reader, network]) {
      t.equal((await patch(test, caller, space.spaceId, { capacity: 5 }, headers)).status, 403)
    }
    t.equal((await current(space)).capacity, null)
  })

  t.test('needs the ETag of what was read', async (t) => {
    const space = await addCaller(test)
    const send = (headers: Record<string, string>) =>
      patch(test, space, space.spaceId, { capacity: 7 }, headers)
    t.match(refusalIn(await send({})), { status: 428, code: 'precondition_required' })
    for (const stale of ['"0"', 'W/"1"', '1', '']) {
      t.match(
        refusalIn(await send({ 'if-match': stale })),
        { status: 412, code: 'precondition_failed' },
        stale,
      )
    }
    t.equal((await send({ 'if-match': '"0", "1"' })).headers['etag'], '"2"')
    t.equal((await send({ 'if-match': '"1"' })).status, 412)
    t.equal((await send({ 'if-match': '*' })).status, 200)
  })

  t.test('lets one of two changes of the same version win', async (t) => {
    const space = await addCaller(test)
    for (let round = 1; round <= 10; round += 1) {
      const headers = { 'if-match': `"${String(round)}"` }
      const answers = await Promise.all(
        [1, 2, 3].map((one) => patch(test, space, space.spaceId, { capacity: round * 10 + one }, headers)),
      )
      t.same(answers.map(({ status }) => status).sort(), [200, 412, 412])
      const winner = answers.find(({ status }) => status === 200)
      t.equal((await current(space)).capacity, spaceIn(winner!).capacity)
    }
  })

  t.test('changes the slug to one that is free', async (t) => {
    const [space, other] = [await addCaller(test), await addCaller(test)]
    t.equal(spaceIn(await change(space, { slug: 'nave' })).slug, 'nave')
    t.equal(spaceIn(await change(space, { slug: 'nave' })).slug, 'nave')
    t.match(refusalIn(await change(other, { slug: 'nave' })), { status: 409, code: 'slug_taken' })
  })

  t.test('keeps one external id to one space, and the id that an import knows the space by', async (t) => {
    const imported = { system: 'openstreetmap', id: 'node/1' }
    const [space, other] = [
      await addCaller(test, { source: 'openstreetmap', externalIds: [imported] }),
      await addCaller(test),
    ]
    const cobot = { system: 'cobot', id: 'nave' }
    t.same(spaceIn(await change(space, { externalIds: [imported, cobot] })).externalIds, [imported, cobot])
    t.same(refusalIn(await change(other, { externalIds: [cobot] })).pointers, ['/externalIds'])
    t.same(refusalIn(await change(space, { externalIds: [cobot] })).pointers, ['/externalIds'])
    t.same(spaceIn(await change(space, { externalIds: [imported] })).externalIds, [imported])
    t.same(spaceIn(await change(other, { externalIds: [cobot] })).externalIds, [cobot])
  })

  t.test('reads merge-patch and JSON bodies alone', async (t) => {
    const space = await addCaller(test)
    const answer = await patch(
      test,
      space,
      space.spaceId,
      {},
      { 'content-type': 'text/plain', 'if-match': '"1"' },
    )
    t.equal(answer.status, 415)
  })
})
