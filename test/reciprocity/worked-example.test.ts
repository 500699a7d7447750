import t from 'tap'
import { openDatabase } from '../../src/platform/database/pool.ts'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { testApp } from '../helpers/app.ts'
import { addCaller, joinFrom, type Caller } from '../helpers/network.ts'

/** Joins, in credits: X→Y n = X sent n people to Y who joined (design, "Reciprocity"). */
const joins = { BA: 5, AB: 2, CB: 3, AC: 2, DC: 4, CD: 1, AD: 2 }
const expected = {
  A: { earned: 600, owed: 500, net: 100, directReturned: 200 },
  B: { earned: 500, owed: 500, net: 0, directReturned: 200 },
  C: { earned: 400, owed: 600, net: -200, directReturned: 100 },
  D: { earned: 400, owed: 300, net: 100, directReturned: 100 },
}

t.test('the worked example: earned, owed, net and direct return of four spaces', async (t) => {
  const test = await testApp(t)
  const spaces: Record<string, Caller> = {}
  for (const name of 'ABCD') spaces[name] = await addCaller(test, { name })
  for (const [pair, count] of Object.entries(joins)) {
    const [from, to] = [spaces[pair[0]!]!, spaces[pair[1]!]!]
    await Promise.all(Array.from({ length: count }, () => joinFrom(from, to)))
  }
  let [earned, direct] = [0, 0]
  for (const [name, points] of Object.entries(expected)) {
    const { body } = await spaces[name]!.get('/v1/reciprocity')
    t.match(
      body.points,
      { ...points, held: 0, inFlight: 0, unreturned: points.earned - points.directReturned },
      name,
    )
    t.equal(body.returnRate, Math.round((points.directReturned / points.earned) * 10_000) / 10_000)
    earned += body.points.earned as number
    direct += body.points.directReturned as number
  }
  t.same([earned, direct], [1_900, 600], 'gross 19, direct 6')
  t.same((await verifyLedger(test.deps)).differences, [])

  const peers = (await spaces['A']!.get('/v1/reciprocity/peers')).body.data as {
    peer: { name: string }
    points: object
  }[]
  t.same(
    Object.fromEntries(peers.map(({ peer, points }) => [peer.name, points])),
    {
      B: { earned: 200, owed: 500, net: -300, held: 0, provisional: 150, inFlight: 0 },
      C: { earned: 200, owed: 0, net: 200, held: 0, provisional: 150, inFlight: 0 },
      D: { earned: 200, owed: 0, net: 200, held: 0, provisional: 150, inFlight: 0 },
    },
    'what stands between A and each peer',
  )
})

t.test('the limit grows with what was earned in 365 days: min(20, 3 + credits)', async (t) => {
  const test = await testApp(t)
  const [a, b] = [await addCaller(test), await addCaller(test)]
  t.equal((await a.get('/v1/reciprocity')).body.limit, 300)
  for (let round = 0; round < 2; round += 1) await joinFrom(a, b)
  t.equal((await a.get('/v1/reciprocity')).body.limit, 500)
  t.equal((await b.get('/v1/reciprocity')).body.limit, 300)
})

t.test('verify-ledger finds a balance, an entry or a count that was tampered with', async (t) => {
  const test = await testApp(t)
  const [a, b] = [await addCaller(test), await addCaller(test)]
  await joinFrom(a, b)
  t.same((await verifyLedger(test.deps)).differences, [])
  // One connection: what it has changed and not committed is seen by the checks, and by nobody else.
  const db = openDatabase({ url: test.ownerUrl, size: 1, onError: () => undefined })
  t.teardown(() => db.close())
  const tampering = [
    'update space_balances set earned = earned + 1 where earned > 0',
    'update pair_balances set owed = owed - 10 where owed > 0',
    'update space_balances set direct_returned = 5',
    'update pair_balances set sent = sent + 1 where sent > 0',
    'delete from ledger_entries where points = 75',
    'update ledger_entries set points = points + 1 where points = 10',
    `update pendings set state = 'open' where stage = 'trial'`,
    `update referrals set status = 'trial' where role = 'sender'`,
  ]
  for (const sql of tampering) {
    await db.pool.query('begin')
    await db.pool.query(sql)
    t.not((await verifyLedger({ ...test.deps, db })).differences.length, 0, sql)
    await db.pool.query('rollback')
    t.same((await verifyLedger({ ...test.deps, db })).differences, [], 'and none once it is undone')
  }
})

t.test('entries are listed newest first, by peer and by referral, mirrored for both', async (t) => {
  const test = await testApp(t)
  const [a, b, c] = [await addCaller(test), await addCaller(test), await addCaller(test)]
  const first = await joinFrom(a, b)
  await joinFrom(a, c)
  const entries = async (who: Caller, query = '') =>
    (await who.get(`/v1/reciprocity/entries${query}`)).body.data as { points: number; stage: string }[]
  t.equal((await entries(a)).length, 6)
  const ofFirst = await entries(a, `?referralId=${first}`)
  t.same(ofFirst.map(({ points }) => points).sort(), [10, 15, 75])
  t.same((await entries(b)).map(({ points }) => points).sort(), [-10, -15, -75])
  t.equal((await entries(a, `?peerId=${c.spaceId}`)).length, 3)
  t.equal((await entries(c, `?referralId=${first}`)).length, 0, 'not for a space that had no part in it')
  const page = (await a.get('/v1/reciprocity/entries?limit=4')).body
  const rest = await entries(a, `?limit=4&cursor=${String(page.nextCursor)}`)
  t.equal(page.data.length + rest.length, 6)
})
