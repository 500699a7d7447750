import { and, asc, desc, eq, gt, lt, or, sql, type SQL } from 'drizzle-orm'
import { referrals } from '../../db/schema/referrals.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { z } from 'zod'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read } from '../platform/database/door.ts'
import { arg, statement, type Statement } from '../platform/database/statements.ts'
import { peerColumns, type CardRow, type PeerRow } from './cards.ts'
import type { listReferrals as contract } from './contract.ts'
import { cardView } from './view.ts'

type Filters = z.output<typeof contract.query>
interface Row {
  readonly card: CardRow
  readonly peer: PeerRow
}

/** The filters that shape the statement; each set of them is planned once. */
type Part = 'phase' | 'status' | 'externalRef' | 'updatedAfter' | 'cursor'

/** Newest first by id, which holds the time; with `updatedAfter` in the order of change. */
export const listReferrals = async (ctx: Ctx, filters: Filters) => {
  const spaceId = spaceOf(ctx)
  const { limit, cursor, ...rest } = filters
  const binding = ['listReferrals', spaceId, rest]
  const position = cursor === undefined ? [] : readCursor(ctx.keys.link, binding, cursor)
  const byChange = filters.updatedAfter !== undefined
  const parts = (['phase', 'status', 'externalRef', 'updatedAfter', 'cursor'] as const).filter(
    (part) => filters[part] !== undefined,
  )
  const rows = await read(ctx, 'referrals:read', (tx) =>
    tx.run(statementFor(parts), {
      ...rest,
      spaceId,
      role: filters.box === 'sent' ? 'sender' : 'receiver',
      lastId: position[0],
      lastAt: position[1],
      most: limit + 1,
    }),
  )
  const page = pageOf(rows, limit, ({ card }) =>
    makeCursor(ctx.keys.link, binding, byChange ? [card.id, card.updatedAt] : [card.id]),
  )
  return { ...page, data: page.data.map(({ card, peer }) => cardView(card, peer)) }
}

const statements = new Map<string, Statement<Row[]>>()

const statementFor = (parts: readonly Part[]): Statement<Row[]> => {
  const name = ['listReferrals', ...parts].join(':')
  let found = statements.get(name)
  if (!found) {
    found = build(name, new Set(parts))
    statements.set(name, found)
  }
  return found
}

const build = (name: string, parts: ReadonlySet<Part>): Statement<Row[]> => {
  const byChange = parts.has('updatedAfter')
  const conditions: (SQL | undefined)[] = [
    eq(referrals.spaceId, arg(referrals.spaceId, 'spaceId')),
    eq(referrals.role, arg(referrals.role, 'role')),
    parts.has('phase') ? eq(referrals.phase, arg(referrals.phase, 'phase')) : undefined,
    parts.has('status') ? eq(referrals.status, arg(referrals.status, 'status')) : undefined,
    parts.has('externalRef')
      ? eq(referrals.externalRef, arg(referrals.externalRef, 'externalRef'))
      : undefined,
    byChange ? gt(referrals.updatedAt, arg(referrals.updatedAt, 'updatedAfter')) : undefined,
    parts.has('cursor')
      ? byChange
        ? afterChange()
        : lt(referrals.id, arg(referrals.id, 'lastId'))
      : undefined,
  ]
  const order = byChange ? [asc(referrals.updatedAt), asc(referrals.id)] : [desc(referrals.id)]
  return statement(name, (db) =>
    db
      .select({ card: referrals, peer: peerColumns })
      .from(referrals)
      .innerJoin(spaces, eq(spaces.id, referrals.peerId))
      .where(and(...conditions))
      .orderBy(...order)
      .limit(sql.placeholder('most')),
  )
}

const afterChange = () =>
  or(
    gt(referrals.updatedAt, arg(referrals.updatedAt, 'lastAt')),
    and(
      eq(referrals.updatedAt, arg(referrals.updatedAt, 'lastAt')),
      gt(referrals.id, arg(referrals.id, 'lastId')),
    ),
  )
