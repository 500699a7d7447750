import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import t, { type Test } from 'tap'
import * as access from '../../db/schema/access.ts'
import * as events from '../../db/schema/events.ts'
import * as network from '../../db/schema/network.ts'
import * as reciprocity from '../../db/schema/reciprocity.ts'
import * as referralTables from '../../db/schema/referrals.ts'
import * as spaces from '../../db/schema/spaces.ts'
import { sealIdentity } from '../../src/access/manager-identity.ts'
import { sealedColumns } from '../../src/cli/sealed-columns.ts'
import { instant } from '../../src/platform/clock.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { newId, toUuid } from '../../src/platform/ids.ts'
import { loadKeys, makeKeys, withNewSealKey, type KeyFile } from '../../src/platform/keys.ts'
import { reseal, sealedBy } from '../../src/platform/reseal.ts'
import { seal } from '../../src/platform/sealing.ts'
import { textBoundTo, textRow, textsOf } from '../../src/referrals/cards.ts'
import { readUnscoped } from '../../src/platform/database/door.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { commandLine } from '../helpers/command-line.ts'
import { addCaller, newReferral, sendFrom } from '../helpers/network.ts'
import { until } from '../helpers/until.ts'

const old = makeKeys()
const rotated = withNewSealKey(old)
const [oldId, newId_] = Object.keys(rotated.seal) as [string, string]

const withKeys = ({ deps }: TestApp, file: KeyFile) => ({ ...deps, keys: loadKeys(file) })

const texts = sealedColumns[0]
if (!texts) throw new Error('There are sealed texts')

const countsIn = async (test: TestApp, column = texts) =>
  Object.fromEntries(await sealedBy(test.deps, column))

t.test('every column of sealed values is on the list that is sealed anew', (t) => {
  const modules = [access, events, network, reciprocity, referralTables, spaces] as object[]
  const tables = modules.flatMap((module) =>
    Object.values(module).filter((one): one is PgTable => is(one, PgTable)),
  )
  const bytes = tables.flatMap((table) =>
    Object.values(getTableColumns(table))
      .filter((column) => column.getSQLType() === 'bytea')
      .map((column) => `${getTableName(table)}.${column.name}`),
  )
  const isSealed = (name: string) => !/(_hash|public_key)$/.test(name)
  t.same(
    bytes.filter(isSealed).sort(),
    sealedColumns.map(({ table, sealed }) => `${getTableName(table)}.${sealed.name}`).sort(),
  )
  t.end()
})

t.test(
  'words, kept answers and people are sealed anew by the newest key, and say what they said',
  async (t) => {
    const test = await testApp(t, { keys: old })
    const [a, b] = [await addCaller(test), await addCaller(test)]
    const id = await sendFrom(a, b)
    const manager = newId('manager', test.deps.clock.now())
    await test.deps.db.pool.query(
      insertAll([
        rowsOf(access.managers, [
          {
            id: manager,
            emailHash: Buffer.from(manager),
            identity: sealIdentity(test.deps, manager, { name: 'Ada', email: 'ada@desk.example' }),
            isSteward: false,
            locale: null,
            createdAt: instant(test.deps.clock.now()),
            lastSignedInAt: null,
          } as never,
        ]),
      ]),
    )
    const wordsBy = async (file: KeyFile) => {
      const deps = withKeys(test, file)
      return readUnscoped(deps, (tx) => textsOf(deps, tx, a.spaceId, id as never))
    }
    const before = await wordsBy(old)
    const run = commandLine(test, rotated)
    const { code, out, err } = await run('rotate-keys')
    t.equal(code, 0, err)
    t.match(
      out,
      new RegExp(
        `^key +seals\\n${oldId} +0  seals nothing: .*\\n${newId_} +[1-9]\\d*  seals now: it stays\\n$`,
      ),
    )
    const { [oldId]: gone, ...only } = rotated.seal
    t.ok(gone)
    t.same(await wordsBy({ ...rotated, seal: only }), before, 'the new key alone opens them')
    for (const column of sealedColumns)
      t.notOk((await countsIn(test, column))[oldId], getTableName(column.table))
    t.ok((await countsIn(test, sealedColumns[1]))[newId_], 'people')
    t.ok((await countsIn(test, sealedColumns[4]))[newId_], 'kept answers')
    const { rows } = await test.deps.db.pool.query(
      "select object_id, actor_kind from audit_log where action = 'rotateKeys'",
    )
    t.same(rows, [{ object_id: newId_, actor_kind: 'steward' }], 'who keeps the keys is noted')
    await run('rotate-keys')
    t.equal(
      (await test.deps.db.pool.query("select from audit_log where action = 'rotateKeys'")).rowCount,
      1,
      'once',
    )
  },
)

