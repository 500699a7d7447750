import pg from 'pg'
import t, { type Test } from 'tap'
import { day } from '../../src/platform/clock.ts'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { testApp, testStart } from '../helpers/app.ts'
import { addLastingCaller, joinedFrom, step } from './world.ts'

/** Two people who joined, so many days apart, and a connection that may break anything. */
const twoPeople = async (t: Test, apart: number) => {
  const test = await testApp(t)
  const [a, b] = [await addLastingCaller(test), await addLastingCaller(test)]
  const first = await joinedFrom(a, b)
  test.deps.clock.set(testStart + apart)
  await joinedFrom(a, b)
  const owner = new pg.Client({ connectionString: test.ownerUrl })
  await owner.connect()
  t.teardown(() => owner.end())
  const found = async () => (await verifyLedger(test.deps)).differences
  t.same(await found(), [])
  return { b, first, owner, found }
}

/** Makes one person of the two. */
const onePerson =
  'update referrals set person_hash = (select max(person_hash) from referrals) where person_hash is not null'

const checks = {
  worth: 'a person is worth 100 points at most in any window',
  kept: 'what a person brought is remembered while it counts',
  reserved: 'what open disputes hold is reserved for the person',
}

t.test('verify-ledger finds whoever was counted twice in 365 days, to the millisecond', async (t) => {
  for (const [apart, isFound] of [
    [0, true],
    [365 * day - 1, true],
    [365 * day, false],
  ] as const) {
    const { owner, found } = await twoPeople(t, apart)
    await owner.query(onePerson)
    const twice = (await found()).filter(({ check }) => check === checks.worth)
    t.same(
      twice.map(({ detail }) => detail),
      isFound ? ['200'] : [],
      `${apart / day} days apart`,
    )
  }
})

t.test('verify-ledger finds what is kept of a person and not so', async (t) => {
  const { b, first, owner, found } = await twoPeople(t, day)
  const breaks = [
    [`delete from person_earnings`, checks.kept, '0 of 100'],
    [
      `update person_earnings set postings = '[{"at": "2026-11-20T09:30:00Z", "points": 75}]'`,
      checks.kept,
      '75 of 100',
    ],
    [`update person_earnings set reserved = 10`, checks.reserved, '10 of 0'],
  ] as const
  for (const [change, check, detail] of breaks) {
    await owner.query('create table kept as table person_earnings')
    await owner.query(change)
    t.match(
      await found(),
      [
        { check, detail },
        { check, detail },
      ],
      change,
    )
    await owner.query('truncate person_earnings')
    await owner.query('insert into person_earnings table kept')
    await owner.query('drop table kept')
  }
  await step(b, first, 'dispute', { stage: 'visited' })
  t.same(await found(), [])
  await owner.query('update person_earnings set reserved = 0')
  t.match(await found(), [{ check: checks.reserved, detail: '0 of 90' }])
})
