import t from 'tap'
import { makeKeys } from '../../src/platform/keys.ts'
import { newId } from '../../src/platform/ids.ts'
import { testApp } from '../helpers/app.ts'
import { commandLine } from '../helpers/command-line.ts'
import { brokenInvariants } from '../helpers/invariants.ts'
import { acceptedFrom, addLastingCaller, done, joinedFrom, pointsOf, step } from './world.ts'

t.test('waggle resolve ends a dispute, moves the points, and says what stands', async (t) => {
  const keys = makeKeys()
  const test = await testApp(t, { keys })
  const waggle = commandLine(test, keys)
  const [a, b] = [await addLastingCaller(test), await addLastingCaller(test)]

  const reversed = await joinedFrom(a, b)
  await done(b, `/v1/referrals/${reversed}/dispute`, { stage: 'trial' })
  t.match(await pointsOf(a), { earned: 25, inFlight: 75 })
  t.same(await waggle('resolve', reversed, 'reversed'), {
    code: 0,
    out:
      `${reversed}: reversed. What was reached is trial, not joined.\n` +
      'The points up to trial count; the referral is closed, not_joined.\n',
    err: '',
  })
  t.match(await pointsOf(a), { earned: 25, inFlight: 0 })

  const upheld = await acceptedFrom(a, b)
  await done(a, `/v1/referrals/${upheld}/claim`, { stage: 'visited' })
  await step(b, upheld, 'dispute')
  const [listed] = (await waggle('disputes', '--json')).out.split('\n')
  t.match(JSON.parse(listed ?? ''), {
    referralId: upheld,
    by: 'receiver',
    contested: 'visited',
    asserted: 'none',
    memberReport: null,
    note: null,
  })
  t.match(await waggle('resolve', upheld, 'upheld'), {
    code: 0,
    out:
      `${upheld}: upheld. What was reached is visited, not none.\n` +
      'The points up to visited count; the referral is visited.\n',
  })
  t.match(await pointsOf(a), { earned: 35, inFlight: 90 })
  t.same(await waggle('disputes'), { code: 0, out: '', err: 'Nothing is in dispute.\n' })
  const { rows } = await test.deps.db.pool.query<{ actor: string }>(
    `select actor_kind || ' ' || object_id as actor from audit_log where action = 'resolveDispute' order by 1`,
  )
  t.same(
    rows.map(({ actor }) => actor),
    [reversed, upheld].sort().map((id) => `steward ${id}`),
  )
  t.same(await brokenInvariants(test.deps), [])
})

t.test('waggle resolve says in one sentence why not, and ends with 1', async (t) => {
  const keys = makeKeys()
  const test = await testApp(t, { keys })
  const waggle = commandLine(test, keys)
  const [a, b] = [await addLastingCaller(test), await addLastingCaller(test)]
  const id = await joinedFrom(a, b)
  t.same(await waggle('resolve', id, 'upheld'), {
    code: 1,
    out: '',
    err: `Nothing is in dispute on ${id}.\n`,
  })
  const unknown = newId('referral', 1)
  t.match(await waggle('resolve', unknown, 'upheld'), { code: 1, err: `There is no referral ${unknown}.\n` })
  t.match(await waggle('resolve', 'spc_1', 'upheld'), {
    code: 1,
    err: 'spc_1 is not the id of a referral (ref_…).\n',
  })
  t.match(await waggle('resolve', id, 'maybe'), { code: 1, err: /Allowed choices are upheld, reversed/ })
  t.match(await waggle('resolve', id), { code: 1, err: /missing required argument 'decision'/ })
  await done(b, `/v1/referrals/${id}/dispute`, { stage: 'trial' })
  const [listed] = (await waggle('disputes', '--json')).out.split('\n')
  const seen = String(JSON.parse(listed ?? '').version)
  t.match((await waggle('disputes')).out, `waggle resolve ${id} upheld | reversed --seen ${seen}`)
  t.match(await waggle('resolve', id, 'upheld', '--seen', 'now'), {
    code: 1,
    err: /--seen takes the version/,
  })
  t.match(
    await waggle('resolve', id, 'upheld', '--seen', String(Number(seen) - 1)),
    { code: 1, err: `${id} has changed since you looked: see \`waggle disputes\`.\n` },
    'what nobody saw is not decided',
  )
  t.match(await pointsOf(a), { earned: 25, inFlight: 75 }, 'and waits')
  t.equal((await waggle('resolve', id, 'upheld', '--seen', seen)).code, 0)
  t.match(await waggle('resolve', id, 'reversed'), { code: 1, err: /Nothing is in dispute/ }, 'once')
  t.match(await pointsOf(a), { earned: 100 })
})
