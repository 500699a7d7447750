import type { Claimable } from '../network/find-claimable.ts'
import type { Submission } from '../network/contract-application.ts'
import { submitApplication } from '../network/contract.ts'
import { countryOfCity } from '../spaces/country-of-city.ts'
import { countryCalled, countryInWords } from './countries.ts'
import type { Faults } from './field.tsx'
import type { Fields } from './own-forms.ts'

/** How much each field takes, in characters; as the contract has it. */
export const most = {
  name: 120,
  city: 100,
  website: 500,
  email: 254,
  person: 100,
  statement: 2000,
  background: 1000,
  challenge: 1000,
} as const
type Name = keyof typeof most

type ReadSubmission = { readonly submission: Submission } | { readonly faults: Faults }

/**
 * What the form asks for, or what is wrong with it.
 * @param claimed the space of the directory that is asked for; null for a new one
 */
export const readSubmission = (fields: Fields, claimed: Claimable | null): ReadSubmission => {
  const typed = (name: Name) => textIn(fields, name)
  const place = claimed ? null : placeIn(fields)
  const optional = (name: Name) => (typed(name) === '' ? {} : { [name]: typed(name) })
  const spaceName = claimed?.name ?? typed('name')
  const submission = {
    contact: {
      // Who gives no name of their own is called by that of the space.
      name: typed('person') === '' ? Array.from(spaceName).slice(0, most.person).join('') : typed('person'),
      email: typed('email'),
      takesMails: fields['takesMails'] !== undefined,
    },
    ...(claimed
      ? { claimSpaceId: claimed.id }
      : {
          space: {
            name: spaceName,
            city: place?.city ?? '',
            countryCode: place?.countryCode,
            ...(typed('website') !== '' && { website: withScheme(typed('website')) }),
          },
        }),
    ...optional('statement'),
    ...optional('background'),
    ...optional('challenge'),
  }
  const { data, error } = submitApplication.body.safeParse(submission)
  const paths = (error?.issues ?? []).map(({ path }) => path.join('/'))
  const faults = { ...faultsAt(paths, fields), ...place?.faults }
  return data && Object.keys(faults).length === 0 ? { submission: data } : { faults }
}

/** What stood in one field: with one kind of line end, and nothing around it. */
const textIn = (fields: Fields, name: string): string => (fields[name] ?? '').replaceAll('\r\n', '\n').trim()

/** Nobody types it. */
const withScheme = (address: string) => (/^https?:\/\//i.test(address) ? address : `https://${address}`)

interface PlaceRead {
  readonly city: string
  readonly countryCode?: string
  readonly faults?: Faults
}

/** The city with its country: as chosen, as written behind the city, or as the city tells. */
const placeIn = (fields: Fields): PlaceRead => {
  const { city, written } = splitCity(textIn(fields, 'city'))
  if (city === '') return { city }
  const chosen = countryCalled(textIn(fields, 'country')) ?? written
  const answer = countryOfCity(city, chosen)
  if (answer.is === 'found') return { city, countryCode: answer.countryCode }
  if (answer.is === 'several') {
    const names = answer.countryCodes.map(countryInWords)
    return { city, faults: { country: `There is a ${city} in ${listed(names)}. Choose yours.` } }
  }
  return chosen === null
    ? {
        city,
        faults: { city: 'We do not know this city. Look at the spelling, or choose the country below.' },
      }
    : { city, faults: { city: unknownIn(chosen, answer.meant) } }
}

const unknownIn = (country: string, meant: string | null): string =>
  [
    `We know no such city in ${countryInWords(country)}.`,
    ...(meant === null ? [] : [`Did you mean ${meant}?`]),
    'If it is a small place, give the nearest town: you can tell your exact address later.',
  ].join(' ')

/** `Lyon, France` says both. */
const splitCity = (text: string): { city: string; written: string | null } => {
  const comma = text.lastIndexOf(',')
  const written = comma === -1 ? null : countryCalled(text.slice(comma + 1))
  return { city: written === null ? text : text.slice(0, comma).trim(), written }
}

const listed = (names: readonly string[]) =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names)

/** By which field each part of a submission was asked, and what is said of one that is missing, and of one that is wrong. */
const fieldsOfForm: Readonly<Record<string, readonly [field: Name, missing: string, wrong: string]>> = {
  'space/name': ['name', 'Tell us what your space is called.', 'Write the name on one line.'],
  'space/city': ['city', 'Tell us in which city it is.', 'Write the city on one line.'],
  'space/website': ['website', '', 'That is no web address. Write it as in nave.example.'],
  'contact/email': [
    'email',
    'We need an address to write to.',
    'That is no e-mail address. Write it as in name@example.org.',
  ],
  'contact/name': ['person', '', 'Write your name on one line.'],
  statement: ['statement', '', 'There are signs in it that cannot be kept. Please type it anew.'],
  background: ['background', '', 'There are signs in it that cannot be kept. Please type it anew.'],
  challenge: ['challenge', '', 'There are signs in it that cannot be kept. Please type it anew.'],
}

/** What is said beside the fields, in the order of the form. @param paths of the parts that the contract does not take */
export const faultsAt = (paths: readonly string[], fields: Fields): Faults => {
  const said = Object.entries(fieldsOfForm).map(([path, [name, missing, wrong]]) => {
    const text = textIn(fields, name)
    const tooLong = `That is too long: at most ${String(most[name])} characters.`
    return { path, name, words: text === '' ? missing : text.length > most[name] ? tooLong : wrong }
  })
  // A name that was left out is wrong only because that of the space is.
  const faults = said.filter(({ path, words }) => paths.includes(path) && words !== '')
  return Object.fromEntries(faults.map(({ name, words }) => [name, words]))
}
