import t from 'tap'
import { loadPlan, stepsOf } from '../../db/demo/load.ts'
import { makePlan } from '../../db/demo/plan.ts'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { testApp } from '../helpers/app.ts'

t.test('a plan is loaded whole, and every balance is what its entries say', async (t) => {
  const { deps } = await testApp(t)
  const plan = makePlan({ referrals: 120 })
  let steps = 0
  const loaded = await loadPlan(deps, plan, () => {
    steps += 1
  })
  t.equal(steps, stepsOf(plan))
  t.equal(loaded.size, plan.spaces.length)
  t.same((await verifyLedger(deps)).differences, [])

  const count = async (sql: string) =>
    Number((await deps.db.pool.query<{ n: string }>(`select count(*) as n from ${sql}`)).rows[0]?.n)
  t.equal(await count(`referrals where role = 'sender'`), 120)
  t.ok((await count('ledger_entries')) > 100)
  t.equal(await count('outbox where due_at is not null'), 0, 'no mail of the past is sent')
  t.equal(
    await count(
      `referrals where role = 'receiver' and phase = 'active' and coalesce(consented_at, notice_at) is null`,
    ),
    0,
    'who was accepted was told before',
  )
  t.equal(await count('referrals where updated_at > now()'), 0)
  t.ok(await count(`spaces where hosting_policy ? 'awayUntil'`))
  t.ok(await count(`spaces where status = 'unclaimed'`))
  t.ok(await count('spaces where operator_id is not null'))
})
