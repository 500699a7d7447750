import t from 'tap'
import { hour } from '../../src/platform/clock.ts'
import { suspendSpace } from '../../src/network/suspend-space.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addManager, type TestManager } from '../helpers/managers.ts'
import {
  addCaller,
  addSpace,
  sendFrom,
  steward,
  tokenFor,
  callerOf,
  type Caller,
} from '../helpers/network.ts'
import { queriesOf } from '../helpers/queries.ts'

interface Line {
  readonly id: string
  readonly at: string
  readonly spaceId: string | null
  readonly actorKind: string
  readonly actorName: string | null
  readonly actorId: string
  readonly action: string
  readonly objectId: string
}

const logOf = async (who: Pick<Caller, 'get'>, query = ''): Promise<Line[]> => {
  const { status, text, body } = await who.get(`/v1/audit-log${query}`)
  if (status !== 200) throw new Error(text)
  return (body as { data: Line[] }).data
}

/** Inês owns a space that sends Ada to another, and looks at her again. */
const story = async (test: TestApp) => {
  const spaceId = await addSpace(test)
  const owner = await addManager(test, { spaceId, role: 'owner' })
  const receiver = await addCaller(test)
  const id = await sendFrom(owner, receiver)
  test.deps.clock.advance(1)
  await owner.get(`/v1/referrals/${id}`)
  test.deps.clock.advance(1)
  await receiver.post(`/v1/referrals/${id}/accept`, {})
  return { spaceId, owner, receiver, id }
}

const ownerOf = (test: TestApp, { spaceId }: Pick<Caller, 'spaceId'>): Promise<TestManager> =>
  addManager(test, { spaceId, role: 'owner' })

t.test(
  'listAuditLog: a space reads what was done in it, newest first, and by whom of its people',
  async (t) => {
    const test = await testApp(t)
    const { spaceId, owner, receiver, id } = await story(test)
    const { managerId } = owner
    t.match(await logOf(owner), [
      { spaceId, actorKind: 'manager', actorId: managerId, actorName: 'Inês Moura', action: 'openContact' },
      { action: 'sendReferral', objectId: id, actorName: 'Inês Moura' },
    ])
    const theirs = await logOf(await ownerOf(test, receiver), `?objectId=${id}`)
    t.match(theirs, [{ action: 'acceptReferral', actorKind: 'client', actorName: 'test', objectId: id }])
    t.equal(theirs.length, 1, 'what the sender did is not theirs to read')
    t.strictSame(await logOf(await ownerOf(test, { spaceId: await addSpace(test) })), [])
  },
)

t.test(
  'listAuditLog: who acts for the space no more has no name in its log, and the row stays',
  async (t) => {
    const test = await testApp(t)
    const { spaceId, owner } = await story(test)
    const successor = await ownerOf(test, { spaceId })
    await test.deps.db.pool.query('delete from space_managers where manager_id = $1', [
      toUuid(owner.managerId),
    ])
    t.match(await logOf(successor), [
      { actorName: null, actorId: owner.managerId, action: 'openContact' },
      { actorName: null, actorId: owner.managerId, action: 'sendReferral' },
    ])
    await successor.post('/v1/managers', { email: owner.email, role: 'viewer' })
    const named = (await logOf(successor)).filter(({ actorId }) => actorId === owner.managerId)
    t.same(
      named.map(({ actorName }) => actorName),
      [null, null],
      'nor while they are only invited again',
    )
  },
)

t.test('listAuditLog: the log holds no word about a member, nor the name of who acted', async (t) => {
  const test = await testApp(t)
  const { owner } = await story(test)
  const { rows } = await test.deps.db.pool.query<{ row: string }>('select x::text as row from audit_log x')
  const stored = rows.map(({ row }) => row).join('\n')
  for (const word of ['Ada', 'Lovelace', 'Inês', owner.email]) t.notMatch(stored, word)
  t.notMatch(JSON.stringify(await logOf(owner)), /Ada|Lovelace/)
})

t.test(
  'listAuditLog: the steward reads what was decided about spaces, and never whose contact was opened',
  async (t) => {
    const test = await testApp(t)
    const { spaceId, owner, id } = await story(test)
    await suspendSpace(steward(test), spaceId, 'Members were charged.')
    const theSteward = await addManager(test, 'steward')
    const network = callerOf(test, spaceId, await tokenFor(test, 'network', ['audit:read']))
    for (const who of [theSteward, network]) {
      const seen = await logOf(who, '?limit=100')
      t.match(
        seen.filter(({ spaceId: of }) => of === spaceId),
        [{ action: 'suspendSpace', objectId: spaceId, actorKind: 'steward' }],
      )
      t.ok(
        seen.some(({ action, spaceId: of }) => action === 'createClient' && of === null),
        'and the log of the network itself',
      )
      for (const query of ['?action=openContact', `?objectId=${id}`, '?action=acceptReferral'])
        t.strictSame(await logOf(who, query), [], query)
    }
    t.match((await logOf(owner))[0], { action: 'suspendSpace' }, 'the space reads it, too')
    t.equal((await network.get('/v1/referrals?box=sent')).status, 403)
  },
)

