import pg from 'pg'
import t from 'tap'
import type { Ctx } from '../../src/platform/context.ts'
import type { Id } from '../../src/platform/ids.ts'
import { grantConsent, revokeConsent } from '../../src/referrals/member-consent.ts'
import { withdrawReferral } from '../../src/referrals/withdraw.ts'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addCaller, newReferral } from '../helpers/network.ts'
import { until } from '../helpers/until.ts'

/** Runs `first`, then `second`, both waiting for the same card, which is let go of once both wait. */
const whileBothWait = async (
  test: TestApp,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
) => {
  const holder = new pg.Client({ connectionString: test.ownerUrl })
  await holder.connect()
  // Apart, since within a transaction the view of who waits stands still.
  const watcher = new pg.Client({ connectionString: test.ownerUrl })
  await watcher.connect()
  await holder.query('begin')
  await holder.query('select 1 from referrals for update')
  const waiting = (count: number) =>
    until(async () => {
      const { rows } = await watcher.query<{ n: string }>(
        `select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return Number(rows[0]?.n) >= count
    })
  const one = first()
  await waiting(1)
  const two = second()
  await waiting(2)
  await holder.query('commit')
  await Promise.all([holder.end(), watcher.end()])
  return Promise.allSettled([one, two])
}

for (const late of ['withdraw', 'revoke'] as const) {
  t.test(`a ${late} that waits while consent is granted ends the referral on both sides`, async (t) => {
    const test = await testApp(t)
    const [sender, receiver] = [await addCaller(test), await addCaller(test)]
    const sent = await sender.post(
      '/v1/referrals',
      newReferral(receiver.spaceId, { consent: { kind: 'link' } }),
    )
    const referralId = sent.body.id as Id<'referral'>
    const target = { senderId: sender.spaceId, referralId }
    const member: Ctx = { ...test.deps, actor: { kind: 'member', id: referralId }, requestId: 'test' }
    const asSender: Ctx = {
      ...member,
      actor: {
        kind: 'client',
        id: 'cli_01kn3xq5wde7mvqrb2fj8s6t4a',
        owner: 'space',
        spaceId: sender.spaceId,
        operatorId: null,
        standing: 'admitted',
        scopes: new Set(['referrals:write']),
      },
    }
    const settled = await whileBothWait(
      test,
      () => grantConsent(member, target),
      () => (late === 'withdraw' ? withdrawReferral(asSender, referralId) : revokeConsent(member, target)),
    )
    t.same(
      settled.map(({ status }) => status),
      ['fulfilled', 'fulfilled'],
    )
    const status = late === 'withdraw' ? 'withdrawn' : 'consent_revoked'
    for (const who of [sender, receiver])
      t.equal((await who.get(`/v1/referrals/${referralId}`)).body.status, status)
    t.equal((await receiver.post(`/v1/referrals/${referralId}/accept`, {})).status, 409)
    t.same((await verifyLedger(test.deps)).differences, [])
  })
}

t.test('updatedAt rises with every change, whatever the clocks of the nodes say', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const sent = await sender.post('/v1/referrals', newReferral(receiver.spaceId))
  const url = `/v1/referrals/${String(sent.body.id)}`
  const accepted = (await receiver.post(`${url}/accept`, {})).body.updatedAt as string
  test.deps.clock.advance(-30_000)
  const visited = (await receiver.post(`${url}/record-visit`, { on: '2026-11-20' })).body.updatedAt as string
  t.ok(sent.body.updatedAt < accepted && accepted < visited, `${accepted} < ${visited}`)
  const found = await sender.get(`/v1/referrals?box=sent&updatedAfter=${accepted}`)
  t.equal(found.body.data.length, 1)
})

t.test('days and moments that the database does not know are refused with 422', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  for (const moment of ['0000-01-01T00:00:00Z', '2026-11-20T09:30:00%2B23:59', '2026-11-20']) {
    t.equal((await sender.get(`/v1/referrals?box=sent&updatedAfter=${moment}`)).status, 422, moment)
  }
  const consent = { kind: 'attested', obtainedOn: '0000-01-01', how: 'in_person' }
  t.equal((await sender.post('/v1/referrals', newReferral(receiver.spaceId, { consent }))).status, 422)
})

t.test('the same filters in another order are the same list', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  for (let n = 0; n < 2; n += 1) await sender.post('/v1/referrals', newReferral(receiver.spaceId))
  const first = await sender.get('/v1/referrals?box=sent&phase=pending&limit=1')
  const next = await sender.get(
    `/v1/referrals?phase=pending&limit=1&cursor=${String(first.body.nextCursor)}&box=sent`,
  )
  t.equal(next.status, 200, next.text)
  t.not(next.body.data[0].id, first.body.data[0].id)
})
