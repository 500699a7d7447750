import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { acceptInvitation } from '../../src/access/accept-invitation.ts'
import { actingManager } from '../../src/access/acting-manager.ts'
import { forgetInvitations } from '../../src/access/forget-invitations.ts'
import { emailHashOf } from '../../src/access/manager-identity.ts'
import { invitationUrl } from '../../src/access/manager-invitation.ts'
import { leaveSpace } from '../../src/access/remove-manager.ts'
import { day } from '../../src/platform/clock.ts'
import type { Ctx } from '../../src/platform/context.ts'
import { readUnscoped } from '../../src/platform/database/door.ts'
import { toTypeId, toUuid, type Id } from '../../src/platform/ids.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addManager, type TestManager } from '../helpers/managers.ts'
import { addSpace, newReferral, somebody } from '../helpers/network.ts'
import { queriesOf } from '../helpers/queries.ts'

const world = async (t: Test) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test, { name: 'Nave' })
  const owner = await addManager(test, { spaceId, role: 'owner' })
  const elsewhere = await addManager(test, { spaceId: await addSpace(test), role: 'owner' })
  return { test, spaceId, owner, elsewhere }
}

const someone = () => `${randomUUID()}@example.org`

const invite = (owner: TestManager, email: string, role = 'manager') =>
  owner.post('/v1/managers', { email, role })

const managerOf = async ({ deps }: TestApp, email: string): Promise<Id<'manager'>> => {
  const { rows } = await deps.db.pool.query<{ id: string }>('select id from managers where email_hash = $1', [
    emailHashOf(deps, email),
  ])
  return toTypeId('manager', rows[0]!.id)
}

/** The token in the link that was mailed last. */
const tokenOf = async (
  { deps }: TestApp,
  spaceId: Id<'space'>,
  managerId: Id<'manager'>,
): Promise<string> => {
  const { rows } = await deps.db.pool.query<{ expires_at: Date | null }>(
    'select expires_at from space_managers where space_id = $1 and manager_id = $2',
    [toUuid(spaceId), toUuid(managerId)],
  )
  const url = invitationUrl(deps, { spaceId, managerId }, rows[0]!.expires_at!.toISOString())
  return url.slice(url.lastIndexOf('/') + 1)
}

const as = ({ deps }: TestApp, id: Id<'manager'>, spaceId: Id<'space'> | null = null): Ctx => ({
  ...deps,
  actor: {
    kind: 'manager',
    id,
    role: spaceId ? 'manager' : 'guest',
    spaceId,
    scopes: new Set(),
    standing: null,
  },
  requestId: 'test',
})

const roleOf = ({ deps }: TestApp, id: Id<'manager'>, spaceId: Id<'space'>) =>
  readUnscoped(deps, async (tx) => (await actingManager(tx, id, spaceId))?.role ?? null)

const codeOf = async (action: Promise<unknown>): Promise<string | undefined> => {
  try {
    await action
    return 'done'
  } catch (error) {
    return (error as { code?: string }).code
  }
}

t.test('who is invited acts for the space once they accept, and not before', async (t) => {
  const { test, spaceId, owner } = await world(t)
  const email = someone()
  t.match(await invite(owner, email), {
    status: 201,
    body: { id: null, name: null, email, acceptedAt: null },
  })
  const id = await managerOf(test, email)
  t.equal(await roleOf(test, id, spaceId), null)
  await acceptInvitation(as(test, id), await tokenOf(test, spaceId, id), 'Ada')
  t.equal(await roleOf(test, id, spaceId), 'manager')
  const { data } = (await owner.get('/v1/managers')).body
  t.equal(data.length, 2)
  t.match(
    data.find((one: { id: string }) => one.id === id),
    { name: 'Ada', email, role: 'manager' },
  )
  t.match(await invite(owner, email), { status: 409, body: { code: 'already_manager' } })
})

t.test('neither the answer, nor the list, nor the work tells whether an address is known here', async (t) => {
  const { test, owner, elsewhere } = await world(t)
  const answers: unknown[] = []
  const works: string[][] = []
  // From now on the token is known.
  await owner.get('/v1/me')
  for (const email of [someone(), elsewhere.email]) {
    works.push(
      await queriesOf(test, async () => {
        const { status, body } = await invite(owner, email.toUpperCase())
        answers.push([status, { ...body, email: body.email === email }])
      }),
    )
  }
  t.strictSame(answers[0], answers[1])
  t.strictSame(works[0], works[1])
  const { data } = (await owner.get('/v1/managers')).body
  t.strictSame(
    data
      .filter((one: { acceptedAt: unknown }) => one.acceptedAt === null)
      .map(({ id, name }: never) => [id, name]),
    [
      [null, null],
      [null, null],
    ],
  )
  const { text } = await owner.get('/v1/audit-log')
  t.match(text, 'inviteManager')
  t.notMatch(text, await managerOf(test, elsewhere.email), 'the log neither')
})

