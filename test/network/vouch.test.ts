import t from 'tap'
import { admitSpace } from '../../src/network/admit-space.ts'
import { vouchForSpace } from '../../src/network/vouch.ts'
import { day, instant } from '../../src/platform/clock.ts'
import type { Id } from '../../src/platform/ids.ts'
import { toTypeId } from '../../src/platform/ids.ts'
import { makeKeys } from '../../src/platform/keys.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { testApp, testStart, type TestApp } from '../helpers/app.ts'
import { commandLine } from '../helpers/command-line.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import { addSpace, steward, type Caller } from '../helpers/network.ts'
import {
  acceptedFrom,
  addLastingCaller,
  join,
  joinedFrom,
  lastingCaller,
  pointsOf,
  step,
} from '../reciprocity/world.ts'
import { addOperator } from '../spaces/world.ts'

interface Row {
  readonly status: string
  readonly admitted: string | null
  readonly until: string | null
}

const rowOf = async ({ deps }: TestApp, id: Id<'space'>) => {
  const { rows } = await deps.db.pool.query<Row>(
    `select status, to_char(admitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as admitted,
       to_char(probation_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as until
     from spaces where slug = $1`,
    [id.replace('_', '-')],
  )
  return rows[0]!
}

const topicsOf = async ({ deps }: TestApp, id: Id<'space'>) => {
  const { rows } = await deps.db.pool.query<{ topic: string }>(
    'select topic from outbox where subject_id = $1 order by topic desc',
    [id],
  )
  return rows.map(({ topic }) => topic)
}

const voucher = (test: TestApp) => {
  const ctx = steward(test)
  return (spaceId: Id<'space'>, voucherId: Id<'space'>) => vouchForSpace(ctx, { spaceId, voucherId })
}

/** A space that two others have just vouched into the network, with a client. */
const admittedByVouches = async (test: TestApp): Promise<Caller> => {
  const spaceId = await addSpace(test, { status: 'registered' })
  for (const by of [await addSpace(test), await addSpace(test)]) await voucher(test)(spaceId, by)
  return lastingCaller(test, spaceId)
}

t.test('two vouches admit a registered or unclaimed space, on probation for 90 days', async (t) => {
  const test = await testApp(t)
  const vouch = voucher(test)
  const [nave, arna] = [await addSpace(test), await addSpace(test)]
  for (const status of ['registered', 'unclaimed'] as const) {
    const id = await addSpace(test, { status })
    t.same(await vouch(id, nave), { effect: 'counted', count: 1, needed: 2, probationUntil: null })
    t.match(await rowOf(test, id), { status, admitted: null })
    t.same(
      await vouch(id, nave),
      { effect: 'nothing', count: 1, needed: 2, probationUntil: null },
      'once each',
    )
    t.match(await rowOf(test, id), { status, admitted: null })
    const until = instant(testStart + 90 * day)
    t.same(await vouch(id, arna), { effect: 'admitted', count: 2, needed: 2, probationUntil: until })
    t.same(await rowOf(test, id), { status: 'admitted', admitted: instant(testStart), until })
    t.same(await topicsOf(test, id), ['space.vouched', 'space.vouched', 'space.admitted'])
    const audit = await test.deps.db.pool.query(
      `select from audit_log where action = 'vouchForSpace' and object_id = $1`,
      [arna],
    )
    t.ok(audit.rowCount)
  }
})

t.test('two vouches that come at once admit once', async (t) => {
  const test = await testApp(t)
  const vouchers = await Promise.all([1, 2, 3, 4].map(() => addSpace(test)))
  const id = await addSpace(test, { status: 'registered' })
  const effects = await Promise.all(vouchers.map((by) => voucher(test)(id, by)))
  t.same(effects.map(({ effect }) => effect).sort(), ['admitted', 'counted', 'counted', 'established'])
  t.same((await topicsOf(test, id)).filter((topic) => topic === 'space.admitted').length, 1)
})

t.test('spaces of one operator vouch once together, before the admission and after it', async (t) => {
  const test = await testApp(t)
  const vouch = voucher(test)
  const operatorId = await addOperator(test)
  const [one, another, third] = await Promise.all([1, 2, 3].map(() => addSpace(test, { operatorId })))
  const id = await addSpace(test, { status: 'registered' })
  t.match(await vouch(id, one!), { effect: 'counted', count: 1 })
  t.same(await vouch(id, another!), { effect: 'nothing', count: 1, needed: 2, probationUntil: null })
  t.match(await rowOf(test, id), { status: 'registered' })
  t.match(await vouch(id, await addSpace(test)), { effect: 'admitted', count: 2 })
  t.match(await vouch(id, third!), { effect: 'nothing', count: 0 })
  const other = await addOperator(test)
  const both = await Promise.all([1, 2].map(() => addSpace(test, { operatorId: other })))
  const effects = await Promise.all(both.map((by) => vouch(id, by)))
  t.same(effects.map(({ effect }) => effect).sort(), ['counted', 'nothing'], 'at once')
  t.match(await vouch(id, await addSpace(test, { operatorId: await addOperator(test) })), {
    effect: 'established',
  })
})

