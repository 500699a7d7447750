import { and, eq, gt, sql, type SQL } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import { arg, statement, type Reader, type Statement } from '../platform/database/statements.ts'
import { earthDiameter } from './near.ts'
import { inSight } from './sight.ts'
import { viewColumns, type ViewRow } from './view.ts'

/** The filters that shape a statement; each set of them is planned once on a connection. */
export const parts = ['sight', 'status', 'city', 'country', 'amenity', 'q', 'after'] as const
export type Part = (typeof parts)[number]

export interface NearRow extends ViewRow {
  readonly metres: number
  readonly onMap: number
}

const value = sql.placeholder

/** As the index `spaces_place` has it. */
const place = sql`point(${spaces.lon}, degrees(asinh(tan(radians(${spaces.lat})))))`
const onMap = sql<number>`${place} <-> point(${value('centreX')}, ${value('centreY')})`

/** The distance on the sphere by the haversine, in whole metres: the same number on every machine, so a cursor can hold it. */
const metres = sql<number>`round(${sql.raw(String(earthDiameter))} * asin(sqrt(least(1,
  sin(radians(${spaces.lat} - ${value('lat')}) / 2) ^ 2
  + cos(radians(${value('lat')})) * cos(radians(${spaces.lat}))
  * sin(radians(${spaces.lon} - ${value('lon')}) / 2) ^ 2))))::int`

const conditions: Readonly<Record<Part, SQL | undefined>> = {
  sight: inSight(),
  status: eq(spaces.status, value('status')),
  city: eq(spaces.cityKey, value('cityKey')),
  country: eq(spaces.countryCode, value('country')),
  amenity: sql`${spaces.amenities} @> ${value('amenity')}::text[]`,
  // As the index `spaces_words` has it.
  q: sql`array_to_tsvector(string_to_array(${spaces.searchText}, ' ')) @@ ${value('words')}::tsquery`,
  after: gt(spaces.id, arg(spaces.id, 'afterId')),
}

/** By id, which is in the order of time. */
export const inOrder = (chosen: readonly Part[]) => (db: Reader) =>
  db
    .select(viewColumns)
    .from(spaces)
    .where(and(...chosen.map((part) => conditions[part])))
    .orderBy(spaces.id)
    .limit(value('most'))

/**
 * The index itself hands out the rows of one window in the order of the map, and stops when enough have passed the
 * filters: pages read do not grow with the number of spaces. Two things keep the planner, which guesses badly how many
 * spaces a box holds, from reading and sorting all of the box instead: the filters are hidden from it in `coalesce`,
 * and the limit in a subselect (ADR 0009).
 */
const nearest = (chosen: readonly Part[]) => (db: Reader) => {
  const filters = chosen.map((part) => (part === 'after' ? afterNearest : conditions[part]))
  const window = sql`box(point(${value('west')}, ${value('south')}), point(${value('east')}, ${value('north')}))`
  const limit = sql`(select ${value('take')}::int)` as unknown as number
  return db
    .select({ ...viewColumns, metres: metres.as('metres'), onMap: onMap.as('on_map') })
    .from(spaces)
    .where(
      and(
        sql`${place} <@ ${window}`,
        sql`coalesce(${and(...filters, sql`${metres} <= ${value('radius')}`)}, false)`,
      ),
    )
    .orderBy(onMap)
    .limit(limit)
}

const afterNearest = sql`(${metres}, ${spaces.id}) > (${value('afterMetres')}::int, ${arg(spaces.id, 'afterId')}::uuid)`

const named = <R>(kind: string, build: (chosen: readonly Part[]) => Statement<R>['build']) => {
  const statements = new Map<string, Statement<R>>()
  return (chosen: readonly Part[]): Statement<R> => {
    const name = ['searchSpaces', kind, ...chosen].join(':')
    const found = statements.get(name) ?? statement(name, build(chosen))
    statements.set(name, found)
    return found
  }
}

export const nearestStatement = named<NearRow[]>('near', nearest)
export const inOrderStatement = named<ViewRow[]>('all', inOrder)
