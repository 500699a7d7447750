/** A database as the first Waggle left it, before a referral had its whole life: its tables, and rows as it wrote them. */
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { millisOf } from '../../src/platform/clock.ts'
import { newId, toUuid, type Id } from '../../src/platform/ids.ts'
import { pointsOf, stages, stagesUpTo, type Stage } from '../../src/reciprocity/balance.ts'
import { makeTempFolder, type Teardown } from '../helpers/temp-folder.ts'
import { query } from './query.ts'

const migrationsFolder = join(import.meta.dirname, '../../../db/migrations')
const foundingMigrations = 2

/** Applies the founding migrations alone. */
export const found = async (t: Teardown, ownerUrl: string): Promise<void> => {
  const folder = await makeTempFolder(t)
  await cp(migrationsFolder, folder, { recursive: true })
  const file = join(folder, 'meta', '_journal.json')
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: unknown[] }
  await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, foundingMigrations) }))
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await migrate(drizzle(client), { migrationsFolder: folder }).finally(() => client.end())
}

const nothing = {
  earned: 0,
  owed: 0,
  in_flight: 0,
  sent: 0,
  received: 0,
  sent_active: 0,
  received_active: 0,
  sent_joined: 0,
  received_joined: 0,
}
type Counters = typeof nothing

type Row = Record<string, unknown>
type Balance = Counters & { direct_returned: number; lock_version: number; updated_at: string }

export interface FoundingReferral {
  readonly id: Id<'referral'>
  readonly from: Id<'space'>
  readonly to: Id<'space'>
  /** What both cards have in common. */
  card: Row & { phase: string; version: number }
  open: readonly Stage[]
}

/** What the first Waggle had written. */
export interface Founding {
  readonly spaces: Row[]
  readonly referrals: FoundingReferral[]
  readonly events: Row[]
  readonly pendings: (Row & { referral_id: string; stage: Stage; state: string })[]
  readonly entries: Row[]
  readonly pairs: Map<string, Counters>
  readonly balances: Map<Id<'space'>, Balance>
  /** Each balance as it stood after each change. */
  readonly history: (Balance & { readonly spaceId: Id<'space'> })[]
}

export const newFounding = (): Founding => ({
  ...{ spaces: [], referrals: [], events: [], pendings: [], entries: [], history: [] },
  pairs: new Map(),
  balances: new Map(),
})

export const addFoundingSpace = ({ spaces }: Founding, name: string, at: string): Id<'space'> => {
  const id = newId('space', millisOf(at))
  spaces.push({
    ...{ id: toUuid(id), slug: name.toLowerCase(), name, status: 'admitted', search_text: name },
    ...{
      city: 'Lyon',
      city_key: 'lyon',
      country_code: 'FR',
      lat: 45.76,
      lon: 4.83,
      timezone: 'Europe/Paris',
    },
    ...{ address: {}, accessibility: {}, external_ids: [], plans: [] },
    ...{ languages: [], amenities: [], community_types: [], also_known_as: [] },
    ...{ hosting_policy: { intake: 'open', accepts: ['visit'] }, version: 1, created_at: at, updated_at: at },
  })
  return id
}

/** A referral that is sent, with consent attested. */
export const sendThen = (network: Founding, from: Id<'space'>, to: Id<'space'>, at: string) => {
  const id = newId('referral', millisOf(at))
  const basis = { stay: 'visit', needs: {}, warnings: [], consent_kind: 'attested', consent_named: false }
  const referral: FoundingReferral = {
    ...{ id, from, to, open: [] },
    card: { ...basis, created_at: at, submitted_at: at, sent_at: at, phase: 'preparing', version: 0 },
  }
  network.referrals.push(referral)
  step(network, referral, at, { to: 'sent', phase: 'pending' }, { sent: 1 })
  return referral
}

export const acceptThen = (network: Founding, referral: FoundingReferral, at: string): void => {
  for (const stage of stages) network.pendings.push(...pendingOf(referral, stage, at))
  referral.open = stages
  step(
    network,
    referral,
    at,
    { to: 'accepted', phase: 'active', accepted_at: at },
    { active: 1, opened: 100 },
  )
}

export const visitThen = (network: Founding, referral: FoundingReferral, at: string): void =>
  step(network, referral, at, { to: 'visited', phase: 'active' }, { reached: 'visited' })

/** Any end of a referral: of an active one it voids what is open still. */
export const endThen = (
  network: Founding,
  referral: FoundingReferral,
  at: string,
  { to, outcome }: { readonly to: 'closed' | 'declined'; readonly outcome?: 'joined' | 'completed' },
): void => {
  const isActive = referral.card.phase === 'active'
  const patch = { to, phase: 'closed', closed_at: at, ...(outcome && { outcome }) }
  const isJoined = outcome === 'joined'
  step(network, referral, at, patch, {
    ...(isActive && { active: -1, ends: true }),
    ...(isJoined && { reached: 'joined', joined: 1 }),
  })
}

interface Effect {
  readonly sent?: number
  readonly active?: number
  readonly joined?: number
  readonly opened?: number
  readonly reached?: Stage
  readonly ends?: boolean
}

const sidesOf = ({ from, to }: FoundingReferral) =>
  [
    { side: 'creditor', spaceId: from, peerId: to },
    { side: 'debtor', spaceId: to, peerId: from },
  ] as const

