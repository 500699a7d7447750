import type pg from 'pg'
import { referralEvents, referrals } from '../db/schema/referrals.ts'
import { day, instant } from '../src/platform/clock.ts'
import { newId } from '../src/platform/ids.ts'
import { standardPolicy } from '../src/platform/policy.ts'
import { emptyCard } from '../src/referrals/cards.ts'
import { chance, copiesOf, uuidOf } from './copies.ts'
import { spaceIdOf } from './load-spaces.ts'
import { callers, type Size } from './size.ts'

export const founded = Date.UTC(2025, 0, 1)
export const nobody = newId('space', founded)
export const at = instant(founded)

const aCard: typeof referrals.$inferInsert = {
  ...emptyCard,
  spaceId: nobody,
  id: newId('referral', founded),
  peerId: nobody,
  originId: nobody,
  status: 'sent',
  phase: 'pending',
  stay: 'relocate',
  needs: { deskKind: 'fixed_desk', daysPerWeek: 4, amenities: ['quiet_room'] },
  externalRef: null,
  consentKind: 'attested',
  consentHow: 'in_person',
  consentOn: '2025-01-01',
  consentNamed: false,
  noticeAt: at,
  warnings: [],
  createdAt: at,
  invitedAt: null,
  submittedAt: at,
  sentAt: at,
  updatedAt: at,
  personHash: null,
}

const anEvent: typeof referralEvents.$inferInsert = {
  spaceId: nobody,
  at,
  id: newId('event', founded),
  referralId: newId('referral', founded),
  seq: 1,
  event: 'submit',
  fromStatus: 'draft',
  toStatus: 'sent',
  actorKind: 'sender',
  reason: null,
}

/** The days over which the referrals are spread, up to now. */
const span = 300 * day

/**
 * Referrals of 300 days in a table of the session, from which all else is made, and their cards. A sixteenth is sent by the callers, a
 * quarter waits with them for an answer; of the others a tenth is pending, half is over, a fifth active, a fifth joined.
 */
export const loadReferrals = async (client: pg.Client, size: Size, now: number): Promise<void> => {
  const n = String(size.referrals)
  const ms = `${String(now - span)} + n * ${String(Math.floor(span / size.referrals))}::bigint`
  const caller = (each: number) => `1 + (n / ${String(each)}) % ${String(callers)}`
  // Never the caller itself, which is among the first.
  const anybody = (seed: number) =>
    `1000 + floor(${chance('n', seed)} * ${String(size.spaces / 2 - 1000)})::bigint * 2 + ${String(seed % 2)}`
  await client.query(
    `create temp table told as select n, ${uuidOf(ms, 2, 'n')} as id, to_timestamp((${ms}) / 1000.0)::timestamptz(3) as at,
       ${spaceIdOf(`case when n % 16 = 0 then ${caller(16)} else ${anybody(10)} end`)} as sender,
       ${spaceIdOf(`case when n % 4 = 1 then ${caller(4)} else ${anybody(11)} end`)} as receiver,
       case when n % 4 = 1 or luck < 0.1 then 'sent' when luck < 0.6 then 'expired' when luck < 0.8 then 'accepted' else 'joined' end as became
     from (select n, ${chance('n', 12)} as luck from generate_series(1, ${n}) n) numbers`,
  )
  await client.query('analyze told')
  await loadCards(client)
}

/** Each referral as each of its two sides sees it. */
export const twice = `(select *, sender as own, receiver as peer, 'sender' as role, 'creditor' as side from told
  union all select *, receiver, sender, 'receiver', 'debtor' from told) g`

const later = (ms: number) => `g.at + interval '${String(ms)} milliseconds'`

const loadCards = async (client: pg.Client) => {
  const cards = copiesOf(
    referrals,
    aCard,
    {
      space_id: 'g.own',
      id: 'g.id',
      role: 'g.role',
      peer_id: 'g.peer',
      origin_id: 'g.sender',
      status: `case g.became when 'joined' then 'closed' else g.became end`,
      phase: `case g.became when 'sent' then 'pending' when 'accepted' then 'active' else 'closed' end`,
      version: `case g.became when 'sent' then 1 when 'joined' then 3 else 2 end`,
      outcome: `case g.became when 'joined' then 'joined' end`,
      reached: `case g.became when 'joined' then 'joined' end`,
      created_at: 'g.at',
      submitted_at: 'g.at',
      sent_at: 'g.at',
      notice_at: 'g.at',
      accepted_at: `case when g.became in ('accepted', 'joined') then g.at end`,
      closed_at: `case when g.became in ('expired', 'joined') then g.at end`,
      answer_by: later(standardPolicy.response),
      next_due: `case g.became when 'sent' then 'expire' when 'accepted' then 'end' end`,
      next_due_at: `case g.became when 'sent' then ${later(standardPolicy.response)} when 'accepted' then ${later(standardPolicy.active)} end`,
      progress_at: `case when g.became in ('accepted', 'joined') then g.at end`,
      joined_at: `case g.became when 'joined' then g.at end`,
      join_confirmed_at: `case g.became when 'joined' then ${later(standardPolicy.join)} end`,
      person_hash: `case g.role when 'sender' then sha256(int8send(g.n)) end`,
      updated_at: 'g.at',
    },
    twice,
  )
  await client.query(cards)
  const events = {
    space_id: 'g.own',
    at: 'g.at',
    id: uuidOf('0', 3, `g.n * 2 + case g.role when 'sender' then 0 else 1 end`),
    referral_id: 'g.id',
  }
  await client.query(copiesOf(referralEvents, anEvent, events, twice))
}
