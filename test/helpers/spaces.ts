import { spaces } from '../../db/schema/spaces.ts'
import { instant } from '../../src/platform/clock.ts'
import type { Deps } from '../../src/platform/context.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { newId, type Id } from '../../src/platform/ids.ts'

export type SpaceRow = typeof spaces.$inferInsert

const plainSpace = (id: Id<'space'>, now: string): SpaceRow => ({
  id,
  slug: id.replace('_', '-'),
  name: `Space ${id.slice(-6)}`,
  operatorId: null,
  status: 'admitted',
  address: {},
  city: 'Lyon',
  cityKey: 'lyon',
  countryCode: 'FR',
  lat: 45.76,
  lon: 4.84,
  timezone: 'Europe/Paris',
  languages: [],
  openingHours: null,
  access: null,
  capacity: null,
  plans: [],
  alsoKnownAs: [],
  externalIds: [],
  amenities: [],
  communityTypes: [],
  accessibility: {},
  hostingPolicy: { intake: 'open' },
  description: null,
  website: null,
  contactEmail: null,
  domain: null,
  brand: null,
  source: null,
  licence: null,
  attribution: null,
  possibleDuplicateOf: null,
  importHash: null,
  searchText: '',
  probationUntil: null,
  admittedAt: null,
  lastConfirmedAt: null,
  checkedOn: null,
  version: 1,
  createdAt: now,
  updatedAt: now,
})

/** Puts a space into the table as it is asked for; admitted, in Lyon and open unless told otherwise. */
export const putSpace = async (
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  fields: Partial<SpaceRow> = {},
): Promise<Id<'space'>> => {
  const now = clock.now()
  const id = newId('space', now)
  await db.pool.query(insertAll([rowsOf(spaces, [{ ...plainSpace(id, instant(now)), ...fields }])]))
  return id
}