t.test('listAuditLog: page by page each row comes once, those of one moment included', async (t) => {
  const test = await testApp(t)
  const { owner, receiver } = await story(test)
  for (let n = 0; n < 5; n += 1) await sendFrom(owner, receiver)
  const all = await logOf(owner)
  t.equal(all.length, 7)
  const paged: Line[] = []
  for (let path: string | null = '/v1/audit-log?limit=2'; path !== null;) {
    const { body, headers } = await owner.get(path)
    const page = body as { data: Line[]; nextCursor: string | null }
    t.ok(page.data.length <= 2)
    paged.push(...page.data)
    path = page.nextCursor && `/v1/audit-log?limit=2&cursor=${page.nextCursor}`
    if (path) t.equal(headers['link'], `<${path}>; rel="next"`)
  }
  t.strictSame(paged, all)
  const { body } = await owner.get('/v1/audit-log?limit=2')
  const cursor = (body as { nextCursor: string }).nextCursor
  const foreign = await (await ownerOf(test, receiver)).get(`/v1/audit-log?limit=2&cursor=${cursor}`)
  t.match(foreign.body, { code: 'invalid_cursor' }, 'the place in one log is none in another')
  t.equal((await owner.get(`/v1/audit-log?action=openContact&cursor=${cursor}`)).status, 400)
})

t.test('listAuditLog: from a moment on and before another, no more than 366 days', async (t) => {
  const test = await testApp(t)
  const { owner } = await story(test)
  const [opened, sent] = await logOf(owner)
  if (!opened || !sent) throw new Error('Two things were done')
  t.strictSame(await logOf(owner, `?from=${opened.at}`), [opened], 'the first moment belongs to it')
  t.strictSame(await logOf(owner, `?to=${opened.at}`), [sent], 'the last one does not')
  test.deps.clock.advance(91 * 24 * hour)
  t.strictSame(await logOf(await ownerOf(test, owner)), [], 'without a beginning, 90 days')
  const again = await ownerOf(test, owner)
  t.equal((await logOf(again, `?from=${sent.at}`)).length, 2)
  for (const range of [
    'from=2025-11-01T00:00:00Z&to=2026-11-20T00:00:00Z',
    'from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z',
  ])
    t.match((await again.get(`/v1/audit-log?${range}`)).body, {
      code: 'validation_failed',
      errors: [{ pointer: '/from' }],
    })
})

t.test('listAuditLog: only the partitions of its time are read', async (t) => {
  const test = await testApp(t)
  const { spaceId, owner } = await story(test)
  const range = ['2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z']
  const texts = await queriesOf(test, () => logOf(owner, `?from=${range.join('&to=')}`))
  const text = texts.find((one) => one.includes('"audit_log"')) ?? ''
  const { rows } = await test.deps.db.pool.query<Record<string, string>>(`explain ${text}`, [
    toUuid(spaceId),
    ...range,
    51,
  ])
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  t.strictSame(plan.match(/ on audit_log\w+/g), [' on audit_log_2026_q4'])
})

t.test('what the steward reads is found by one index of its rows, however full the log is', async (t) => {
  const test = await testApp(t)
  const theSteward = await addManager(test, 'steward')
  await test.deps.db.pool.query(
    `insert into audit_log (space_id, at, id, actor_kind, actor_id, action, object_id, request_id)
     select gen_random_uuid(), timestamptz '2026-11-01' + n * interval '1 minute', gen_random_uuid(), 'client', 'cli_x',
       case when n % 500 = 0 then 'admitSpace' else 'openContact' end, 'ref_x', 'req'
     from generate_series(1, 20000) n`,
  )
  const range = ['2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z']
  const texts = await queriesOf(test, () => logOf(theSteward, `?from=${range.join('&to=')}`))
  const text = texts.find((one) => one.includes('"audit_log"')) ?? ''
  const { rows } = await test.deps.db.pool.query<Record<string, string>>(`explain (analyze) ${text}`, [
    ...range,
    51,
  ])
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  t.match(plan, 'audit_log_2026_q4_at_id_idx')
  t.notMatch(plan, /Seq Scan|Rows Removed/, 'no other row is looked at')
})