t.test('whoever may not vouch is told why, and nothing is counted', async (t) => {
  const test = await testApp(t)
  const vouch = voucher(test)
  const operatorId = await addOperator(test)
  const id = await addSpace(test, { status: 'registered', name: 'Nave', operatorId })
  const established = await addSpace(test)
  const refusals: [string, Id<'space'>, Id<'space'>, RegExp][] = [
    ['itself', established, established, /cannot vouch for itself/],
    ['not admitted', id, await addSpace(test, { status: 'registered' }), /is not in the network/],
    ['suspended', id, await addSpace(test, { status: 'suspended' }), /is not in the network/],
    [
      'on probation',
      id,
      await addSpace(test, { probationUntil: instant(testStart + 1) }),
      /on probation itself/,
    ],
    ['of the same operator', id, await addSpace(test, { operatorId }), /are of one operator/],
    ['for the suspended', await addSpace(test, { status: 'suspended' }), established, /is suspended/],
  ]
  for (const [what, space, by, message] of refusals) {
    await t.rejects(vouch(space, by), { code: 'wrong_standing', message }, what)
  }
  const unknown = toTypeId('space', '00000000-0000-7000-8000-000000000001')
  await t.rejects(vouch(unknown, established), { code: 'not_found' })
  await t.rejects(vouch(id, unknown), { code: 'not_found' })
  const ended = await addSpace(test, { probationUntil: instant(testStart) })
  t.match(await vouch(id, ended), { effect: 'counted', count: 1 }, 'a probation that is over is none')
  t.match(await vouch(established, ended), { effect: 'nothing' }, 'the established need no vouch')
  t.same(await topicsOf(test, established), [])
  const actor = {
    kind: 'client',
    id: 'cli_x',
    owner: 'space',
    spaceId: established,
    operatorId: null,
    standing: 'admitted',
  } as const
  const ctx = { ...steward(test), actor: { ...actor, scopes: new Set(['spaces:write']) } }
  await t.rejects(vouchForSpace(ctx, { spaceId: id, voucherId: established }), { code: 'insufficient_scope' })
})

t.test(
  'the second vouch after admission ends the probation and releases what it held, in one go',
  async (t) => {
    const test = await testApp(t)
    const vouch = voucher(test)
    const [fresh, old] = [await admittedByVouches(test), await addLastingCaller(test)]
    const earned = await joinedFrom(fresh, old)
    const owed = await joinedFrom(old, fresh)
    const open = await acceptedFrom(fresh, old)
    await step(old, open, 'record-visit', { on: '2026-11-20' })
    t.match(await pointsOf(fresh), { earned: 0, owed: 0, net: 0, held: 110, inFlight: 90 })

    t.match(await vouch(fresh.spaceId, await addSpace(test)), { effect: 'counted', count: 1 })
    t.match(await rowOf(test, fresh.spaceId), { until: instant(testStart + 90 * day) })
    await sweepReferrals(test.deps)
    t.match(await pointsOf(fresh), { held: 110 }, 'one vouch alone ends nothing')

    t.match(await vouch(fresh.spaceId, await addSpace(test)), { effect: 'established', probationUntil: null })
    t.match(await rowOf(test, fresh.spaceId), { status: 'admitted', until: null })
    for (const id of [earned, owed, open]) {
      t.match((await old.get(`/v1/referrals/${id}`)).body, {
        heldUntil: instant(testStart),
        nextDue: 'release',
        nextDueAt: instant(testStart),
      })
    }
    t.same(await brokenInvariants(test.deps), [], 'both cards agree before the clock has come')
    t.match(await sweepReferrals(test.deps), { done: 3, failed: 0 })
    t.match(await pointsOf(fresh), { earned: 110, owed: 100, net: 10, held: 0, inFlight: 90 })
    t.match((await old.get(`/v1/referrals/${earned}`)).body, { heldUntil: null, nextDue: 'confirm-join' })
    t.match((await old.get(`/v1/referrals/${open}`)).body, { heldUntil: null, nextDue: 'overdue' })
    t.same(await brokenInvariants(test.deps), [])
  },
)

t.test('what another party’s probation holds stays held until that ends', async (t) => {
  const test = await testApp(t)
  const until = instant(testStart + 40 * day)
  const [fresh, other] = [
    await admittedByVouches(test),
    await addLastingCaller(test, { probationUntil: until }),
  ]
  const id = await joinedFrom(fresh, other)
  t.match((await fresh.get(`/v1/referrals/${id}`)).body, { heldUntil: instant(testStart + 90 * day) })
  for (const by of [await addSpace(test), await addSpace(test)]) await voucher(test)(fresh.spaceId, by)
  t.match((await fresh.get(`/v1/referrals/${id}`)).body, { heldUntil: until, nextDue: 'confirm-join' })
  await sweepReferrals(test.deps)
  t.match(await pointsOf(fresh), { earned: 0, held: 100 })
  test.deps.clock.set(testStart + 40 * day)
  await sweepReferrals(test.deps)
  t.match(await pointsOf(fresh), { earned: 100, held: 0 })
  t.same(await brokenInvariants(test.deps), [])
})

