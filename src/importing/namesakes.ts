import { sql } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toTypeId, toUuid, type Id } from '../platform/ids.ts'
import { prefixQueryOf, searchTextOf } from '../spaces/fold.ts'
import { windowsOf } from '../spaces/near.ts'
import type { SpaceRow } from '../spaces/profile.ts'
import { isChain, isPossibleDuplicate, normaliseName, sameSpotMetres, type Comparable } from './duplicates.ts'

/** A space that another may be. */
export interface Namesake {
  readonly spaceId: Id<'space'>
  readonly name: string
}

type Spot = Pick<SpaceRow, 'name' | 'lat' | 'lon' | 'address' | 'website' | 'brand'>

interface NearbyRow extends Spot {
  readonly for_id: string
  readonly id: string
}

/**
 * Spaces whose words begin with the same name and that lie in a window of the map around the spot, the nearest first.
 * A space that is itself marked as a possible duplicate of this one does not count: two marks that point at each other
 * say nothing more than one. The place is written as the index `spaces_place` has it; the filters and the limit are
 * hidden from the planner so that it takes that index (ADR 0009).
 */
const nearbySql = writeStatement<NearbyRow>(
  'findNamesakes',
  `select spot.id as for_id, found.id, found.name, found.lat, found.lon, found.address, found.website, found.brand
    from jsonb_to_recordset($1::jsonb) as spot(id uuid, words text, "centreX" float8, "centreY" float8,
      west float8, south float8, east float8, north float8)
    cross join lateral (
      select * from spaces
      where point(lon, degrees(asinh(tan(radians(lat)))))
          <@ box(point(spot.west, spot.south), point(spot.east, spot.north))
        and coalesce(starts_with(replace(search_text, ' ', ''), spot.words)
          and id <> spot.id and possible_duplicate_of is distinct from spot.id, false)
      order by point(lon, degrees(asinh(tan(radians(lat))))) <-> point(spot."centreX", spot."centreY")
      limit (select 20)
    ) as found`,
)

const spotsAround = ({ id, name, lat, lon }: SpaceRow) => {
  const words = searchTextOf(name).replaceAll(' ', '')
  return windowsOf({ lat, lon, radius: sameSpotMetres }).map((window) => ({
    id: toUuid(id),
    words,
    ...window,
  }))
}

const comparable = ({ name, lat, lon, address, website, brand }: Spot): Comparable => ({
  name,
  geo: { lat, lon },
  address,
  ...(website !== null && { website }),
  ...(brand !== null && { brand }),
})

/** A row that is about to be written; `isApproximate`: its position is the middle of its city. */
interface Newcomer {
  readonly space: SpaceRow
  readonly isApproximate: boolean
}

/** For each newcomer the first space of the directory that it may be, if there is one. Never another branch of a chain. */
export const findNamesakes = async (
  tx: WriteTx,
  newcomers: readonly Newcomer[],
): Promise<Map<Id<'space'>, Namesake>> => {
  const found = new Map<Id<'space'>, Namesake>()
  const exact = newcomers.filter(({ isApproximate }) => !isApproximate).map(({ space }) => space)
  if (exact.length === 0) return found
  const nearby = await tx.write(nearbySql, [JSON.stringify(exact.flatMap(spotsAround))])
  for (const space of exact) {
    const candidates = nearby.filter((row) => row.for_id === toUuid(space.id))
    const like = await firstLike(tx, space, candidates, exact)
    if (like) found.set(space.id, { spaceId: toTypeId('space', like.id), name: like.name })
  }
  return found
}

const firstLike = async (
  tx: WriteTx,
  space: SpaceRow,
  candidates: readonly NearbyRow[],
  newcomers: readonly SpaceRow[],
): Promise<NearbyRow | undefined> => {
  const self = comparable(space)
  const alike = candidates.filter((other) => isPossibleDuplicate(self, comparable(other), false))
  if (alike.length === 0) return undefined
  const chain = isChain([...(await spotsOf(tx, space.name)), ...namedLike(space.name, newcomers)])
  return alike.find((other) => isPossibleDuplicate(self, comparable(other), chain))
}

const namedLike = (name: string, among: readonly Spot[]): Comparable[] =>
  among.filter((other) => normaliseName(other.name) === normaliseName(name)).map(comparable)

/** Three doors make a chain; those of a thousand namesakes are enough to find them. */
const mostSpots = 1000

const { name, lat, lon, address, website, brand } = spaces

const spotsOf = async (tx: WriteTx, of: string): Promise<Comparable[]> => {
  const words = prefixQueryOf(of)
  if (words === null) return []
  const rows = await tx.db
    .select({ name, lat, lon, address, website, brand })
    .from(spaces)
    // As the index `spaces_words` has it.
    .where(sql`array_to_tsvector(string_to_array(${spaces.searchText}, ' ')) @@ ${words}::tsquery`)
    .limit(mostSpots)
  return namedLike(of, rows)
}
