import countries from 'i18n-iso-countries/index.js'
import { Problem, type Fault } from '../platform/errors.ts'
import { readOpeningHours } from './opening-hours.ts'
import type { Profile } from './profile.ts'
import { isTimeZone } from './time-zone.ts'

/** What a JSON Schema cannot say of a field. */
const checks: { readonly [Field in keyof Profile]?: (profile: Profile) => Fault[] } = {
  countryCode: ({ countryCode }) =>
    faultUnless(countries.isValid(countryCode), '/countryCode', 'is no ISO 3166 code'),
  timezone: ({ timezone }) =>
    faultUnless(timezone === undefined || isTimeZone(timezone), '/timezone', 'is no IANA time zone'),
  openingHours: ({ openingHours }) =>
    openingHours === undefined ? [] : hoursFaults(openingHours, readOpeningHours(openingHours)),
  website: ({ website }) =>
    faultUnless(website === undefined || URL.canParse(website), '/website', 'is no web address'),
  hostingPolicy: ({ hostingPolicy }) =>
    (hostingPolicy?.blackouts ?? []).flatMap(({ from, to }, index) =>
      faultUnless(from <= to, `/hostingPolicy/blackouts/${String(index)}/to`, 'is before `from`'),
    ),
  externalIds: ({ externalIds = [] }) => {
    const keys = externalIds.map(({ system, id }) => `${system}:${id}`)
    return keys.flatMap((key, index) =>
      faultUnless(keys.indexOf(key) === index, `/externalIds/${String(index)}`, 'stands there twice'),
    )
  },
}

const faultUnless = (holds: boolean, pointer: string, detail: string): Fault[] =>
  holds ? [] : [{ pointer, detail }]

/** What was corrected in silence would be open at hours that nobody wrote: the caller is to say that it is meant so. */
const hoursFaults = (sent: string, read: string | null): Fault[] =>
  faultUnless(
    read === sent,
    '/openingHours',
    read === null
      ? 'is not in the syntax of OpenStreetMap, such as Mo-Fr 08:30-19:00'
      : `is not quite in the syntax of OpenStreetMap: if ${read} is meant, send that`.slice(0, 500),
  )

/**
 * Checks those fields of a profile that `sent` names: what was stored earlier, by rules of that time, is not held
 * against a change of something else.
 * @throws Problem `validation_failed`
 */
export const requireSound = (profile: Profile, sent: object): void => {
  const errors = Object.keys(sent).flatMap((field) => checks[field as keyof Profile]?.(profile) ?? [])
  if (errors.length > 0) {
    throw new Problem('validation_failed', 'The profile has fields that are not valid.', {
      errors: errors.slice(0, 20),
    })
  }
}
