import t from 'tap'
import { addClient, tokenOf } from '../access/world.ts'
import { testApp } from '../helpers/app.ts'
import { addCaller, callerOf } from '../helpers/network.ts'
import {
  addOperator,
  idsIn,
  networkCaller,
  operatorCaller,
  refusalIn,
  registration,
  spaceIn,
} from './world.ts'

t.test('registerSpace', async (t) => {
  const test = await testApp(t)
  const operatorId = await addOperator(test)
  const operator = await operatorCaller(test, operatorId)
  const steward = await networkCaller(test, ['network:read', 'network:admin'])
  const outsider = await addCaller(test)

  t.test('needs a name, a city, a country and a place, and fills in the rest', async (t) => {
    const answer = await operator.post('/v1/spaces', registration())
    t.equal(answer.status, 201)
    const space = spaceIn(answer)
    t.match(space, {
      slug: 'nave-lyon',
      status: 'registered',
      claimed: true,
      operatorId,
      timezone: 'Europe/Paris',
      languages: [],
      openingHours: null,
      lastConfirmedAt: '2026-11-20T09:30:00.000Z',
      hostingPolicy: { intake: 'open', accepts: ['visit', 'temporary', 'relocate', 'join'] },
      version: 1,
    })
    t.equal(answer.headers['location'], `/v1/spaces/${space.id}`)
    t.equal(answer.headers['etag'], '"1"')
    for (const field of ['name', 'city', 'countryCode', 'geo']) {
      const { [field]: left, ...rest } = registration() as Record<string, unknown>
      t.ok(left)
      const refused = await operator.post('/v1/spaces', rest)
      t.equal(refused.status, 422)
      t.match(refused.body, { code: 'validation_failed', errors: [{ pointer: `/${field}` }] })
    }
  })

  t.test('keeps all that a profile may say', async (t) => {
    const profile = {
      slug: 'the-whole-story',
      address: { street: '1 rue X', postcode: '69001', region: 'ARA' },
      timezone: 'Europe/Brussels',
      languages: ['fr', 'en'],
      openingHours: 'Mo-Fr 08:30-19:00; PH off',
      access: '24_7',
      capacity: 40,
      plans: [{ kind: 'day_pass', price: 20.5, currency: 'EUR', period: 'day' }],
      amenities: ['wifi', 'quiet_room'],
      communityTypes: ['design'],
      accessibility: { stepFree: true, toilet: false, quietRoom: null, notes: 'A ramp.' },
      description: 'Daylight\nand quiet.',
      website: 'https://www.nave.example/lyon?x=1',
      contactEmail: 'hello@nave.example',
      externalIds: [{ system: 'cobot', id: 'nave' }],
      source: 'website',
      licence: 'CC0',
      attribution: 'The people of Nave',
    }
    const hostingPolicy = {
      intake: 'limited',
      awayUntil: '2026-12-01T00:00:00Z',
      accepts: ['visit'],
      noticeDays: 3,
      maxDays: 10,
      proof: 'vetted',
      terms: 'Two free days.',
      contactRole: 'Host',
      expiresOn: '2027-06-01',
      blackouts: [{ from: '2026-12-24', to: '2026-12-26' }],
    }
    const written = spaceIn(await operator.post('/v1/spaces', registration({ ...profile, hostingPolicy })))
    t.match(written, { ...profile, hostingPolicy })
    t.same(spaceIn(await operator.get(`/v1/spaces/${written.id}`)), written)
  })

  t.test('takes null for what is left out', async (t) => {
    const answer = await operator.post(
      '/v1/spaces',
      registration({ capacity: null, address: { street: null } }),
    )
    t.match(spaceIn(answer), { capacity: null, address: { street: null } })
  })

  t.test(
    'refuses opening hours that are only nearly right, and names what they were taken for',
    async (t) => {
      const refused = await operator.post('/v1/spaces', registration({ openingHours: 'Mon-Fri 9am-6pm' }))
      t.equal(refused.status, 422)
      t.match(refused.body, { errors: [{ pointer: '/openingHours', detail: /Mo-Fr 09:00-18:00/ }] })
    },
  )

  t.test('refuses what is no profile, naming the field', async (t) => {
    const refused: [Record<string, unknown>, string][] = [
      [{ openingHours: 'whenever we like' }, '/openingHours'],
      [{ openingHours: 'Mo-Fr 25:00-26:00' }, '/openingHours'],
      [{ countryCode: 'ZZ' }, '/countryCode'],
      [{ address: { countryCode: 'FR' } }, '/address/countryCode'],
      [{ address: { city: 'Lyon' } }, '/address/city'],
      [{ timezone: 'Europe/Atlantis' }, '/timezone'],
      [{ website: 'javascript:alert(1)' }, '/website'],
      [{ website: 'https://user:pass@nave.example/' }, '/website'],
      [{ website: 'https://[nave]/' }, '/website'],
      [{ contactEmail: 'hello' }, '/contactEmail'],
      [{ geo: { lat: 90.1, lon: 0 } }, '/geo/lat'],
      [{ geo: { lat: 0 } }, '/geo/lon'],
      [{ slug: 'Not A Slug' }, '/slug'],
      [{ amenities: ['Quiet Room'] }, '/amenities/0'],
      [{ plans: [{ kind: 'castle' }] }, '/plans/0/kind'],
      [{ status: 'admitted' }, '/status'],
      [{ hostingPolicy: { accepts: [] } }, '/hostingPolicy/accepts'],
      [
        { hostingPolicy: { blackouts: [{ from: '2026-12-26', to: '2026-12-24' }] } },
        '/hostingPolicy/blackouts/0/to',
      ],
      [
        {
          externalIds: [
            { system: 'a', id: '1' },
            { system: 'a', id: '1' },
          ],
        },
        '/externalIds/1',
      ],
    ]
    for (const [fields, pointer] of refused) {
      const answer = await operator.post('/v1/spaces', registration(fields))
      t.equal(answer.status, 422, JSON.stringify(fields))
      t.ok(refusalIn(answer).pointers.includes(pointer), `${pointer}: ${answer.text}`)
    }
  })

  t.test('is for operators and the steward', async (t) => {
    t.match(spaceIn(await steward.post('/v1/spaces', registration())), {
      operatorId: null,
      status: 'registered',
    })
    const callers = {
      'a space': outsider,
      'an operator without the scope': await operatorCaller(test, await addOperator(test), ['spaces:read']),
      'the network without the scope': await networkCaller(test, ['network:read']),
    }
    for (const [who, caller] of Object.entries(callers)) {
      const refused = await caller.post('/v1/spaces', registration())
      t.match(refusalIn(refused), { status: 403, code: 'insufficient_scope' }, who)
    }
    t.equal((await test.app.inject({ method: 'POST', url: '/v1/spaces' })).statusCode, 401)
  })

  t.test('gives every space a slug of its own', async (t) => {
    const first = spaceIn(
      await operator.post('/v1/spaces', registration({ name: 'Café Ñandú', city: 'Málaga' })),
    )
    const second = spaceIn(
      await operator.post('/v1/spaces', registration({ name: 'Cafe Nandu', city: 'Malaga' })),
    )
    t.equal(first.slug, 'cafe-nandu-malaga')
    t.match(second.slug, /^cafe-nandu-malaga-[0-9a-z]{6}$/)
    const elsewhere = spaceIn(await operator.post('/v1/spaces', registration({ name: '蜂', city: '東京' })))
    t.match(elsewhere.slug, /^space(-[0-9a-z]{6})?$/)
    const refused = await operator.post('/v1/spaces', registration({ slug: 'cafe-nandu-malaga' }))
    t.match(refusalIn(refused), { status: 409, code: 'slug_taken' })
  })

  t.test('gives a slug to one of those who ask for it in the same moment', async (t) => {
    const given = await Promise.all(
      Array.from({ length: 6 }, () => operator.post('/v1/spaces', registration({ slug: 'the-one' }))),
    )
    t.same(given.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409])
    const made = await Promise.all(
      Array.from({ length: 6 }, () => operator.post('/v1/spaces', registration({ name: 'Rush' }))),
    )
    t.equal(new Set(made.map((answer) => spaceIn(answer).slug)).size, 6)
  })

  t.test('refuses an external id that another space has', async (t) => {
    const externalIds = [{ system: 'nexudus', id: '42' }]
    t.equal((await operator.post('/v1/spaces', registration({ externalIds }))).status, 201)
    const refused = await operator.post('/v1/spaces', registration({ externalIds, slug: 'left-no-trace' }))
    t.equal(refused.status, 422)
    t.same(refusalIn(refused).pointers, ['/externalIds'])
    t.equal((await operator.post('/v1/spaces', registration({ slug: 'left-no-trace' }))).status, 201)
  })

  t.test('registers once, however often the same request is sent, and with whichever token', async (t) => {
    const client = await addClient(test.deps, { operatorId: await addOperator(test) }, [
      'spaces:read',
      'spaces:write',
    ])
    const withNewToken = async () => callerOf(test, 'spc_none', await tokenOf(test.app, client))
    const before = await withNewToken()
    const headers = { 'idempotency-key': 'first-space' }
    const body = registration({ name: 'Once' })
    const first = await before.post('/v1/spaces', body, headers)
    t.equal(first.status, 201)
    // A new token acts for the space that is now there.
    for (const caller of [before, await withNewToken()]) {
      const again = await caller.post('/v1/spaces', body, headers)
      t.equal(again.text, first.text)
      t.equal(again.headers['location'], first.headers['location'])
      t.equal(again.headers['etag'], first.headers['etag'])
    }
    t.same(idsIn(await before.get('/v1/spaces?q=once')), [spaceIn(first).id])
    const other = await before.post('/v1/spaces', registration({ name: 'Twice' }), headers)
    t.match(refusalIn(other), { status: 422, code: 'idempotency_key_reused' })
  })

  t.test('finds a time zone for every place', async (t) => {
    const places = [
      [0, 0],
      [90, 0],
      [-90, 180],
      [0, -180],
      [30.5, -45.2],
    ]
    for (const [lat, lon] of places) {
      const answer = await operator.post('/v1/spaces', registration({ geo: { lat, lon } }))
      t.match(spaceIn(answer).timezone, /\w/, `${String(lat)},${String(lon)}`)
    }
  })

  t.test('leaves an audit row and an event', async (t) => {
    const { id } = spaceIn(await operator.post('/v1/spaces', registration()))
    const { rows } = await test.deps.db.pool.query(
      `select a.action, o.topic from audit_log a join outbox o on o.subject_id = a.object_id where a.object_id = $1`,
      [id],
    )
    t.same(rows, [{ action: 'registerSpace', topic: 'space.registered' }])
  })

  t.test('hides a registered space from others', async (t) => {
    const { id } = spaceIn(await operator.post('/v1/spaces', registration({ name: 'Hidden' })))
    t.equal((await outsider.get(`/v1/spaces/${id}`)).status, 404)
    t.same(idsIn(await outsider.get('/v1/spaces?q=hidden')), [])
  })
})
