import t from 'tap'
import { openDatabase } from '../../src/platform/database/pool.ts'
import { testApp } from './app.ts'
import { brokenInvariants, historySizes } from './invariants.ts'
import { addCaller, joinFrom, newReferral, sendFrom } from './network.ts'

/** Breaks on purpose, as the owner of the tables, and what must be said of each. */
const breaks: [name: string, sql: string, said: RegExp][] = [
  [
    'points',
    `update ledger_entries set points = points + 1 where points > 0`,
    /points sum to zero, for each/,
  ],
  [
    'a second end',
    `with last as (select distinct on (space_id, referral_id) * from referral_events where to_status = 'closed')
      insert into referral_events select (jsonb_populate_record(null::referral_events,
        to_jsonb(last) || jsonb_build_object('id', gen_random_uuid(), 'seq', seq + 1, 'from_status', 'sent', 'to_status', 'withdrawn'))).* from last`,
    /one end at most/,
  ],
  [
    'a step out of an end',
    `update referral_events set from_status = 'declined' where event = 'close'`,
    /no way out/,
  ],
  [
    'a step of no edge',
    `update referral_events set actor_kind = 'steward' where event = 'accept'`,
    /edge of the lifecycle/,
  ],
  ['a gap', `delete from referral_events where event = 'accept'`, /begins where the last one ended/],
  ['a card ahead', `update referrals set version = version + 1`, /stands where its last event left it/],
  ['a card without events', `delete from referral_events`, /stands where its last event left it/],
  [
    'one side alone',
    `delete from referral_events e using referrals r where r.id = e.referral_id and r.space_id = e.space_id and role = 'receiver' and event = 'close'`,
    /both sides have the same history/,
  ],
  [
    'an event without a card',
    `insert into referral_events select r.peer_id, e.at, gen_random_uuid(), e.referral_id, e.seq, e.event, e.from_status, e.to_status, e.actor_kind, e.reason
      from referral_events e join referrals r on r.id = e.referral_id where e.event = 'draft'`,
    /without a card/,
  ],
  ['nothing promised', `delete from outbox where topic = 'referral.accept'`, /in the outbox once/],
  [
    'promised twice',
    `insert into outbox select space_id, gen_random_uuid(), topic, subject_id, data, at, due_at, attempts, last_fault from outbox where topic = 'referral.accept'`,
    /in the outbox once/,
  ],
  [
    'a right too many',
    `grant update on ledger_entries to waggle_app`,
    /history can be rewritten: update ledger_entries/,
  ],
  ['a balance', `update pair_balances set earned = earned + 1`, /pair balances/],
]

t.test('whatever is broken on purpose is found', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  await joinFrom(sender, receiver)
  await sendFrom(receiver, sender)
  await sender.post('/v1/referrals', newReferral(receiver.spaceId, { draft: true }))
  t.strictSame(await brokenInvariants(test.deps), [], 'nothing is broken')
  t.match(await historySizes(test.deps), { referral_events: 9, ledger_entries: 6, audit_log: Number })

  // One connection, so that what is asked is asked within the transaction that breaks and is rolled back.
  const db = openDatabase({ url: test.ownerUrl, size: 1, onError: () => undefined })
  t.teardown(() => db.close())
  for (const [name, sql, said] of breaks) {
    await db.pool.query('begin')
    await db.pool.query(sql)
    await db.pool.query('set local role waggle_app')
    const broken = await brokenInvariants({ ...test.deps, db })
    await db.pool.query('rollback')
    t.ok(
      broken.some((sentence) => said.test(sentence)),
      name,
    )
  }
})