const pendingOf = (referral: FoundingReferral, stage: Stage, at: string) =>
  sidesOf(referral).map(({ side, spaceId, peerId }) => ({
    ...{ space_id: toUuid(spaceId), peer_id: toUuid(peerId), referral_id: toUuid(referral.id), side, stage },
    ...{ points: pointsOf[stage], state: 'open', opened_at: at },
  }))

/** One event: both cards and histories, then the points, the pair and both balances, a version further. */
const step = (
  network: Founding,
  referral: FoundingReferral,
  at: string,
  { to, ...patch }: Row & { readonly to: string; readonly phase: string },
  effect: Effect,
): void => {
  const version = referral.card.version + 1
  referral.card = { ...referral.card, ...patch, status: to, version, updated_at: at }
  const earned = resolve(network, referral, at, effect)
  for (const { side, spaceId, peerId } of sidesOf(referral)) {
    network.events.push({
      ...{ space_id: toUuid(spaceId), at, id: toUuid(newId('event', millisOf(at))) },
      ...{ referral_id: toUuid(referral.id), seq: version, event: to, to_status: to, actor_kind: 'receiver' },
    })
    const { sent = 0, active = 0, joined = 0 } = effect
    const change =
      side === 'creditor'
        ? { ...earned, sent, sent_active: active, sent_joined: joined }
        : { owed: earned.earned, received: sent, received_active: active, received_joined: joined }
    book(network, { spaceId, peerId }, at, change)
  }
}

/** Posts what is reached of what is open, and voids the rest at the end. */
const resolve = (
  network: Founding,
  referral: FoundingReferral,
  at: string,
  { reached, ends, opened = 0 }: Effect,
) => {
  const posted = referral.open.filter((stage) => reached && stagesUpTo(reached).includes(stage))
  const gone = ends ? referral.open : posted
  referral.open = referral.open.filter((stage) => !gone.includes(stage))
  for (const one of network.pendings) {
    if (one.referral_id !== toUuid(referral.id) || !gone.includes(one.stage)) continue
    if (one.state !== 'open') continue
    const isPosted = posted.includes(one.stage)
    Object.assign(one, { state: isPosted ? 'posted' : 'void', resolved_at: at })
    if (isPosted) network.entries.push(entryOf(one, at))
  }
  const sum = (all: readonly Stage[]) => all.reduce((total, stage) => total + pointsOf[stage], 0)
  return { earned: sum(posted), in_flight: opened - sum(gone) }
}

const entryOf = (
  { space_id, peer_id, referral_id, stage, side }: Row & { readonly stage: Stage },
  at: string,
) => ({
  ...{ space_id, peer_id, referral_id, stage, id: toUuid(newId('entry', millisOf(at))) },
  ...{ points: side === 'creditor' ? pointsOf[stage] : -pointsOf[stage], at },
})

const plus = (counters: Counters, change: Partial<Counters>): Counters => {
  const sum = { ...counters }
  for (const [name, by] of Object.entries(change)) sum[name as keyof Counters] += by
  return sum
}

const pairKey = (spaceId: string, peerId: string) => `${toUuid(spaceId)} ${toUuid(peerId)}`

const book = (
  { pairs, balances, history }: Founding,
  { spaceId, peerId }: { readonly spaceId: Id<'space'>; readonly peerId: Id<'space'> },
  at: string,
  change: Partial<Counters>,
): void => {
  const before = pairs.get(pairKey(spaceId, peerId)) ?? nothing
  const after = plus(before, change)
  pairs.set(pairKey(spaceId, peerId), after)
  const was = balances.get(spaceId) ?? { ...nothing, direct_returned: 0, lock_version: 0, updated_at: at }
  const balance = {
    ...plus(was, change),
    direct_returned:
      was.direct_returned + Math.min(after.earned, after.owed) - Math.min(before.earned, before.owed),
    lock_version: was.lock_version + 1,
    updated_at: at,
  }
  balances.set(spaceId, balance)
  history.push({ spaceId, ...balance })
}

/** Writes it all into a database that has the founding tables. */
export const store = async (ownerUrl: string, network: Founding): Promise<void> => {
  const cards = network.referrals.flatMap(({ id, from, to, card }) =>
    [
      { role: 'sender', space_id: toUuid(from), peer_id: toUuid(to) },
      { role: 'receiver', space_id: toUuid(to), peer_id: toUuid(from) },
    ].map((holder) => ({ ...card, ...holder, id: toUuid(id) })),
  )
  const at = network.history.at(-1)?.updated_at
  const pairs = [...network.pairs].map(([key, counters]) => {
    const [space_id, peer_id] = key.split(' ')
    return { ...counters, space_id, peer_id, updated_at: at }
  })
  const balances = [...network.balances].map(([id, balance]) => ({ space_id: toUuid(id), ...balance }))
  const tables = {
    ...{ spaces: network.spaces, referrals: cards, referral_events: network.events },
    ...{ pendings: network.pendings, ledger_entries: network.entries },
    ...{ pair_balances: pairs, space_balances: balances },
  }
  for (const [table, rows] of Object.entries(tables)) {
    await query(
      ownerUrl,
      `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    )
  }
}
