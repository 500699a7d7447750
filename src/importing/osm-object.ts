import { middle, positionOf, type RawPosition } from './geometry.ts'

/** One object of an OSM file, whichever of the usual tools wrote it. */
export interface OsmObject {
  /** 'node/1', 'way/2', 'relation/3', or null when the file holds no OSM id. */
  osmId: string | null
  /** Another id that the file gives, where it is not OSM's. */
  ownId: string | null
  tags: Record<string, string>
  position: RawPosition | null
  /** Ids of the nodes that make up a way without geometry. */
  nodes: number[]
}

/** Where OSM's data come from and what its licence asks every user of them to show. */
export const openStreetMap = {
  source: 'openstreetmap',
  licence: 'ODbL-1.0',
  attribution: '© OpenStreetMap contributors',
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const words: Record<string, string> = {
  n: 'node',
  w: 'way',
  r: 'relation',
  node: 'node',
  way: 'way',
  relation: 'relation',
  point: 'node',
}

/** 'node/1' (overpass-turbo), 'n1' (osmium, QuickOSM), 'a5' (osmium area: twice the way's id, odd for relations), URLs. */
export function readId(raw: unknown, type: unknown): string | null {
  const text = typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw.trim() : ''
  const found = /(?:^|openstreetmap\.org\/)(node|way|relation|n|w|r)[/ :]?(\d+)$/i.exec(text)
  if (found !== null) return `${words[found[1]?.toLowerCase() ?? ''] ?? 'node'}/${found[2] ?? ''}`
  const area = /^a(\d+)$/.exec(text)
  if (area !== null) {
    const id = BigInt(area[1] ?? '0')
    return id % 2n === 0n ? `way/${id / 2n}` : `relation/${(id - 1n) / 2n}`
  }
  const kind = typeof type === 'string' ? words[type.toLowerCase()] : undefined
  return /^\d+$/.test(text) && kind !== undefined ? `${kind}/${text}` : null
}

/** Tag values as trimmed strings; 'addr_city' and 'contact_street', as map programs export them, get their colon back. */
function readTags(raw: Record<string, unknown>): Record<string, string> {
  const tags: Record<string, string> = {}
  for (const [key, value] of Object.entries(raw)) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue
    const text = String(value).trim()
    const plain = key.trim().replace(/^(addr|contact|name)_(?=[a-z])/i, '$1:')
    if (text !== '') tags[/^[A-Z_:]+$/.test(plain) ? plain.toLowerCase() : plain] = text
  }
  return tags
}

/** GDAL keeps most tags in one text: "office"=>"coworking","wheelchair"=>"yes". */
function otherTags(raw: unknown): Record<string, string> {
  if (typeof raw !== 'string') return {}
  const tags: Record<string, string> = {}
  for (const [, key = '', value = ''] of raw.matchAll(/"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"/g))
    tags[key] = value.replace(/\\(.)/g, '$1')
  return tags
}

function fromFeature(feature: Record<string, unknown>): OsmObject {
  const properties = isRecord(feature['properties']) ? feature['properties'] : {}
  const nested = isRecord(properties['tags']) ? properties['tags'] : {}
  const type = properties['@type'] ?? properties['osm_type'] ?? properties['type']
  const ids = [
    properties['@id'],
    properties['full_id'],
    feature['id'],
    properties['osm_id'],
    properties['@osm_id'],
    properties['id'],
  ]
  const wayId = readId(properties['osm_way_id'], 'way')
  const osmId = ids.map((raw) => readId(raw, type)).find((id) => id !== null) ?? wayId
  const own = ids.find((raw) => typeof raw === 'string' || typeof raw === 'number')
  const tags = { ...readTags(properties), ...otherTags(properties['other_tags']), ...readTags(nested) }
  const ownId = own === undefined || osmId !== null ? null : String(own)
  return { osmId, ownId, tags, position: positionOf(feature['geometry']), nodes: [] }
}

function positionOfElement(element: Record<string, unknown>): RawPosition | null {
  const { lat, lon, center, geometry, members, bounds } = element
  if (lat !== undefined && lon !== undefined) return { lat, lon }
  if (isRecord(center)) return { lat: center['lat'], lon: center['lon'] }
  const points = (list: unknown): RawPosition[] =>
    Array.isArray(list)
      ? list.filter(isRecord).map((point) => ({ lat: point['lat'], lon: point['lon'] }))
      : []
  const outline = middle(points(geometry))
  if (outline !== null) return outline
  if (isRecord(bounds))
    return middle([
      { lat: bounds['minlat'], lon: bounds['minlon'] },
      { lat: bounds['maxlat'], lon: bounds['maxlon'] },
    ])
  return Array.isArray(members)
    ? middle(
        members.filter(isRecord).flatMap((member) => [...points([member]), ...points(member['geometry'])]),
      )
    : null
}

function fromElement(element: Record<string, unknown>): OsmObject {
  const tags = isRecord(element['tags']) ? readTags(element['tags']) : {}
  const nodes = Array.isArray(element['nodes']) ? element['nodes'].filter((id) => typeof id === 'number') : []
  return {
    osmId: readId(element['id'], element['type']),
    ownId: null,
    tags,
    position: positionOfElement(element),
    nodes,
  }
}

/** An item of `features[]` or `elements[]`; null when it is neither. */
export function readOsmObject(item: unknown): OsmObject | null {
  if (!isRecord(item)) return null
  if (
    item['type'] === 'Feature' ||
    isRecord(item['properties']) ||
    ('geometry' in item && 'properties' in item)
  )
    return fromFeature(item)
  return typeof item['type'] === 'string' && (item['id'] !== undefined || isRecord(item['tags']))
    ? fromElement(item)
    : null
}

/** Nodes without tags are only the corners of ways; they are no rows. */
export function isCorner(item: unknown): boolean {
  return (
    isRecord(item) &&
    ['node', 'way', 'count', 'area'].includes(String(item['type'])) &&
    item['properties'] === undefined &&
    (!isRecord(item['tags']) || Object.keys(item['tags']).length === 0 || item['type'] === 'count')
  )
}

/** Collects the positions of wanted nodes and gives the middle of an outline made of them. */
export function cornerPositions(wanted: ReadonlySet<number>): {
  take: (item: unknown) => void
  middleOf: (nodes: readonly number[]) => RawPosition | null
} {
  const known = new Map<number, RawPosition>()
  return {
    take: (item) => {
      if (
        !isRecord(item) ||
        item['type'] !== 'node' ||
        typeof item['id'] !== 'number' ||
        !wanted.has(item['id'])
      )
        return
      known.set(item['id'], { lat: item['lat'], lon: item['lon'] })
    },
    middleOf: (nodes) => middle(nodes.map((id) => known.get(id)).filter((point) => point !== undefined)),
  }
}
