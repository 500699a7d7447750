import type pg from 'pg'
import { ledgerEntries, pairBalances, pendings, spaceBalances } from '../db/schema/reciprocity.ts'
import { referralEvents, referrals } from '../db/schema/referrals.ts'
import { day, instant } from '../src/platform/clock.ts'
import { newId } from '../src/platform/ids.ts'
import { pointsOf, pointsPerReferral, stages } from '../src/reciprocity/balance.ts'
import { chance, copiesOf, uuidOf } from './copies.ts'
import { spaceIdOf } from './load-spaces.ts'
import { callers, type Size } from './size.ts'

const founded = Date.UTC(2025, 0, 1)
const nobody = newId('space', founded)
const at = instant(founded)

const aCard: typeof referrals.$inferInsert = {
  spaceId: nobody,
  id: newId('referral', founded),
  role: 'sender',
  peerId: nobody,
  status: 'sent',
  phase: 'pending',
  version: 1,
  stay: 'relocate',
  needs: { deskKind: 'fixed_desk', daysPerWeek: 4, amenities: ['quiet_room'] },
  externalRef: null,
  consentKind: 'attested',
  consentHow: 'in_person',
  consentOn: '2025-01-01',
  consentNamed: false,
  consentedAt: null,
  noticeAt: at,
  warnings: [],
  declineReason: null,
  redirectToSpaceId: null,
  termsKind: null,
  outcome: null,
  outcomeReason: null,
  visitedOn: null,
  createdAt: at,
  invitedAt: null,
  submittedAt: at,
  sentAt: at,
  acceptedAt: null,
  closedAt: null,
  updatedAt: at,
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

const aPending: typeof pendings.$inferInsert = {
  spaceId: nobody,
  referralId: newId('referral', founded),
  stage: 'visited',
  peerId: nobody,
  side: 'creditor',
  points: 0,
  state: 'open',
  openedAt: at,
  resolvedAt: null,
}

const anEntry: typeof ledgerEntries.$inferInsert = {
  spaceId: nobody,
  id: newId('entry', founded),
  peerId: nobody,
  referralId: newId('referral', founded),
  stage: 'visited',
  points: 0,
  at,
}

const nothing = {
  earned: 0,
  owed: 0,
  inFlight: 0,
  sent: 0,
  received: 0,
  sentActive: 0,
  receivedActive: 0,
  sentJoined: 0,
  receivedJoined: 0,
}

/** The days over which the referrals are spread, up to now. */
const span = 300 * day

/**
 * Referrals of 300 days in a table of the session, from which all else is made. A sixteenth is sent by the callers, a
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
  await loadLedger(client)
  await loadBalances(client, now)
}

const twice = `(select *, sender as own, receiver as peer, 'sender' as role, 'creditor' as side from told
  union all select *, receiver, sender, 'receiver', 'debtor' from told) g`

const loadCards = async (client: pg.Client) => {
  const cards = copiesOf(
    referrals,
    aCard,
    {
      space_id: 'g.own',
      id: 'g.id',
      role: 'g.role',
      peer_id: 'g.peer',
      status: `case g.became when 'joined' then 'closed' else g.became end`,
      phase: `case g.became when 'sent' then 'pending' when 'accepted' then 'active' else 'closed' end`,
      version: `case g.became when 'sent' then 1 when 'joined' then 3 else 2 end`,
      outcome: `case g.became when 'joined' then 'joined' end`,
      created_at: 'g.at',
      submitted_at: 'g.at',
      sent_at: 'g.at',
      notice_at: 'g.at',
      accepted_at: `case when g.became in ('accepted', 'joined') then g.at end`,
      closed_at: `case when g.became in ('expired', 'joined') then g.at end`,
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

const ofStages = stages.map((stage) => `('${stage}', ${String(pointsOf[stage])})`).join(', ')

const loadLedger = async (client: pg.Client) => {
  const opened = `${twice} join (values ${ofStages}) s (stage, points) on g.became in ('accepted', 'joined')`
  const own = { space_id: 'g.own', referral_id: 'g.id', peer_id: 'g.peer', stage: 's.stage' }
  const resolved = {
    side: 'g.side',
    points: 's.points',
    state: `case g.became when 'joined' then 'posted' else 'open' end`,
    opened_at: 'g.at',
    resolved_at: `case g.became when 'joined' then g.at end`,
  }
  await client.query(copiesOf(pendings, aPending, { ...own, ...resolved }, opened))
  const posted = {
    id: uuidOf('0', 4, `g.n * 256 + s.points * 2 + case g.role when 'sender' then 0 else 1 end`),
    points: `case g.side when 'creditor' then s.points else -s.points end`,
    at: 'g.at',
  }
  await client.query(
    copiesOf(ledgerEntries, anEntry, { ...own, ...posted }, `${opened} and g.became = 'joined'`),
  )
}

const counted = `(select own, peer,
    count(*) filter (where role = 'sender') as sent, count(*) filter (where role = 'receiver') as received,
    count(*) filter (where role = 'sender' and became = 'accepted') as sent_active,
    count(*) filter (where role = 'receiver' and became = 'accepted') as received_active,
    count(*) filter (where role = 'sender' and became = 'joined') as sent_joined,
    count(*) filter (where role = 'receiver' and became = 'joined') as received_joined
  from ${twice} group by own, peer) p`

const tallies = ['sent', 'received', 'sent_active', 'received_active', 'sent_joined', 'received_joined']

const loadBalances = async (client: pg.Client, now: number) => {
  const points = String(pointsPerReferral)
  const tallied = Object.fromEntries(tallies.map((name) => [name, `g.${name}`]))
  const sums = {
    ...tallied,
    earned: `g.sent_joined * ${points}`,
    owed: `g.received_joined * ${points}`,
    in_flight: `g.sent_active * ${points}`,
    space_id: 'g.own',
  }
  const updatedAt = instant(now)
  const pair = { ...nothing, spaceId: nobody, peerId: nobody, updatedAt }
  await client.query(
    copiesOf(pairBalances, pair, { ...sums, peer_id: 'g.peer' }, `(select * from ${counted}) g`),
  )
  const whole = `(select own, ${tallies.map((name) => `sum(${name}) as ${name}`).join(', ')},
    sum(least(sent_joined, received_joined)) * ${points} as returned from ${counted} group by own) g`
  const balance = { ...nothing, spaceId: nobody, directReturned: 0, lockVersion: 1, updatedAt }
  await client.query(copiesOf(spaceBalances, balance, { ...sums, direct_returned: 'g.returned' }, whole))
}
