import type { TFunction } from 'i18next'
import { day, hour, minute } from '../platform/clock.ts'
import type { Place, WholeReferral } from '../referrals/whole-referral.ts'
import { locales, type Language } from '../words/language.ts'
import { choiceIn, speechIn } from '../words/speech.ts'
import type { Fact } from './letter.tsx'

/** How choices, days and sums are put into plain words, in mails and on pages for members. */

type Card = WholeReferral['card']

/** What one language says. Days and moments are in words, `now` is the moment of writing. */
export interface Wording {
  readonly language: Language
  readonly t: TFunction
  /** `20 November 2026`, from a moment or a day. */
  readonly dayInWords: (at: string | number) => string
  /**
   * `Friday 27 November, 10:00`, by the clock of a place; with the year when it is another than that of the writing.
   * @param timeZone IANA name
   */
  readonly momentInWords: (at: number, timeZone: string, now: number) => string
  /** `Wednesday 25 November 2026, 10:00`, on the wall of a zone. */
  readonly timeInWords: (timeZone: string, at: number) => string
  /** `Friday 27 November, 10:00 (Lyon time)`: the end of a time, for somebody who may live by another clock. */
  readonly deadlineInWords: (at: number, place: Pick<Place, 'timezone' | 'city'>, now: number) => string
  /** `14 days`, `24 hours`: how long something lasts that begins elsewhere. @param span milliseconds */
  readonly periodInWords: (span: number) => string
  /** `Nave in Nantes` */
  readonly placeInWords: (place: Pick<Place, 'name' | 'city'>) => string
  /** `in person` */
  readonly howInWords: (how: string) => string
  /** `at a discount: three days a week` */
  readonly termsInWords: (kind: string, note: string | null) => string
  /** What the brief says beside its summary, line by line. */
  readonly needsInWords: (card: Pick<Card, 'stay' | 'needs'>) => Fact[]
}

/** How a language puts it. */
export const wordingIn = (language: Language): Wording => {
  const t = speechIn(language)
  const dates = datesIn(language, t)
  const line = (term: string, text: string) => t('wording.line', { term, text })
  return {
    language,
    t,
    ...dates,
    deadlineInWords: (at, { timezone, city }, now) =>
      t('wording.deadline', { moment: dates.momentInWords(at, timezone, now), city }),
    periodInWords: (span) => {
      const unit = span < 2 * hour ? 'minute' : span < 2 * day ? 'hour' : 'day'
      const style = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const
      return new Intl.NumberFormat(locales[language], style).format(span / { minute, hour, day }[unit])
    },
    placeInWords: ({ name, city }) => t('wording.place', { name, city }),
    howInWords: (how) => choiceIn(language, 'how', how),
    termsInWords: (kind, note) => {
      const terms = choiceIn(language, 'terms', kind)
      return note === null ? terms : line(terms, note)
    },
    needsInWords: (card) => needsIn(language, t, dates.dayInWords, card),
  }
}

const datesIn = (language: Language, t: TFunction) => {
  const dated = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[language], options)
      .formatToParts(at)
      .map((part) => partInWords(language, part))
      .join('')
  const timed = (at: number, timeZone: string, on: Intl.DateTimeFormatOptions) =>
    t('wording.moment', {
      date: dated(at, { timeZone, weekday: 'long', day: 'numeric', month: 'long', ...on }),
      time: dated(at, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    })
  const withYear = { year: 'numeric' } as const
  return {
    dayInWords: (at: string | number) =>
      dated(new Date(at).getTime(), { timeZone: 'UTC', day: 'numeric', month: 'long', ...withYear }),
    momentInWords: (at: number, timeZone: string, now: number) => {
      const yearOf = (moment: number) => dated(moment, { timeZone, ...withYear })
      return timed(at, timeZone, yearOf(at) === yearOf(now) ? {} : withYear)
    },
    timeInWords: (timeZone: string, at: number) => timed(at, timeZone, withYear),
  }
}

/** Whether there is a comma after an English weekday, the data of Node change their mind; that French counts from `1er`, they do not know. */
const partInWords = (language: Language, { type, value }: Intl.DateTimeFormatPart) => {
  if (language === 'en' && type === 'literal') return value.replace(', ', ' ')
  return language === 'fr' && type === 'day' && value === '1' ? '1er' : value
}

/** `14 rue Tissot, 69009 Lyon`, as far as it is known. */
export const addressInWords = ({ address, city }: Place): string =>
  [address.street, [address.postcode, city].filter(Boolean).join(' ')].filter(Boolean).join(', ')

const needsIn = (
  language: Language,
  t: TFunction,
  dayInWords: Wording['dayInWords'],
  { stay, needs }: Pick<Card, 'stay' | 'needs'>,
): Fact[] => {
  const { from, to, daysPerWeek, deskKind, amenities = [], budget } = needs
  const span = [
    from && t('wording.from', { day: dayInWords(from) }),
    to && t('wording.to', { day: dayInWords(to) }),
    daysPerWeek && t('wording.daysPerWeek', { count: daysPerWeek }),
  ]
  const desired = [
    ...(deskKind ? [choiceIn(language, 'desk', deskKind)] : []),
    ...amenities.map((amenity) => choiceIn(language, 'amenity', amenity)),
  ]
  const languages = new Intl.DisplayNames(locales[language], { type: 'language' })
  return [
    { term: t('wording.needs.for'), text: choiceIn(language, 'stay', stay) },
    { term: t('wording.needs.when'), text: span.filter(Boolean).join(', ') },
    { term: t('wording.needs.wishes'), text: desired.join(', ') },
    { term: t('wording.needs.budget'), text: budget ? budgetIn(language, t, budget) : '' },
    {
      term: t('wording.needs.speaks'),
      text: (needs.languages ?? []).map((code) => languages.of(code)).join(', '),
    },
  ].filter(({ text }) => text !== '')
}

const budgetIn = (
  language: Language,
  t: TFunction,
  { amount, currency, period }: NonNullable<Card['needs']['budget']>,
): string => {
  const style = { style: 'currency', currency, maximumFractionDigits: 0 } as const
  return t(`wording.upTo.${period}`, { sum: new Intl.NumberFormat(locales[language], style).format(amount) })
}

/** What letters to spaces are written in. */
export const {
  dayInWords,
  momentInWords,
  deadlineInWords,
  periodInWords,
  howInWords,
  termsInWords,
  needsInWords,
} = wordingIn('en')

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

/** `they have no room at present`: for spaces alone, the member is never told. */
export const declineInWords = (reason: string): string => declines[reason] ?? reason.replaceAll('_', ' ')
