import { day, hour, minute } from '../platform/clock.ts'
import type { Place, WholeReferral } from '../referrals/whole-referral.ts'
import type { Fact } from './letter.tsx'

/** How choices, days and sums are put into plain words, in mails and on pages for members. */

const locale = 'en-GB'

const longDay = new Intl.DateTimeFormat(locale, {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** `20 November 2026`, from a moment or a day. */
export const dayInWords = (at: string | number): string => longDay.format(new Date(at))

/**
 * `Friday 27 November, 10:00`, by the clock of a place; with the year when it is another than that of the writing.
 * @param timeZone IANA name
 * @param now the moment of writing
 */
export const momentInWords = (at: number, timeZone: string, now: number): string => {
  const yearOf = new Intl.DateTimeFormat(locale, { timeZone, year: 'numeric' })
  const isOfThisYear = yearOf.format(at) === yearOf.format(now)
  const on = { timeZone, weekday: 'long', day: 'numeric', month: 'long' } as const
  const date = new Intl.DateTimeFormat(locale, isOfThisYear ? on : { ...on, year: 'numeric' })
  const parts = date.formatToParts(at).filter(({ type }) => type !== 'literal')
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
  return `${parts.map(({ value }) => value).join(' ')}, ${time}`
}

/** `Friday 27 November, 10:00 (Lyon time)`: the end of a time, for somebody who may live by another clock. */
export const deadlineInWords = (at: number, { timezone, city }: Place, now: number): string =>
  `${momentInWords(at, timezone, now)} (${city} time)`

/** `14 days`, `24 hours`: how long something lasts that begins elsewhere. @param span milliseconds */
export const periodInWords = (span: number): string => {
  const unit = span < 2 * hour ? 'minute' : span < 2 * day ? 'hour' : 'day'
  const style = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(locale, style).format(span / { minute, hour, day }[unit])
}

const stays: Readonly<Record<string, string>> = {
  visit: 'a visit',
  temporary: 'a stay for a while',
  relocate: 'moving there',
  join: 'joining as a member',
}

const desks: Readonly<Record<string, string>> = {
  hot_desk: 'any desk',
  fixed_desk: 'a desk of their own',
  private_office: 'a private office',
  meeting_room: 'a meeting room',
}

const hows: Readonly<Record<string, string>> = {
  in_person: 'in person',
  by_phone: 'by phone',
  by_mail: 'by mail',
  in_writing: 'in writing',
}

const terms: Readonly<Record<string, string>> = {
  free: 'free of charge',
  discount: 'at a discount',
  full_price: 'at full price',
}

const declines: Readonly<Record<string, string>> = {
  no_capacity: 'they have no room at present',
  not_a_fit: 'they do not think that it would fit',
  out_of_area: 'what the member looks for is outside their area',
  dates_unavailable: 'the dates do not suit them',
  incomplete_info: 'what they know is not enough for a yes',
  duplicate: 'the same member was referred to them already',
  already_member: 'the member is one of theirs already',
  vetting_concern: 'they have doubts after looking closer',
  house_rules: 'it does not go with the rules of their house',
  paused: 'they take nobody at present',
  other: 'they have a reason of their own',
}

/** A choice that we have no words for yet is shown as it is: `by_pigeon` becomes `by pigeon`. */
const wordFor = (words: Readonly<Record<string, string>>, choice: string) =>
  words[choice] ?? choice.replaceAll('_', ' ')

export const howInWords = (how: string): string => wordFor(hows, how)

/** `they have no room at present` */
export const declineInWords = (reason: string): string => wordFor(declines, reason)

/** `at a discount: three days a week` */
export const termsInWords = (kind: string, note: string | null): string =>
  [wordFor(terms, kind), ...(note === null ? [] : [note])].join(': ')

/** `14 rue Tissot, 69009 Lyon`, as far as it is known. */
export const addressInWords = ({ address, city }: Place): string =>
  [address.street, [address.postcode, city].filter(Boolean).join(' ')].filter(Boolean).join(', ')

type Needs = WholeReferral['card']['needs']

const desired = (needs: Needs): string[] => [
  ...(needs.deskKind ? [wordFor(desks, needs.deskKind)] : []),
  ...(needs.amenities ?? []).map((amenity) => wordFor({}, amenity)),
]

const spanInWords = ({ from, to, daysPerWeek }: Needs): string =>
  [
    from && `from ${dayInWords(from)}`,
    to && `to ${dayInWords(to)}`,
    daysPerWeek && `${String(daysPerWeek)} ${daysPerWeek === 1 ? 'day' : 'days'} a week`,
  ]
    .filter(Boolean)
    .join(', ')

const budgetInWords = ({ amount, currency, period }: NonNullable<Needs['budget']>): string => {
  const sum = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 })
  return `up to ${sum.format(amount)} a ${period}`
}

/** What the brief says beside its summary, line by line. */
export const needsInWords = ({ stay, needs }: Pick<WholeReferral['card'], 'stay' | 'needs'>): Fact[] => {
  const languages = new Intl.DisplayNames(locale, { type: 'language' })
  return [
    { term: 'For', text: wordFor(stays, stay) },
    { term: 'When', text: spanInWords(needs) },
    { term: 'Wishes', text: desired(needs).join(', ') },
    { term: 'Budget', text: needs.budget ? budgetInWords(needs.budget) : '' },
    { term: 'Speaks', text: (needs.languages ?? []).map((code) => languages.of(code)).join(', ') },
  ].filter(({ text }) => text !== '')
}
