import t from 'tap'
import { day, instant } from '../../src/platform/clock.ts'
import { toTypeId, toUuid } from '../../src/platform/ids.ts'
import { testApp, testStart } from '../helpers/app.ts'
import { rowsOf } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import { queriesOf } from '../helpers/queries.ts'
import { applicationRow, claim, lea, lettersOf, listed, nave, submit, submitted } from './world.ts'

t.test('submitApplication', async (t) => {
  const test = await testApp(t)

  t.test('is written down and mailed, and nothing comes of it yet', async (t) => {
    const answer = await submit(test)
    t.equal(answer.statusCode, 201)
    const { id, ...rest } = answer.json<{ id: `app_${string}` }>()
    t.strictSame(rest, { status: 'unconfirmed', confirmBy: instant(testStart + 2 * day) })
    t.strictSame(await lettersOf(test, id), ['mail.confirm_application'])
    for (const table of ['spaces', 'managers', 'space_managers', 'vouches'])
      t.strictSame(await rowsOf(test, table), [], table)
  })

  t.test('name and address of who applies stand nowhere in the clear', async (t) => {
    const contact = { name: 'Wanda Quist', email: 'wanda.quist@nave.example' }
    const id = await submitted(test, { ...nave, contact })
    t.ok((await applicationRow(test, id)).contact)
    const tables = ['applications', 'outbox', 'audit_log', 'idempotency_keys', 'rate_limits']
    const kept = [...test.logs, ...(await Promise.all(tables.map((table) => rowsOf(test, table)))).flat()]
    t.notMatch(kept.join('\n'), /wanda|quist/i)
  })

  t.test('a claim that is sent again is answered as it was, whatever became of the space', async (t) => {
    const spaceId = await listed(test)
    const ask = () =>
      test.app.inject({
        method: 'POST',
        url: '/v1/applications',
        remoteAddress: '203.0.113.80',
        headers: { 'idempotency-key': 'claim-it-once' },
        payload: claim(spaceId, 'max@traboule.example'),
      })
    const first = await ask()
    t.equal(first.statusCode, 201)
    await test.deps.db.pool.query(`update spaces set status = 'admitted' where id = $1`, [toUuid(spaceId)])
    t.match(await ask(), { statusCode: 201, body: first.body })
  })

  t.test('a space of the directory that nobody speaks for can be claimed, and no other', async (t) => {
    t.equal((await submit(test, claim(await listed(test)))).statusCode, 201)
    const others = [
      await addSpace(test, { status: 'admitted' }),
      await addSpace(test, { status: 'suspended' }),
      await addSpace(test, { status: 'left' }),
      toTypeId('space', '00000000-0000-7000-8000-000000000001'),
    ]
    for (const spaceId of others) {
      const answer = await submit(test, claim(spaceId))
      t.equal(answer.statusCode, 422)
      t.match(answer.json(), { errors: [{ pointer: '/claimSpaceId' }] })
    }
  })

  t.test('names one space: a new one or one of the directory', async (t) => {
    const spaceId = await listed(test)
    t.match((await submit(test, { contact: lea })).json(), { status: 422, errors: [{ pointer: '/space' }] })
    t.match((await submit(test, { ...nave, claimSpaceId: spaceId })).json(), {
      status: 422,
      errors: [{ pointer: '/claimSpaceId' }],
    })
  })

  t.test('the place comes from the city, unless it is said or cannot be known', async (t) => {
    const at = (space: object) => submit(test, { ...nave, space: { ...nave.space, ...space } })
    const nowhere = await at({ city: 'Nowhere-on-Sea' })
    t.match(nowhere.json(), { status: 422, errors: [{ pointer: '/space/geo' }] })
    t.equal((await at({ city: 'Nowhere-on-Sea', geo: { lat: 45.7, lon: 4.8 } })).statusCode, 201)
  })

  t.test('fields that are not the applicant’s to fill are refused', async (t) => {
    const before = await rowsOf(test, 'applications')
    const top = { status: 'admitted', proof: 'steward', provedAt: instant(testStart), managerId: 'mgr_x' }
    const ofSpace = { status: 'admitted', operatorId: 'opr_x', slug: 'nave', externalIds: [], id: 'spc_x' }
    const ofContact = { isSteward: true, role: 'owner', id: 'mgr_x' }
    const bodies = [
      ...Object.entries(top).map(([name, value]) => ({ ...nave, [name]: value })),
      ...Object.entries(ofSpace).map(([name, value]) => ({
        ...nave,
        space: { ...nave.space, [name]: value },
      })),
      ...Object.entries(ofContact).map(([name, value]) => ({ ...nave, contact: { ...lea, [name]: value } })),
    ]
    for (const body of bodies) t.equal((await submit(test, body)).statusCode, 422, JSON.stringify(body))
    t.strictSame(await rowsOf(test, 'applications'), before)
  })

  t.test('a name with a line end, or an address that is none, is refused', async (t) => {
    const contacts = [
      { ...lea, name: 'Léa\r\nBcc: all@example.org' },
      { ...lea, name: ' ' },
      { ...lea, email: 'lea@nave.example\r\nBcc: all@example.org' },
      { ...lea, email: 'lea@nave.example,max@example.org' },
      { ...lea, email: 'Léa <lea@nave.example>' },
    ]
    for (const contact of contacts)
      t.equal((await submit(test, { ...nave, contact })).statusCode, 422, JSON.stringify(contact))
  })

  t.test('whether an address is known shows neither in the answer nor in the work behind it', async (t) => {
    await addManager(test, { spaceId: await addSpace(test), role: 'owner' }, 'ines@example.org')
    await addManager(test, 'steward', 'tomas@example.org')
    const ask = async (email: string) => {
      let seen: unknown
      const queries = await queriesOf(test, async () => {
        const answer = await submit(test, { ...nave, contact: { ...lea, email } })
        const { id, ...body } = answer.json<{ id: string }>()
        t.match(id, /^app_/)
        seen = [answer.statusCode, Object.keys(answer.headers), body]
      })
      return { seen, queries }
    }
    // The first of all prepares what the others find prepared.
    await ask('warm@example.org')
    const unknown = await ask('nobody@example.org')
    t.strictSame(await ask('ines@example.org'), unknown)
    t.strictSame(await ask('tomas@example.org'), unknown)
  })
})
