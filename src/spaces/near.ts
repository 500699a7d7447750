/**
 * Nearest first on the sphere, by an index of points on Mercator's map. The map is true to shape: in the small, what is
 * nearer on it is nearer on the ground, so the index hands out the rows nearly in order. Pure.
 */

const earthRadius = 6_371_008.8
export const earthDiameter = 2 * earthRadius

const radians = (degrees: number) => (degrees * Math.PI) / 180
const degrees = (angle: number) => (angle * 180) / Math.PI

/** How far north a latitude lies on the map, in degrees of longitude; as `spaces_place` has it. */
const northing = (lat: number) => degrees(Math.asinh(Math.tan(radians(lat))))

export interface Near {
  readonly lat: number
  readonly lon: number
  /** Metres. */
  readonly radius: number
}

/** A box on the map that holds one part of the circle, and the centre as seen from there. */
interface Window {
  readonly centreX: number
  readonly centreY: number
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** One row of a search: its true distance in whole metres, and its distance from the window's centre on the map. */
export interface Hit {
  readonly id: string
  readonly metres: number
  readonly onMap: number
}

/** Beyond the poles: on the map they lie at 2139. */
const edge = 10_000

/**
 * The windows that together hold the circle: one, or two when it crosses the antimeridian. A circle that holds a pole
 * takes every longitude.
 */
export const windowsOf = ({ lat, lon, radius }: Near): Window[] => {
  // Distances are rounded to metres, so a row may lie half a metre outside.
  const angle = (radius + 1) / earthRadius
  const [south, north] = [lat - degrees(angle), lat + degrees(angle)]
  const holdsPole = south <= -90 || north >= 90
  const halfWidth = holdsPole ? 180 : degrees(Math.asin(Math.sin(angle) / Math.cos(radians(lat))))
  return [0, -360, 360]
    .map((turn) => lon + turn)
    .map((centreX) => ({
      centreX,
      centreY: northing(lat),
      west: centreX - halfWidth,
      south: south <= -90 ? -edge : northing(south),
      east: centreX + halfWidth,
      north: north >= 90 ? edge : northing(north),
    }))
    .filter(({ west, east }) => west <= 180 && east >= -180)
}

const spare = 3

/** How many rows to read of each window so that `wanted` are most likely certain: more where the map stretches much. */
export const firstTake = ({ lat, radius }: Near, wanted: number): number => {
  const farthest = Math.abs(radians(lat)) + radius / earthRadius
  const stretch = farthest < Math.PI / 2 ? (Math.cos(radians(lat)) / Math.cos(farthest)) ** 2 : Infinity
  return Math.ceil(wanted * Math.min(2, stretch)) + spare
}

/**
 * The rows whose place in the order is certain, nearest first. `windows` holds the first `take` rows of each window in
 * the order of the map, fewer when there are no more. A row that was not read is farther on the map than the last row
 * read; and the map stretches a way of d that begins at lat to d / cos(|lat| + d) at most. What is so near that its own
 * stretched way ends before the last row read cannot be overtaken.
 */
export const settled = <H extends Hit>(near: Near, windows: readonly (readonly H[])[], take: number): H[] => {
  const horizon = Math.min(
    ...windows.map((hits) => (hits.length < take ? Infinity : (hits[hits.length - 1]?.onMap ?? Infinity))),
  )
  // The same row stands in two windows only on their common edge.
  const hits = [...new Map(windows.flat().map((hit) => [hit.id, hit])).values()]
  hits.sort((a, b) => a.metres - b.metres || (a.id < b.id ? -1 : 1))
  if (horizon === Infinity) return hits
  const open = hits.findIndex(({ metres }) => stretchedWay(near, metres) >= horizon)
  return open === -1 ? hits : hits.slice(0, open)
}

const stretchedWay = ({ lat }: Near, metres: number): number => {
  const angle = (metres + 1) / earthRadius
  const farthest = Math.abs(radians(lat)) + angle
  return farthest >= Math.PI / 2 ? Infinity : degrees(angle) / Math.cos(farthest)
}
