import t from 'tap'
import { admitApplication } from '../../src/network/admit-application.ts'
import { rejectApplication } from '../../src/network/reject-application.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addCaller, addSpace, steward, type Caller } from '../helpers/network.ts'
import { applied, claim, lea, listed, nave, submitted, type Applied } from './world.ts'

const world = async (test: TestApp) => {
  const named = (name: string) => ({
    ...nave,
    space: { ...nave.space, name },
    contact: { ...lea, email: `${name}@nave.example` },
  })
  // Each at a moment of its own, so that they have an order.
  const next = (name: string) => {
    test.deps.clock.advance(1)
    return applied(test, named(name))
  }
  const [pending, admitted, rejected] = [
    await next('Pending'),
    await next('Admitted'),
    await next('Rejected'),
  ]
  const unconfirmed = await submitted(test, named('Unconfirmed'))
  await admitApplication(steward(test), admitted.id)
  await rejectApplication(steward(test), rejected.id, 'Not a space.')
  return { pending, admitted, rejected, unconfirmed }
}

const named = async (caller: Caller, query = '') => {
  const { body } = await caller.get(`/v1/applications${query}`)
  return (body.data as { space: { name: string } }[]).map(({ space }) => space.name)
}

t.test('who sees which applications, and what of them', async (t) => {
  const test = await testApp(t)
  const { pending, admitted, rejected, unconfirmed } = await world(test)
  const theSteward = await addManager(test, 'steward')
  const inside = await addManager(test, { spaceId: await addSpace(test), role: 'viewer' })
  const suspended = await addManager(test, {
    spaceId: await addSpace(test, { status: 'suspended' }),
    role: 'owner',
  })
  const applicant = await addManager(test, { spaceId: rejected.spaceId, role: 'owner' })
  const client = await addCaller(test, {}, ['spaces:read'])

  t.test('the steward sees all that are confirmed', async (t) => {
    t.strictSame(await named(theSteward), ['Rejected', 'Admitted', 'Pending'])
    t.strictSame(await named(theSteward, '?status=rejected'), ['Rejected'])
    t.equal((await theSteward.get(`/v1/applications/${unconfirmed}`)).status, 404)
  })

  t.test('a space of the network sees what it may vouch for', async (t) => {
    t.strictSame(await named(inside), ['Admitted', 'Pending'])
    t.strictSame(await named(inside, '?status=rejected'), [])
    t.equal((await inside.get(`/v1/applications/${rejected.id}`)).status, 404)
  })

  t.test('who applied sees their own, with the reason, and others see none', async (t) => {
    t.strictSame(await named(applicant), ['Rejected'])
    t.match((await applicant.get(`/v1/applications/${rejected.id}`)).body, { reason: 'Not a space.' })
    for (const { id } of [pending, admitted])
      t.equal((await applicant.get(`/v1/applications/${id}`)).status, 404)
    t.strictSame(await named(suspended), [])
    t.strictSame(await named(client), [], 'an API client without network:read')
  })

  t.test('the address of who applied is told to the steward alone, and in no list', async (t) => {
    const one = await theSteward.get(`/v1/applications/${pending.id}`)
    t.match(one.body.contact, { name: lea.name, email: 'Pending@nave.example' })
    const answers = [
      await theSteward.get('/v1/applications'),
      await inside.get('/v1/applications'),
      await inside.get(`/v1/applications/${pending.id}`),
      await applicant.get(`/v1/applications/${rejected.id}`),
    ]
    for (const { status, text } of answers) {
      t.equal(status, 200)
      t.notMatch(text, '@nave.example')
    }
    const seen = (await inside.get(`/v1/applications/${pending.id}`)).body as object
    for (const hidden of ['contact', 'reason', 'wellKnown']) t.notOk(hidden in seen, hidden)
  })

  t.test('the word that proves a claim is told to the claimant alone', async (t) => {
    const space = await listed(test, { website: 'https://traboule.example/', domain: 'traboule.example' })
    test.deps.clock.advance(1)
    const { id } = await applied(test, claim(space))
    for (const caller of [theSteward, inside]) {
      const answer = await caller.get(`/v1/applications/${id}`)
      t.match(answer.body, { kind: 'claim', proof: null })
      t.notMatch(answer.text, /wellKnown|waggle-/)
    }
  })

  t.test('a cursor leads its own caller and question onwards, and nobody else', async (t) => {
    const { nextCursor } = (await theSteward.get('/v1/applications?limit=1')).body
    t.strictSame(await named(theSteward, `?limit=1&cursor=${nextCursor}`), ['Rejected'])
    const strays = [
      await theSteward.get(`/v1/applications?status=pending&cursor=${nextCursor}`),
      await inside.get(`/v1/applications?cursor=${nextCursor}`),
      await theSteward.get(`/v1/applications?cursor=${nextCursor}x`),
    ]
    for (const { status, body } of strays) t.match([status, body.code], [400, 'invalid_cursor'])
  })

  t.test(
    'who waits stands in a queue, the last decision first, and no page repeats or leaves out any',
    async (t) => {
      const taken: Applied['id'][] = []
      for (const name of ['Ruche', 'Atelier', 'Cais'] as const) {
        test.deps.clock.advance(1)
        taken.push(
          (
            await applied(test, {
              ...nave,
              space: { ...nave.space, name },
              contact: { ...lea, email: `${name}@nave.example` },
            })
          ).id,
        )
      }
      const all = async (query: string): Promise<string[]> => {
        const names: string[] = []
        for (let cursor: string | null = ''; cursor !== null;) {
          const { body } = await theSteward.get(
            `/v1/applications?limit=1${query}${cursor && `&cursor=${cursor}`}`,
          )
          const page = body as { data: { space: { name: string } }[]; nextCursor: string | null }
          names.push(...page.data.map(({ space }) => space.name))
          cursor = page.nextCursor
        }
        return names
      }
      t.strictSame(await all('&status=pending'), ['Pending', 'La Traboule', 'Ruche', 'Atelier', 'Cais'])
      const [ruche, atelier, cais] = taken
      for (const id of [cais!, ruche!]) {
        test.deps.clock.advance(1)
        await admitApplication(steward(test), id)
      }
      // At the very moment of the one before.
      await admitApplication(steward(test), atelier!)
      t.strictSame(await all('&status=admitted'), ['Atelier', 'Ruche', 'Cais', 'Admitted'])
      t.strictSame(await all(''), [
        'Cais',
        'Atelier',
        'Ruche',
        'La Traboule',
        'Rejected',
        'Admitted',
        'Pending',
      ])
    },
  )
})
