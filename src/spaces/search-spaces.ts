import type { Ctx } from '../platform/context.ts'
import { makeCursor, pageOf, readCursor } from '../platform/cursor.ts'
import { read, type ReadTx } from '../platform/database/door.ts'
import { invalidField } from '../platform/errors.ts'
import type { SpaceQuery } from './contract.ts'
import type { FoundSpace } from './contract-space.ts'
import { fold, prefixQueryOf } from './fold.ts'
import { firstTake, settled, windowsOf, type Near } from './near.ts'
import {
  inOrder,
  inOrderStatement,
  nearestStatement,
  parts,
  type NearRow,
  type Part,
} from './search-statements.ts'
import { readingScope, sightOf } from './sight.ts'
import { spaceView, type ViewRow } from './view.ts'

const usualRadiusKm = 25

/** A search, ready for its statement. */
interface Search {
  readonly chosen: readonly Part[]
  readonly values: Readonly<Record<string, unknown>>
  readonly most: number
}

/**
 * Finds spaces, a page at a time.
 * @throws Problem `validation_failed`, `invalid_cursor`
 */
export const searchSpaces = async (ctx: Ctx, query: SpaceQuery) => {
  const near = nearOf(query)
  const { limit, cursor, ...filters } = query
  const binding = ['searchSpaces', sightOf(ctx.actor), filters]
  const position = cursor === undefined ? [] : readCursor(ctx.keys.link, binding, cursor)
  const search = searchOf(ctx, query, position)
  const rows: Found[] = await read(ctx, readingScope(ctx.actor), (tx) =>
    near ? nearestFirst(tx, search, near) : firstToLast(tx, search),
  )
  const page = pageOf(rows, limit, (last) => makeCursor(ctx.keys.link, binding, [last.id, last.metres ?? 0]))
  return { ...page, data: page.data.map(foundSpace) }
}

type Found = ViewRow & { readonly metres?: number }

const foundSpace = (row: Found): FoundSpace => ({
  ...spaceView(row),
  ...(row.metres !== undefined && { distanceKm: row.metres / 1000 }),
})

const nearOf = ({ near, radiusKm }: SpaceQuery): Near | null => {
  if (near === undefined) {
    if (radiusKm !== undefined) throw invalidField('?radiusKm', 'needs `near`')
    return null
  }
  const [lat = NaN, lon = NaN] = near.split(',').map(Number)
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180)
    throw invalidField('?near', 'is no place: lat,lon in degrees')
  return { lat, lon, radius: (radiusKm ?? usualRadiusKm) * 1000 }
}

const searchOf = ({ actor }: Ctx, query: SpaceQuery, [afterId, afterMetres]: (string | number)[]): Search => {
  const sight = sightOf(actor)
  const words = query.q === undefined ? null : prefixQueryOf(query.q)
  if (query.q !== undefined && words === null) throw invalidField('?q', 'holds no letter and no digit')
  const given: Record<Part, boolean> = {
    sight: !sight.all,
    status: query.status !== undefined,
    city: query.city !== undefined,
    country: query.country !== undefined,
    amenity: query.amenity !== undefined,
    q: words !== null,
    after: afterId !== undefined,
  }
  const { status, country, amenity } = query
  const cityKey = fold(query.city ?? '')
  return {
    chosen: parts.filter((part) => given[part]),
    values: { ...sight, status, cityKey, country, amenity, words, afterId, afterMetres },
    most: query.limit + 1,
  }
}

/** Reads more of each window until the page is certain; the first reading nearly always is enough. */
const nearestFirst = async (tx: ReadTx, { chosen, values, most }: Search, near: Near): Promise<NearRow[]> => {
  const windows = windowsOf(near)
  for (let take = firstTake(near, most); ; take *= 4) {
    const read: NearRow[][] = []
    for (const window of windows) {
      read.push(await tx.run(nearestStatement(chosen), { ...values, ...near, ...window, take }))
    }
    const certain = settled(near, read, take)
    if (certain.length >= most || read.every((rows) => rows.length < take)) return certain.slice(0, most)
  }
}

/**
 * A plan that is made once is made for the average word and amenity, and "coworking" is not average: those two are
 * planned for what is asked.
 */
const firstToLast = (tx: ReadTx, { chosen, values, most }: Search): Promise<ViewRow[]> =>
  chosen.includes('amenity') || chosen.includes('q')
    ? inOrder(chosen)(tx.db).execute({ ...values, most })
    : tx.run(inOrderStatement(chosen), { ...values, most })
