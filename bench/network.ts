import type pg from 'pg'
import type { Limits } from '../src/platform/http/limits.ts'
import type { Keys } from '../src/platform/keys.ts'
import type { Scope } from '../src/platform/operation.ts'
import { referralTexts } from '../db/schema/referrals.ts'
import { rowsOf, insertAll } from '../src/platform/database/statements.ts'
import { toTypeId, type Id } from '../src/platform/ids.ts'
import { textRow } from '../src/referrals/cards.ts'
import { tokenFor } from '../test/helpers/network.ts'
import type { TestApp } from '../test/helpers/app.ts'
import { acceptable, callers, type Size } from './size.ts'

const without = { burst: 1e9, perSecond: 1e9 }
export const unlimited: Limits = { client: without, address: without }

/** A space that asks, with what it needs to ask. */
export interface Caller {
  readonly spaceId: Id<'space'>
  readonly token: string
  readonly lat: number
  readonly lon: number
  readonly countryCode: string
}

const scopes: Scope[] = ['spaces:read', 'referrals:read', 'referrals:write', 'reciprocity:read']

/** Gives the first spaces a client and a token each. */
export const makeCallers = async (client: pg.Client, test: TestApp): Promise<Caller[]> => {
  const { rows } = await client.query<{ id: string; lat: number; lon: number; country_code: string }>(
    'select id, lat, lon, country_code from spaces order by id limit $1',
    [callers],
  )
  const made: Caller[] = []
  for (const { id, lat, lon, country_code: countryCode } of rows) {
    const spaceId = toTypeId('space', id)
    made.push({ spaceId, token: await tokenFor(test, { spaceId }, scopes), lat, lon, countryCode })
  }
  return made
}

/** Spaces that members are referred to, none of them a caller. */
export const findReceivers = async (client: pg.Client): Promise<Id<'space'>[]> => {
  const { rows } = await client.query<{ id: string }>(
    `select id from spaces where status = 'admitted' order by id desc limit 5000`,
  )
  return rows.map(({ id }) => toTypeId('space', id))
}

/** A referral that waits for a caller to accept it. */
export interface Waiting {
  readonly id: Id<'referral'>
  readonly senderId: Id<'space'>
  readonly receiverId: Id<'space'>
}

const contact = JSON.stringify({ name: 'Ada Lovelace', email: 'ada@example.org' })
const brief = JSON.stringify({
  summary: 'Illustrator, wants quiet and daylight',
  note: 'She organised our drawing nights.',
})

/** Gives as many pending referrals as will be accepted their words, sealed as the product does. */
export const makeAcceptable = async (client: pg.Client, keys: Keys, size: Size): Promise<Waiting[]> => {
  const { rows } = await client.query<{ id: string; sender: string; receiver: string }>(
    'select id, sender, receiver from told where n % 4 = 1 order by n limit $1',
    [acceptable(size)],
  )
  const waiting = rows.map(({ id, sender, receiver }) => ({
    id: toTypeId('referral', id),
    senderId: toTypeId('space', sender),
    receiverId: toTypeId('space', receiver),
  }))
  for (let from = 0; from < waiting.length; from += 2000) {
    const texts = waiting
      .slice(from, from + 2000)
      .flatMap(({ id, senderId, receiverId }) => [
        textRow({ keys }, senderId, id, 'contact', contact),
        textRow({ keys }, senderId, id, 'brief', brief),
        textRow({ keys }, receiverId, id, 'brief', brief),
      ])
    await client.query(insertAll([rowsOf(referralTexts, texts)]))
  }
  return waiting
}
