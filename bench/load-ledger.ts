import type pg from 'pg'
import {
  balanceVersions,
  ledgerEntries,
  pairBalances,
  pendings,
  spaceBalances,
} from '../db/schema/reciprocity.ts'
import { instant } from '../src/platform/clock.ts'
import { newId } from '../src/platform/ids.ts'
import { pointsOf, pointsPerReferral, stages } from '../src/reciprocity/balance.ts'
import { copiesOf, uuidOf } from './copies.ts'
import { at, founded, nobody, twice } from './load-referrals.ts'

const aPending: typeof pendings.$inferInsert = {
  spaceId: nobody,
  referralId: newId('referral', founded),
  stage: 'visited',
  peerId: nobody,
  round: 2,
  side: 'creditor',
  points: 0,
  state: 'open',
  isReserved: false,
  openedAt: at,
  resolvedAt: null,
}

const anEntry: typeof ledgerEntries.$inferInsert = {
  spaceId: nobody,
  id: newId('entry', founded),
  peerId: nobody,
  referralId: newId('referral', founded),
  stage: 'visited',
  kind: 'posting',
  side: 'creditor',
  points: 0,
  held: 0,
  reasonCode: null,
  at,
}

const nothing = {
  earned: 0,
  owed: 0,
  held: 0,
  provisional: 0,
  inFlight: 0,
  sent: 0,
  received: 0,
  sentActive: 0,
  receivedActive: 0,
  sentJoined: 0,
  receivedJoined: 0,
}

/** What follows from the referrals: pendings, entries, the balances, and every state that a balance was in. */
export const loadLedger = async (client: pg.Client, now: number): Promise<void> => {
  await loadAccounts(client)
  await loadBalances(client, now)
}

const ofStages = stages.map((stage) => `('${stage}', ${String(pointsOf[stage])})`).join(', ')

const loadAccounts = async (client: pg.Client) => {
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
    side: 'g.side',
    points: `case g.side when 'creditor' then s.points else -s.points end`,
    at: 'g.at',
  }
  await client.query(
    copiesOf(ledgerEntries, anEntry, { ...own, ...posted }, `${opened} and g.became = 'joined'`),
  )
}

const tallies = {
  sent: `role = 'sender'`,
  received: `role = 'receiver'`,
  sent_active: `role = 'sender' and became = 'accepted'`,
  received_active: `role = 'receiver' and became = 'accepted'`,
  sent_joined: `role = 'sender' and became = 'joined'`,
  received_joined: `role = 'receiver' and became = 'joined'`,
}
const names = Object.keys(tallies)

const countedOver = (window: string) =>
  Object.entries(tallies)
    .map(([name, condition]) => `count(*) filter (where ${condition}) ${window} as ${name}`)
    .join(', ')

const points = String(pointsPerReferral)

const sums = {
  space_id: 'g.own',
  ...Object.fromEntries(names.map((name) => [name, `g.${name}`])),
  earned: `g.sent_joined * ${points}`,
  owed: `g.received_joined * ${points}`,
  in_flight: `g.sent_active * ${points}`,
}

const loadBalances = async (client: pg.Client, now: number) => {
  const updatedAt = instant(now)
  const pair = { ...nothing, spaceId: nobody, peerId: nobody, updatedAt }
  const pairs = `(select own, peer, ${countedOver('')} from ${twice} group by own, peer)`
  await client.query(copiesOf(pairBalances, pair, { ...sums, peer_id: 'g.peer' }, `${pairs} g`))
  const added = names.map((name) => `sum(${name}) as ${name}`).join(', ')
  const whole = `(select own, ${added}, sum(sent + received) as changes,
    sum(least(sent_joined, received_joined)) * ${points} as returned from ${pairs} p group by own) g`
  const balance = { ...nothing, spaceId: nobody, directReturned: 0, lockVersion: 1, updatedAt }
  await client.query(
    copiesOf(
      spaceBalances,
      balance,
      { ...sums, direct_returned: 'g.returned', lock_version: 'g.changes' },
      whole,
    ),
  )
  await loadVersions(client)
}

/** One state for each referral; what had come back by then is left at nothing. */
const loadVersions = async (client: pg.Client) => {
  const state = { ...nothing, spaceId: nobody, at, lockVersion: 1, directReturned: 0 }
  const running = `(select own, at, count(*) over w as changes, ${countedOver('over w')}
    from ${twice} window w as (partition by own order by n)) g`
  await client.query(
    copiesOf(balanceVersions, state, { ...sums, at: 'g.at', lock_version: 'g.changes' }, running),
  )
}