t.test('a link is good once, for its own reader, until it is over, withdrawn or made anew', async (t) => {
  const { test, spaceId, owner, elsewhere } = await world(t)
  const email = someone()
  await invite(owner, email)
  const id = await managerOf(test, email)
  const first = await tokenOf(test, spaceId, id)
  t.equal(await codeOf(acceptInvitation(as(test, elsewhere.managerId), first, 'Eve')), 'insufficient_role')
  const forged = `${first.slice(0, -2)}${first.endsWith('AA') ? 'BB' : 'AA'}`
  for (const token of [forged, 'x', `${first}AAAA`])
    t.equal(await codeOf(acceptInvitation(as(test, id), token, 'Ada')), 'gone')
  t.equal(await codeOf(acceptInvitation(as(test, id), first, '')), 'validation_failed', 'a name is asked for')
  test.deps.clock.advance(1)
  await invite(owner, email, 'viewer')
  t.equal(await codeOf(acceptInvitation(as(test, id), first, 'Ada')), 'gone', 'made anew')
  const second = await tokenOf(test, spaceId, id)
  t.equal((await owner.post('/v1/managers/withdraw-invitation', { email })).status, 200)
  t.equal(await codeOf(acceptInvitation(as(test, id), second, 'Ada')), 'gone', 'withdrawn')
  await invite(owner, email, 'viewer')
  const third = await tokenOf(test, spaceId, id)
  test.deps.clock.advance(14 * day)
  t.equal(await codeOf(acceptInvitation(as(test, id), third, 'Ada')), 'gone', 'over')
})

t.test(
  'of many acceptances at once one counts; a withdrawal at the same moment leaves one of the two',
  async (t) => {
    const { test, spaceId, owner } = await world(t)
    const email = someone()
    await invite(owner, email)
    const id = await managerOf(test, email)
    const token = await tokenOf(test, spaceId, id)
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => codeOf(acceptInvitation(as(test, id), token, 'Ada'))),
    )
    t.equal(outcomes.filter((outcome) => outcome === 'done').length, 1)
    for (let times = 0; times < 10; times += 1) {
      const other = someone()
      await invite(owner, other)
      const otherId = await managerOf(test, other)
      const link = await tokenOf(test, spaceId, otherId)
      const [accepted, withdrawn] = await Promise.all([
        codeOf(acceptInvitation(as(test, otherId), link, 'Bo')),
        owner.post('/v1/managers/withdraw-invitation', { email: other }),
      ])
      t.equal(
        accepted === 'done',
        withdrawn.status === 404,
        `${String(accepted)} ${String(withdrawn.status)}`,
      )
      t.equal(await roleOf(test, otherId, spaceId), accepted === 'done' ? 'manager' : null)
    }
  },
)

t.test('a space keeps an owner, whatever two owners do to each other at once', async (t) => {
  const { test, spaceId, owner } = await world(t)
  const about = (id: string, verb: string, body?: unknown) => [`/v1/managers/${id}/${verb}`, body] as const
  t.match(await owner.post(...about(owner.managerId, 'remove')), {
    status: 409,
    body: { code: 'last_owner' },
  })
  t.match(await owner.post(...about(owner.managerId, 'change-role', { role: 'viewer' })), {
    status: 409,
    body: { code: 'last_owner' },
  })
  t.equal(await codeOf(leaveSpace(as(test, owner.managerId, spaceId))), 'last_owner')
  let one = owner
  for (const verb of ['remove', 'change-role', 'hand-over', 'remove', 'change-role'] as const) {
    const two = await addManager(test, { spaceId, role: 'owner' })
    const body = verb === 'change-role' ? { role: 'manager' } : undefined
    await Promise.all([
      one.post(...about(two.managerId, verb, body)),
      two.post(...about(one.managerId, verb, body)),
    ])
    const { rows } = await test.deps.db.pool.query<{ manager_id: string }>(
      `select manager_id from space_managers where space_id = $1 and role = 'owner'`,
      [toUuid(spaceId)],
    )
    t.equal(rows.length, 1, `${verb}: one owner is left`)
    if (rows[0]!.manager_id === toUuid(two.managerId)) one = two
  }
})

