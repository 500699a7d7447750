import t from 'tap'
import { makeSteward } from '../../src/access/make-steward.ts'
import { admitApplication } from '../../src/network/admit-application.ts'
import { forgetApplications } from '../../src/network/forget-applications.ts'
import { rejectApplication } from '../../src/network/reject-application.ts'
import { withdrawApplication } from '../../src/network/withdraw-application.ts'
import { day } from '../../src/platform/clock.ts'
import { toUuid, type Id } from '../../src/platform/ids.ts'
import { testApp } from '../helpers/app.ts'
import { rowsOf, signIn } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace, steward } from '../helpers/network.ts'
import { until } from '../helpers/until.ts'
import { applied, as, claim, listed, nave, spaceRow } from './world.ts'

t.test('an application that came to nothing is forgotten half a year after its end', async (t) => {
  const test = await testApp(t)
  const by = (email: string, name: string) => ({
    ...nave,
    contact: { name: 'Wanda Quist', email },
    space: { ...nave.space, name },
    statement: 'The moth said so.',
    background: 'A moth.',
  })
  const rejectedClaim = await applied(test, claim(await listed(test), 'wanda@quist.example'))
  const withdrawnClaim = await applied(test, claim(await listed(test), 'wim@quist.example'))
  const rejected = await applied(test, by('lea@nave.example', 'Nave'))
  const admitted = await applied(test, by('ada@arche.example', 'Arche'))
  const known = await addManager(test, { spaceId: await addSpace(test), role: 'viewer' }, 'max@example.org')
  const knownsClaim = await applied(test, claim(await listed(test), known.email))
  const stewards = await applied(test, claim(await listed(test), 'tom@example.org'))
  await makeSteward(steward(test), { name: 'Tom', email: 'tom@example.org' })
  // Somebody who looks now and then whether something has changed.
  await signIn(test, 'wanda@quist.example')
  for (const { id } of [rejectedClaim, rejected, knownsClaim, stewards])
    await rejectApplication(steward(test), id, 'The moth is not a space.')
  await withdrawApplication(await as(test, { managerId: withdrawnClaim.managerId }), withdrawnClaim.id)
  await admitApplication(steward(test), admitted.id)

  const isThere = async (table: string, id: Id<'application' | 'manager'>) => {
    const { rows } = await test.deps.db.pool.query(`select from ${table} where id = $1`, [toUuid(id)])
    return rows.length > 0
  }
  const ended = [rejectedClaim, withdrawnClaim, rejected, knownsClaim, stewards]

  test.deps.clock.advance(180 * day)
  await forgetApplications(test.deps)
  for (const { id } of ended) t.ok(await isThere('applications', id), 'not before')

  test.deps.clock.advance(1)
  await forgetApplications(test.deps)
  for (const { id } of ended) t.notOk(await isThere('applications', id))
  for (const { managerId } of [rejectedClaim, withdrawnClaim]) t.notOk(await isThere('managers', managerId))
  t.strictSame(await rowsOf(test, 'sessions'), [])
  for (const { managerId } of [rejected, knownsClaim, stewards, admitted])
    t.ok(await isThere('managers', managerId), 'who is something else here stays')

  t.match(await spaceRow(test, rejected.spaceId), { status: 'rejected', background: null, challenge: null })
  t.match(await spaceRow(test, admitted.spaceId), { background: 'A moth.' })
  const kept = await Promise.all(
    ['applications', 'spaces', 'outbox', 'audit_log'].map((one) => rowsOf(test, one)),
  )
  t.equal(
    kept.flat().filter((row) => row.includes('moth')).length,
    2,
    'that of the space that is in, and its words',
  )

  const again = await applied(test, claim(rejected.spaceId, 'lea@nave.example'))
  t.equal(again.managerId, rejected.managerId)
})

t.test('who asks again just then is waited for, and what they say stays', async (t) => {
  const test = await testApp(t)
  const { pool } = test.deps.db
  const { id, managerId, spaceId } = await applied(test)
  await rejectApplication(steward(test), id, 'Not yet open.')
  test.deps.clock.advance(180 * day + 1)
  // As far as who confirms an application has come that is not written yet: person before space.
  const confirming = await pool.connect()
  await confirming.query('begin')
  await confirming.query('select from managers where id = $1 for update', [toUuid(managerId)])
  const forgetting = forgetApplications(test.deps)
  await until(async () => {
    const { rows } = await pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows.length > 0
  })
  await confirming.query('select from spaces where id = $1 for no key update', [toUuid(spaceId)])
  await confirming.query(
    `insert into applications select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'status', 'pending'))).*
       from applications a where a.id = $1`,
    [toUuid(id)],
  )
  await confirming.query('commit')
  confirming.release()
  await forgetting
  t.match(await spaceRow(test, spaceId), { background: nave.background, challenge: nave.challenge })
})

t.test('who waits for another space stays, and holds up nobody’s forgetting', async (t) => {
  const test = await testApp(t)
  const ended = await applied(test, claim(await listed(test), 'wanda@quist.example'))
  await rejectApplication(steward(test), ended.id, 'Not yet open.')
  test.deps.clock.advance(180 * day + 1)
  const waiting = await applied(test, claim(await listed(test), 'wanda@quist.example'))
  await forgetApplications(test.deps)
  t.strictSame((await rowsOf(test, 'applications')).length, 1)
  t.equal(waiting.managerId, ended.managerId)
  t.equal((await rowsOf(test, 'managers')).length, 1)
})