t.test(
  'a space on probation that the steward admits is established, and what waited is released',
  async (t) => {
    const test = await testApp(t)
    const [fresh, old] = [await admittedByVouches(test), await addLastingCaller(test)]
    const id = await joinedFrom(fresh, old)
    const chained = await addLastingCaller(test, { probationUntil: instant(testStart + 40 * day) })
    const waits = await joinedFrom(chained, fresh)
    t.match(await admitSpace(steward(test), fresh.spaceId), { status: 'admitted', wasOnProbation: true })
    t.match(await rowOf(test, fresh.spaceId), { status: 'admitted', until: null })
    t.match((await old.get(`/v1/referrals/${id}`)).body, {
      heldUntil: instant(testStart),
      nextDue: 'release',
    })
    t.match((await fresh.get(`/v1/referrals/${waits}`)).body, { heldUntil: instant(testStart + 40 * day) })
    t.match(await sweepReferrals(test.deps), { done: 1, failed: 0 })
    t.match(await pointsOf(fresh), { earned: 100, held: 0 })
    t.match(await pointsOf(chained), { earned: 0, held: 100 }, 'which is on probation itself')
    t.match(await admitSpace(steward(test), fresh.spaceId), { wasOnProbation: false })
    t.same(await brokenInvariants(test.deps), [])
  },
)

t.test('vouches that end a probation while members join leave nothing held', async (t) => {
  const test = await testApp(t)
  for (let round = 0; round < 5; round += 1) {
    const fresh = await admittedByVouches(test)
    const others = await Promise.all([1, 2, 3].map(() => addLastingCaller(test)))
    const vouchers = await Promise.all([1, 2].map(() => addSpace(test)))
    const joining: (() => Promise<unknown>)[] = []
    for (const other of others) {
      const [out, home] = [await acceptedFrom(fresh, other), await acceptedFrom(other, fresh)]
      // One has points held before, so that its cards are wanted by both.
      await step(other, out, 'record-visit', { on: '2026-11-20' })
      joining.push(
        () => join(other, out),
        () => join(fresh, home),
      )
    }
    const vouching = vouchers.map((by) => () => voucher(test)(fresh.spaceId, by))
    joining.splice(round, 0, ...vouching)
    await Promise.all(joining.map((move) => move()))
    await sweepReferrals(test.deps)
    t.match(await pointsOf(fresh), { earned: 300, owed: 300, held: 0, inFlight: 0 })
    for (const other of others) t.match(await pointsOf(other), { earned: 100, owed: 100, held: 0 })
  }
  t.same(await brokenInvariants(test.deps), [])
})

t.test('waggle vouch takes ids, slugs and ids of a source, and says what came of it', async (t) => {
  const keys = makeKeys()
  const test = await testApp(t, { keys })
  const waggle = commandLine(test, keys)
  const names = ['Nave', 'Arna', 'Ruche', 'Hafen']
  for (const name of names) await addSpace(test, { name, slug: name.toLowerCase() })
  const id = await addSpace(test, { name: 'Flex-O', slug: 'flex-o', status: 'registered' })
  await test.deps.db.pool.query(
    `insert into space_external_ids select 'cobot', 'nave', id, true from spaces where slug = 'nave'`,
  )
  t.match(await waggle('vouch', 'flex-o', '--by', 'cobot:nave'), {
    code: 0,
    out: 'Nave vouches for Flex-O: 1 of 2 vouches.\n',
  })
  t.match(await waggle('vouch', id, '--by', 'nave'), {
    code: 0,
    out: 'Nave, or a space of the same operator or owner, has vouched for Flex-O before; nothing is changed.\n',
  })
  t.match(await waggle('vouch', id, '--by', 'arna'), {
    code: 0,
    out: /^Flex-O is in the network, on probation until \d{4}-\d\d-\d\d: spc_\w+\nclient id {6}cli_\w+\nclient secret /,
  })
  t.match(await waggle('vouch', id, '--by', 'ruche'), { code: 0, out: /: 1 of 2 vouches\.\n$/ })
  t.match(await waggle('vouch', id, '--by', 'hafen'), { code: 0, out: /^The probation of Flex-O is over/ })
  t.match(await waggle('vouch', id, '--by', 'hafen'), { code: 0, out: /^Flex-O is established/ })
  await addSpace(test, { name: 'Dock', slug: 'dock', probationUntil: '2099-01-01T00:00:00.000Z' })
  t.match(await waggle('admit', 'dock'), {
    code: 0,
    out: /^Dock is in the network: \w+\nIts probation is over/,
  })
  t.match(await waggle('admit', 'dock'), { code: 0, out: /^Dock is in the network: \w+\nclient id/ })
  t.match(await waggle('vouch', id, '--by', 'nobody'), { code: 1, err: 'There is no space nobody.\n' })
  t.match(await waggle('vouch', 'nave', '--by', 'nave'), { code: 1, err: 'Nave cannot vouch for itself.\n' })
  t.match(await waggle('vouch', id), { code: 1, err: /--by <space>/ })
})
