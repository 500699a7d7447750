import type { Draft, FileSources, Rejection } from './draft.ts'
import { openStreetMap, type OsmObject } from './osm-object.ts'
import { readPlan } from './prices.ts'
import type { ImportedProfile } from './record.ts'
import { cleanText, withoutContacts } from './text.ts'

type Tags = OsmObject['tags']

const lifecycle =
  /^(?:disused|was|abandoned|removed|demolished|razed|historic|closed|destroyed|old|vacant|former|proposed|construction|planned):(?:amenity|office|shop|building|leisure)?$/
const main = ['amenity', 'office', 'shop', 'leisure', 'tourism', 'highway', 'building', 'landuse', 'natural', 'railway', 'craft', 'healthcare', 'club'] // prettier-ignore
const says =
  /co-?work|коворкинг|コワーキング|共享办公|코워킹|hackerspace|makerspace|workspace|work_space|shared_office/i

/** Why an object is not a space that people can go to; null when it is one. */
function notASpace(tags: Tags): Rejection | null {
  const alive = ['office', 'amenity', 'leisure', 'coworking', 'coworking_space'].some(
    (key) => says.test(`${key}=${tags[key] ?? ''}`) && tags[key] !== undefined && tags[key] !== 'no',
  )
  const gone = Object.entries(tags).find(([key, value]) => lifecycle.test(key) && says.test(value))
  if (gone !== undefined && !alive) return { reason: 'closed', detail: `${gone[0]}=${gone[1]}` }
  const ended =
    tags['end_date'] ??
    (tags['opening_hours'] === 'closed' ||
    tags['closed'] === 'yes' ||
    tags['disused'] === 'yes' ||
    tags['abandoned'] === 'yes'
      ? 'closed'
      : undefined)
  if (ended !== undefined && (ended === 'closed' || /^(?:19|20)\d\d/.test(ended)))
    return { reason: 'closed', detail: `tagged as ended (${ended})` }
  const kind = main.find((key) => tags[key] !== undefined)
  if (
    alive ||
    kind === undefined ||
    Object.entries(tags).some(([key, value]) => says.test(key) || says.test(value))
  )
    return null
  return {
    reason: 'not_a_coworking_space',
    detail: `${kind}=${tags[kind] ?? ''}, and no tag speaks of coworking`,
  }
}

const first = (tags: Tags, ...keys: string[]): string | undefined =>
  keys.map((key) => tags[key]).find((value) => value !== undefined)

const list = (text: string | undefined): string[] =>
  (text ?? '').split(/\s*;\s*/).filter((part) => part !== '')

const translated = (tags: Tags, key: string): string[] =>
  Object.keys(tags).filter(
    (tag) => tag.startsWith(`${key}:`) && /^[a-z]{2,3}(?:-\w+)?$/.test(tag.slice(key.length + 1)),
  )

function names(tags: Tags): unknown[] {
  const branded =
    tags['brand'] === undefined
      ? undefined
      : [tags['brand'], tags['branch']].filter((part) => part !== undefined).join(' ')
  return [
    tags['name'],
    tags['Name'],
    tags['name:en'],
    ...translated(tags, 'name').map((key) => tags[key]),
    tags['official_name'],
    tags['int_name'],
    tags['short_name'],
    tags['loc_name'],
    branded,
  ]
}

function street(tags: Tags): Pick<Draft, 'street' | 'houseNumber'> {
  for (const prefix of ['addr', 'contact']) {
    const road = first(tags, `${prefix}:street`, `${prefix}:place`, `${prefix}:block`)
    const houseNumber = first(tags, `${prefix}:housenumber`, `${prefix}:conscriptionnumber`)
    if (road !== undefined) return { street: road, houseNumber }
  }
  return { street: first(tags, 'addr:full', 'address', 'street') }
}

/** Amenities that a yes/no tag of the same meaning shows. */
const byTag: Record<string, string> = {
  coffee: 'coffee', air_conditioning: 'air_conditioning', outdoor_seating: 'terrace', kitchen: 'kitchen', printer: 'printer',
  'service:print': 'printer', 'service:copy': 'copier', parking: 'parking', bicycle_parking: 'bicycle_parking', shower: 'shower', lockers: 'lockers',
  meeting_room: 'meeting_room', meeting_rooms: 'meeting_room', phone_booth: 'phone_booth', quiet_room: 'quiet_room', drinking_water: 'drinking_water',
  childcare: 'childcare', dog: 'dogs', food: 'food', toilets: 'toilets', 'coworking:meeting_room': 'meeting_room', '3dprinter': '3d_printer',
} // prettier-ignore

function amenities(tags: Tags): string[] {
  const found = Object.entries(byTag)
    .filter(([key]) => tags[key] !== undefined && !/^(?:no|none|0)$/.test(tags[key] ?? ''))
    .map(([, code]) => code)
  const net = list(tags['internet_access'])
  if (net.some((way) => /^(?:wlan|wifi)$/i.test(way)) || tags['wifi'] === 'yes') found.push('wifi')
  else if (net.some((way) => !/^no$/i.test(way))) found.push('internet')
  if (list(tags['amenity']).includes('cafe') || tags['cuisine'] === 'coffee_shop') found.push('cafe')
  if (tags['wheelchair'] === 'yes') found.push('step_free')
  return found
}