t.test('what a missing key sealed is named, the rest is sealed anew, and the command fails', async (t) => {
  const test = await testApp(t, { keys: old })
  const [a, b] = [await addCaller(test), await addCaller(test)]
  await sendFrom(a, b)
  const { seal: strange } = makeKeys()
  const [strangeId = ''] = Object.keys(strange)
  const row = (await test.deps.db.pool.query("select * from referral_texts where kind = 'brief' limit 1"))
    .rows[0]
  const other = loadKeys({ ...old, seal: strange })
  await test.deps.db.pool.query('update referral_texts set sealed = $1 where space_id = $2 and kind = $3', [
    seal(other.seal, 'x', textBoundTo({ spaceId: a.spaceId, referralId: 'x', kind: 'brief' })),
    row.space_id,
    'brief',
  ])
  const { code, out, err } = await commandLine(test, rotated)('rotate-keys')
  t.equal(code, 1)
  t.match(out, strangeId)
  t.match(out, 'not in WAGGLE_KEYS: put it back')
  t.match(err, '1 values cannot be opened')
  t.notOk((await countsIn(test))[oldId], 'the others are done')
  const answer = await a.get('/v1/referrals?box=sent')
  const [{ id }] = answer.body.data
  t.equal((await a.get(`/v1/referrals/${id}`)).status, 500)
  t.ok(
    test.logs.some((line) => line.includes('UnknownSealingKey') && line.includes(strangeId)),
    'the log names the key',
  )
  t.notOk(test.logs.some((line) => line.includes('Illustrator')))
})

/** A transaction of somebody else that holds rows, and what the rotation does about them meanwhile. */
const whileHeld = async (t: Test, test: TestApp, sql: string, values: unknown[]) => {
  const client = await test.deps.db.pool.connect()
  t.teardown(() => client.release())
  await client.query('begin')
  await client.query(sql, values)
  const rotation = reseal(withKeys(test, rotated), texts)
  await until(async () => {
    const { rowCount } = await test.deps.db.pool.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and query like 'update referral_texts%'",
    )
    return (rowCount ?? 0) > 0
  })
  await client.query('commit')
  return rotation
}

t.test('an erasure under way wins: nothing that it deletes comes back', async (t) => {
  const test = await testApp(t, { keys: old })
  const [a, b] = [await addCaller(test), await addCaller(test)]
  const id = await sendFrom(a, b)
  await sendFrom(a, b)
  const { resealed } = await whileHeld(t, test, 'delete from referral_texts where referral_id = $1', [
    toUuid(id),
  ])
  t.equal(resealed, 3, 'those of the other one')
  t.equal(
    (await test.deps.db.pool.query('select from referral_texts where referral_id = $1', [toUuid(id)]))
      .rowCount,
    0,
  )
})

t.test(
  'a word that is written meanwhile is not undone, and is sealed anew if an older key sealed it',
  async (t) => {
    const test = await testApp(t, { keys: old })
    const [a, b] = [await addCaller(test), await addCaller(test)]
    const id = (await sendFrom(a, b)) as `ref_${string}`
    const fresh = textRow(test.deps, a.spaceId, id, 'brief', '{"summary":"newer"}')
    await whileHeld(t, test, "update referral_texts set sealed = $1 where kind = 'brief' and space_id = $2", [
      fresh.sealed,
      toUuid(a.spaceId),
    ])
    const deps = withKeys(test, rotated)
    t.equal(
      (await readUnscoped(deps, (tx) => textsOf(deps, tx, a.spaceId, id))).get('brief'),
      '{"summary":"newer"}',
    )
    t.same(Object.keys(await countsIn(test)), [newId_])
  },
)

t.test('killed in the middle, the same command again does the rest', async (t) => {
  const test = await testApp(t, { keys: old })
  const [a, b] = [await addCaller(test), await addCaller(test)]
  const id = (await sendFrom(a, b)) as `ref_${string}`
  await fill(test, a.spaceId, id, 6_000)
  const main = fileURLToPath(new URL('../../src/main.js', import.meta.url))
  const child = spawn(process.execPath, [main, 'rotate-keys'], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: test.appUrl,
      DATABASE_OWNER_URL: test.ownerUrl,
      WAGGLE_KEYS: JSON.stringify(rotated),
    },
    stdio: 'ignore',
  })
  await until(async () => ((await countsIn(test))[newId_] ?? 0) > 0, 20_000)
  child.kill('SIGKILL')
  await once(child, 'close')
  const left = (await countsIn(test))[oldId] ?? 0
  t.ok(left > 0, `it was in the middle, with ${String(left)} left`)
  const { code, out } = await commandLine(test, rotated)('rotate-keys')
  t.equal(code, 0)
  t.match(out, new RegExp(`${oldId} +0  seals nothing: can be removed`))
  t.match((await a.post('/v1/referrals', newReferral(b.spaceId))).status, 201)
})

/** Copies of one card, each with a brief of its own. */
const fill = async (test: TestApp, spaceId: `spc_${string}`, id: `ref_${string}`, count: number) => {
  const { pool } = test.deps.db
  const [card] = (
    await pool.query('select * from referrals where space_id = $1 and id = $2', [toUuid(spaceId), toUuid(id)])
  ).rows
  const ids = Array.from({ length: count }, () => newId('referral', test.deps.clock.now()))
  await pool.query(
    `insert into referrals select c.* from unnest($1::uuid[]) as n (id),
       lateral jsonb_populate_record(null::referrals, $2::jsonb || jsonb_build_object('id', n.id)) c`,
    [ids.map(toUuid), JSON.stringify({ ...card, person_hash: null })],
  )
  const rows = ids.map((one) => textRow(test.deps, spaceId, one, 'brief', '{"summary":"x"}'))
  await pool.query(
    `insert into referral_texts select $1, r, 'brief', s from unnest($2::uuid[], $3::bytea[]) as n (r, s)`,
    [toUuid(spaceId), ids.map(toUuid), rows.map(({ sealed }) => sealed)],
  )
}
