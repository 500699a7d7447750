import t from 'tap'
import { testApp } from '../helpers/app.ts'
import { addCaller, addSpace, callerOf, tokenFor, type Caller } from '../helpers/network.ts'
import { addOperator, allPages, foundIn, idsIn, networkCaller, operatorCaller, refusalIn } from './world.ts'

t.test('searchSpaces', async (t) => {
  const test = await testApp(t)
  const far = { lat: 45.76, lon: 4.84 }
  /** A moment later than the one before, so that the order of the ids is known. */
  const addNext = (fields: Parameters<typeof addSpace>[1]) => {
    test.deps.clock.advance(1)
    return addSpace(test, fields)
  }
  const asker = await addCaller(test, { ...far, name: 'Asker' })
  const lyon = { ...far, city: 'Lyon', cityKey: 'lyon', countryCode: 'FR' }
  const zurich = { lat: 47.37, lon: 8.54, city: 'Zürich', cityKey: 'zurich', countryCode: 'CH' }
  const quiet = await addNext({
    ...lyon,
    amenities: ['wifi', 'quiet_room'],
    searchText: 'quiet nave lyon',
    lon: 4.85,
  })
  const plain = await addNext({ ...lyon, amenities: ['wifi'], searchText: 'plain lyon', lon: 4.88 })
  const swiss = await addNext({ ...zurich, amenities: ['wifi'], searchText: 'seewerk zurich' })
  const unclaimed = await addNext({ ...zurich, status: 'unclaimed', searchText: 'impact hub zurich' })
  const operatorId = await addOperator(test)
  const waiting = await addNext({ ...zurich, status: 'registered', operatorId })
  const suspended = await addNext({ ...zurich, status: 'suspended' })
  const find = async (query: string, caller: Caller = asker) => idsIn(await caller.get(`/v1/spaces?${query}`))

  t.test('finds by city, country, words, amenities and status, and by all of them together', async (t) => {
    const cases: [string, string[]][] = [
      ['city=Z%C3%9CRICH', [swiss, unclaimed]],
      ['city=zurich&country=CH', [swiss, unclaimed]],
      ['city=zurich&country=FR', []],
      ['country=CH', [swiss, unclaimed]],
      ['amenity=quiet_room', [quiet]],
      ['amenity=wifi&amenity=quiet_room', [quiet]],
      ['amenity=wifi', [quiet, plain, swiss]],
      ['q=nav', [quiet]],
      ['q=N%C3%A1ve+LY', [quiet]],
      ['q=ave', []],
      ['q=zurich&status=unclaimed', [unclaimed]],
      ['near=45.76,4.84&q=lyon', [quiet, plain]],
      ['near=45.76,4.84&q=lyon&amenity=wifi&country=FR&city=lyon&status=admitted', [quiet, plain]],
      ['near=45.76,4.84&q=lyon&amenity=quiet_room&country=FR&city=lyon&status=admitted', [quiet]],
      ['near=45.76,4.84&radiusKm=1&q=lyon', [quiet]],
      ['near=45.76,4.84&country=CH', []],
    ]
    for (const [query, expected] of cases) t.same(await find(query), expected, query)
  })

  t.test('tells the distance to the metre, and only where it was asked', async (t) => {
    const near = foundIn(await asker.get('/v1/spaces?near=45.76,4.84&limit=2')).data
    t.match(near, [
      { id: asker.spaceId, distanceKm: 0 },
      { id: quiet, distanceKm: 0.776 },
    ])
    t.notMatch((await asker.get('/v1/spaces?city=lyon')).text, 'distanceKm')
  })

  t.test('shows waiting and suspended spaces to those whom they concern', async (t) => {
    const operator = await operatorCaller(test, operatorId)
    const network = await networkCaller(test, ['network:read'])
    t.same(await find('country=CH', operator), [swiss, unclaimed, waiting])
    t.same(await find('near=47.37,8.54&country=CH', operator), [swiss, unclaimed, waiting])
    t.same(await find('country=CH', network), [swiss, unclaimed, waiting, suspended])
    t.same(await find('status=suspended', network), [suspended])
    for (const query of ['status=suspended', 'status=registered', 'near=47.37,8.54&status=registered']) {
      t.same(await find(query), [], query)
    }
    const own = callerOf(test, waiting, await tokenFor(test, { spaceId: waiting }, ['spaces:read']))
    t.same(await find('status=registered', own), [waiting])
  })

  t.test('needs spaces:read', async (t) => {
    const token = await tokenFor(test, { spaceId: asker.spaceId }, ['referrals:read'])
    t.equal((await callerOf(test, asker.spaceId, token).get('/v1/spaces')).status, 403)
    t.equal((await test.app.inject({ url: '/v1/spaces' })).statusCode, 401)
  })

  t.test('pages through all that is found, each once', async (t) => {
    for (const query of ['limit=2', 'limit=1&amenity=wifi', 'limit=1&near=45.76,4.84&radiusKm=500']) {
      const found = (await allPages(asker, `/v1/spaces?${query}`)).map(({ id }) => id)
      const whole = await find(query.replace(/limit=\d/, 'limit=100'))
      t.same(found, whole, query)
      t.ok(whole.length >= 3)
    }
    const page = await asker.get('/v1/spaces?limit=1&country=CH')
    t.match(page.headers['link'], /^<\/v1\/spaces\?limit=1&country=CH&cursor=[^>]+>; rel="next"$/)
  })

  t.test('accepts a cursor as it was given, for the same search by the same caller', async (t) => {
    const { nextCursor } = foundIn(await asker.get('/v1/spaces?limit=1&country=CH'))
    const cursor = String(nextCursor)
    t.same(await find(`limit=1&country=CH&cursor=${cursor}`), [unclaimed])
    t.same(await find(`limit=50&country=CH&cursor=${cursor}`), [unclaimed], 'the limit may change')
    const flipped = cursor.startsWith('A') ? `B${cursor.slice(1)}` : `A${cursor.slice(1)}`
    const other = await addCaller(test)
    const refusals = [
      asker.get(`/v1/spaces?country=CH&cursor=${flipped}`),
      asker.get(`/v1/spaces?country=CH&cursor=${cursor}A`),
      asker.get(`/v1/spaces?country=CH&cursor=%22`),
      asker.get(`/v1/spaces?country=FR&cursor=${cursor}`),
      asker.get(`/v1/spaces?near=47.37,8.54&country=CH&cursor=${cursor}`),
      other.get(`/v1/spaces?country=CH&cursor=${cursor}`),
    ]
    for (const refused of await Promise.all(refusals)) {
      t.match(refusalIn(refused), { status: 400, code: 'invalid_cursor' })
    }
  })

  t.test('refuses parameters that it does not know or cannot read', async (t) => {
    const refused = {
      'colour=red': '?colour',
      'near=lyon': '?near',
      'near=91,0': '?near',
      'near=0,181': '?near',
      'near=1,2&near=3,4': '?near',
      'radiusKm=5': '?radiusKm',
      'near=1,2&radiusKm=501': '?radiusKm',
      'near=1,2&radiusKm=0': '?radiusKm',
      'country=fr': '?country',
      'status=open': '?status',
      'amenity=Quiet%20Room': '?amenity/0',
      'limit=0': '?limit',
      'limit=101': '?limit',
      'q=%21%21': '?q',
      'q=': '?q',
    }
    for (const [query, pointer] of Object.entries(refused)) {
      const { status, pointers } = refusalIn(await asker.get(`/v1/spaces?${query}`))
      t.equal(status, 422, query)
      t.ok(pointers.includes(pointer), `${query}: ${pointers.join(' ')}`)
    }
  })

  t.test('takes words as words, whatever they hold', async (t) => {
    for (const q of ["o'hara", "':*|!&<->", '%', '_ave', '\\', 'a:b', 'SELECT 1;--', '蜂', 'é'.repeat(50)]) {
      const { status } = await asker.get(`/v1/spaces?q=${encodeURIComponent(q)}`)
      t.ok(status === 200 || status === 422, q)
    }
  })
})