function accessibility(tags: Tags): ImportedProfile['accessibility'] {
  const wheelchair = tags['wheelchair']
  const step = { yes: true, designated: true, no: false, limited: null }[wheelchair ?? '']
  const notes = [
    wheelchair === 'limited' ? 'limited' : undefined,
    tags['wheelchair:description:en'] ?? tags['wheelchair:description'],
  ]
    .map((text) =>
      text === undefined ? undefined : withoutContacts(cleanText(text, 'accessibility', []) ?? ''),
    )
    .filter((text) => text !== undefined && text !== '')
    .join(': ')
  const toilet = { yes: true, no: false }[tags['toilets:wheelchair'] ?? '']
  const found = {
    ...(step === undefined ? {} : { stepFree: step }),
    ...(toilet === undefined ? {} : { toilet }),
    ...(notes === '' ? {} : { notes: notes.slice(0, 500) }),
  }
  return Object.keys(found).length === 0 ? undefined : found
}

const personal: [RegExp, string][] = [
  [/^(?:contact:)?(?:phone|mobile|fax|whatsapp|viber|telegram|signal)(?::|$)/, 'phone'],
  [/^(?:contact:)?email(?::|$)/, 'email'],
  [
    /^(?:contact:)?(?:facebook|instagram|twitter|linkedin|youtube|tiktok|vk|xing|pinterest|mastodon|skype|x|google_plus|ok|flickr)$/,
    'account',
  ],
]

function droppedOf(tags: Tags): Set<string> {
  const found = personal.filter(([key]) => Object.keys(tags).some((tag) => key.test(tag)))
  return new Set(found.map(([, what]) => what))
}

function languages(tags: Tags): string[] {
  return Object.keys(tags)
    .map((key) => (tags[key] === 'yes' ? /^language:([a-z]{2,3})$/.exec(key)?.[1] : undefined))
    .filter((code) => code !== undefined)
}

function otherNames(tags: Tags): unknown[] {
  const keys = ['alt_name', 'old_name', 'official_name', 'short_name', 'loc_name', 'int_name', 'was:name']
  return [...keys.flatMap((key) => list(tags[key])), ...translated(tags, 'name').map((key) => tags[key])]
}

function whereabouts(
  tags: Tags,
): Pick<Draft, 'street' | 'houseNumber' | 'postcode' | 'city' | 'region' | 'country'> {
  return {
    ...street(tags),
    postcode: first(tags, 'addr:postcode', 'contact:postcode', 'postal_code', 'postcode'),
    city: first(
      tags,
      'addr:city',
      'contact:city',
      'addr:town',
      'addr:village',
      'addr:municipality',
      'addr:city:en',
      'is_in:city',
      'city',
    ),
    region: first(tags, 'addr:state', 'addr:province', 'addr:region', 'contact:state'),
    country: first(tags, 'addr:country', 'contact:country', 'is_in:country_code', 'country'),
  }
}

const websiteTags = ['website', 'contact:website', 'url', 'contact:url', 'website:en', 'operator:website', 'contact:webpage', 'brand:website'] // prettier-ignore

/** The cleaned-up rest: nothing here decides whether the object becomes a profile. */
function details(
  tags: Tags,
): Omit<Draft, 'source' | 'licence' | 'attribution' | 'externalId' | 'lat' | 'lon' | 'surveyed'> {
  const price = first(tags, 'charge', 'fee:amount', 'price')
  const makers = /hackerspace|makerspace|fablab/.test(
    `${tags['leisure'] ?? ''} ${tags['workshop'] ?? ''} ${tags['office'] ?? ''}`,
  )
  return {
    names: names(tags),
    otherNames: otherNames(tags),
    brand: first(tags, 'brand', 'brand:en'),
    ...whereabouts(tags),
    websites: websiteTags.map((key) => tags[key] ?? ''),
    openingHours: first(tags, 'opening_hours', 'opening_hours:office'),
    description: first(tags, 'description', 'description:en', ...translated(tags, 'description')),
    checkedOn: first(tags, 'check_date', 'survey:date', 'lastcheck', 'last_checked'),
    capacity: first(tags, 'capacity', 'capacity:persons', 'capacity:seats', 'seats'),
    languages: languages(tags),
    amenities: amenities(tags),
    communityTypes: makers ? ['makers'] : [],
    accessibility: accessibility(tags),
    plans: (country, repairs) =>
      [readPlan(price, { kind: 'day_pass', period: null }, { country }, repairs)].filter(
        (plan) => plan !== null,
      ),
    repairs: [],
    dropped: droppedOf(tags),
  }
}

/**
 * The profile-to-be of an OSM object, or why it is none. Unknown tags are left alone. Only objects with an OSM id are
 * OpenStreetMap's and carry its licence; the others are the file's.
 */
export function osmDraft(object: OsmObject, file: FileSources): Draft | Rejection {
  const { tags, position, osmId, ownId } = object
  if (Object.keys(tags).length === 0) return { reason: 'no_name', detail: 'the object has no tags at all' }
  const origin =
    osmId === null
      ? { source: ownId === null ? file.withoutIds : file.withIds, licence: null, attribution: null }
      : openStreetMap
  return (
    notASpace(tags) ?? {
      ...details(tags),
      ...origin,
      externalId: osmId ?? ownId,
      lat: position?.lat,
      lon: position?.lon,
      surveyed: position !== null,
    }
  )
}
