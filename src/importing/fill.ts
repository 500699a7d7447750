import type { Profile } from '../spaces/profile.ts'
import { fold } from '../spaces/fold.ts'

const fillable = [
  'languages',
  'openingHours',
  'access',
  'capacity',
  'plans',
  'amenities',
  'communityTypes',
  'description',
  'website',
  'brand',
  'checkedOn',
] as const

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

const mostNames = 20

/** The profile with what it does not say taken from another of the same space, whose name becomes a further one. */
export const filledFrom = (profile: Profile, other: Profile): Profile => ({
  ...profile,
  ...Object.fromEntries(
    fillable.filter((field) => isEmpty(profile[field])).map((field) => [field, other[field]]),
  ),
  address: { ...other.address, ...profile.address },
  accessibility: { ...other.accessibility, ...profile.accessibility },
  alsoKnownAs: otherNames(profile, other),
  licence: together(profile.licence, other.licence),
  attribution: together(profile.attribution, other.attribution),
})

const otherNames = (profile: Profile, other: Profile): string[] => {
  const names = new Map<string, string>()
  for (const name of [...(profile.alsoKnownAs ?? []), other.name, ...(other.alsoKnownAs ?? [])])
    if (!names.has(fold(name))) names.set(fold(name), name)
  names.delete(fold(profile.name))
  return [...names.values()].slice(0, mostNames)
}

const between = '; '

/** What two licences ask to be shown, each once. */
const together = (one: string | null = null, other: string | null = null): string | null => {
  const parts = [one, other].flatMap((text) => text?.split(between) ?? [])
  return parts.length === 0 ? null : [...new Set(parts)].join(between)
}