t.test('a role that is lowered or taken away is gone at once, from tokens as well', async (t) => {
  const { test, spaceId, owner, elsewhere } = await world(t)
  const colleague = await addManager(test, { spaceId, role: 'manager' })
  const refer = () => colleague.post('/v1/referrals', newReferral(elsewhere.spaceId, { member: somebody() }))
  t.equal((await refer()).status, 201)
  await owner.post(`/v1/managers/${colleague.managerId}/change-role`, { role: 'viewer' })
  t.match(await refer(), { status: 403 })
  t.equal((await colleague.get('/v1/referrals?box=sent')).status, 200)
  await owner.post(`/v1/managers/${colleague.managerId}/remove`)
  t.equal((await colleague.get('/v1/referrals?box=sent')).status, 401)
  const { rows } = await test.deps.db.pool.query(
    'select from personal_tokens where manager_id = $1 and revoked_at is null',
    [toUuid(colleague.managerId)],
  )
  t.strictSame(rows, [])
})

t.test('who hands a space over stays in it as a manager', async (t) => {
  const { test, spaceId, owner } = await world(t)
  const next = await addManager(test, { spaceId, role: 'viewer' })
  const handOver = (id: string) => owner.post(`/v1/managers/${id}/hand-over`)
  t.match(await handOver(owner.managerId), { status: 409, body: { code: 'already_manager' } })
  t.match(await handOver(next.managerId), { status: 200, body: { id: next.managerId, role: 'owner' } })
  t.equal(await roleOf(test, owner.managerId, spaceId), 'manager')
  t.equal((await owner.post('/v1/managers', { email: someone(), role: 'viewer' })).status, 403)
})

t.test('people of another space are not there', async (t) => {
  const { test, spaceId, owner, elsewhere } = await world(t)
  for (const [verb, body] of [['remove'], ['hand-over'], ['change-role', { role: 'viewer' }]] as const)
    t.equal((await elsewhere.post(`/v1/managers/${owner.managerId}/${verb}`, body)).status, 404, verb)
  t.notMatch((await elsewhere.get('/v1/managers')).text, owner.email)
  t.equal(await roleOf(test, owner.managerId, spaceId), 'owner')
})

t.test('a space invites twenty people a day, and pages of them come one after the other', async (t) => {
  const { test, owner } = await world(t)
  const statuses = []
  for (let times = 0; times < 21; times += 1) statuses.push((await invite(owner, someone())).status)
  t.strictSame(statuses, [...Array.from({ length: 20 }, () => 201), 429])
  const seen: string[] = []
  let path: string | null = '/v1/managers?limit=8'
  while (path !== null) {
    const { body } = await owner.get(path)
    seen.push(...body.data.map(({ email }: { email: string }) => email))
    path =
      body.nextCursor === null ? null : `/v1/managers?limit=8&cursor=${encodeURIComponent(body.nextCursor)}`
  }
  t.equal(new Set(seen).size, 21)
  t.ok(test)
})

t.test('invitations that are over are deleted, with the address of who never came', async (t) => {
  const { test, owner, elsewhere } = await world(t)
  const email = someone()
  for (const each of [email, elsewhere.email]) await invite(owner, each)
  const known = async (address: string) => {
    const { rows } = await test.deps.db.pool.query('select from managers where email_hash = $1', [
      emailHashOf(test.deps, address),
    ])
    return rows.length === 1
  }
  test.deps.clock.advance(14 * day - 1)
  await forgetInvitations(test.deps)
  t.ok(await known(email))
  test.deps.clock.advance(2)
  await forgetInvitations(test.deps)
  t.notOk(await known(email))
  t.ok(await known(elsewhere.email), 'who acts for a space stays')
  t.equal((await owner.get('/v1/managers')).body.data.length, 1)
})

t.test('one address is mailed five invitations a day, from all spaces together', async (t) => {
  const { test, owner, elsewhere } = await world(t)
  const email = someone()
  const statuses = []
  for (const by of [owner, elsewhere, owner, elsewhere, owner, elsewhere])
    statuses.push((await invite(by, email)).status)
  t.strictSame(statuses, [201, 201, 201, 201, 201, 429])
  test.deps.clock.advance(day / 5)
  t.equal((await invite(owner, email)).status, 201)
})
