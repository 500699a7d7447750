/** Positions of things that are not points. GeoJSON (RFC 7946) and Overpass shapes; [lon, lat] pairs inside. */

export interface RawPosition {
  lat: unknown
  lon: unknown
}

type Pair = [number, number]

function isPair(value: unknown): value is [unknown, unknown] {
  return Array.isArray(value) && value.length >= 2 && !Array.isArray(value[0])
}

/** No geometry nests deeper than the rings of several polygons; a deeper one is an attack on the stack. */
const deepest = 5

function pairs(value: unknown, depth = 0): Pair[] {
  if (!Array.isArray(value) || depth > deepest) return []
  if (isPair(value)) {
    const pair: Pair = [Number(value[0]), Number(value[1])]
    return pair.every(Number.isFinite) ? [pair] : []
  }
  return value.flatMap((part) => pairs(part, depth + 1))
}

/** Longitudes beside the first one, so that a shape across the antimeridian does not average to Greenwich. */
function unwrap(ring: Pair[]): Pair[] {
  const base = ring[0]?.[0] ?? 0
  return ring.map(([lon, lat]) => [lon - 360 * Math.round((lon - base) / 360), lat])
}

/** The centroid of the area of a closed ring; of the points when there is no area. */
function centroid(points: Pair[]): RawPosition | null {
  const ring = unwrap(points)
  const [originLon = 0, originLat = 0] = ring[0] ?? []
  let area = 0
  let x = 0
  let y = 0
  for (const [at, [lon, lat]] of ring.entries()) {
    const [nextLon, nextLat] = ring[(at + 1) % ring.length] ?? [lon, lat]
    const cross = (lon - originLon) * (nextLat - originLat) - (nextLon - originLon) * (lat - originLat)
    area += cross
    x += (lon + nextLon - 2 * originLon) * cross
    y += (lat + nextLat - 2 * originLat) * cross
  }
  if (ring.length === 0) return null
  const mean = (pick: 0 | 1): number => ring.reduce((sum, point) => sum + point[pick], 0) / ring.length
  const flat = Math.abs(area) < 1e-12
  const lon = flat ? mean(0) : originLon + x / (3 * area)
  const lat = flat ? mean(1) : originLat + y / (3 * area)
  return { lat, lon: lon - 360 * Math.round(lon / 360) }
}

/** The middle of a list of places `{ lat, lon }`, as in an Overpass way with `out geom`. */
export function middle(points: RawPosition[]): RawPosition | null {
  return centroid(
    points
      .map(({ lat, lon }): Pair => [Number(lon ?? Number.NaN), Number(lat ?? Number.NaN)])
      .filter((pair) => pair.every(Number.isFinite)),
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Where a GeoJSON geometry is: the point itself, else a centroid; null without usable coordinates. */
export function positionOf(geometry: unknown, depth = 0): RawPosition | null {
  if (!isRecord(geometry) || depth > deepest) return null
  const { type, coordinates, geometries } = geometry
  if (type === 'GeometryCollection' && Array.isArray(geometries))
    return geometries.map((part) => positionOf(part, depth + 1)).find((found) => found !== null) ?? null
  if (type === 'Point' || isPair(coordinates))
    return isPair(coordinates) ? { lon: coordinates[0], lat: coordinates[1] } : null
  if (!Array.isArray(coordinates)) return null
  // Only outer rings count: the hole of a courtyard must not pull the centre; of several parts the largest wins.
  if (type === 'Polygon') return centroid(pairs(coordinates[0]))
  if (type === 'MultiPolygon') {
    const rings = coordinates.map((polygon) => pairs(Array.isArray(polygon) ? polygon[0] : []))
    return centroid(rings.sort((a, b) => extent(b) - extent(a))[0] ?? [])
  }
  return centroid(pairs(coordinates))
}

function extent(points: Pair[]): number {
  const ring = unwrap(points)
  const spread = (pick: 0 | 1): number => {
    const [least, most] = ring.reduce(
      ([low, high], point) => [Math.min(low, point[pick]), Math.max(high, point[pick])],
      [Infinity, -Infinity],
    )
    return Math.max(0, most - least)
  }
  return spread(0) * spread(1)
}
